import { CalendarDays, Eye, MapPin, Video } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Fullness } from "#web/ui/hemicycle.tsx";
import { Panel } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

/** How an event stands: who comes, and the facts that people see. */
export function EventFigures({ event }: { event: EventView }) {
  const words = useWords("organize.overview");
  const edit = useWords("organize.edit");
  const list = useWords("organize.list");
  const people = event.team?.people;
  return (
    <div className="grid items-start gap-6 max-md:grid-cols-1 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel aria-label={words.seats} className="grid content-start gap-6">
        {event.places.capacity !== null && <Fullness taken={event.places.taken} capacity={event.places.capacity} />}
        <dl className="grid grid-cols-3 gap-4">
          <Figure n={people?.confirmed ?? 0} says={words.coming} />
          <Figure
            n={people?.pending ?? 0}
            says={words.requests}
            to={`/organize/events/${event.id}/people?status=pending`}
          />
          <Figure n={people?.waitlisted ?? 0} says={words.waiting} />
        </dl>
      </Panel>
      <dl className="grid content-start gap-4 py-2">
        <Fact icon={<CalendarDays />} name={words.when}>
          {event.startTime && event.endTime ? (
            <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
          ) : (
            list.noTime
          )}
        </Fact>
        <Fact icon={event.format === "virtual" ? <Video /> : <MapPin />} name={words.where}>
          <Where event={event} />
        </Fact>
        <Fact icon={<Eye />} name={words.visibility}>
          {edit[event.visibility]}
        </Fact>
      </dl>
    </div>
  );
}

function Where({ event: { format, placeName } }: { event: EventView }) {
  const words = useWords("events.card");
  const fill = useFill();
  const place = placeName || words.inPersonUnknown;
  if (format === "virtual") return words.online;
  return format === "hybrid" ? fill(words.placeAndOnline, { place }) : place;
}

function Figure({ n, says, to }: { n: number; says: string; to?: string }) {
  const number = <span className="font-serif text-2xl tabular">{n}</span>;
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-xs text-ink-soft">{says}</dt>
      <dd>
        {to && n > 0 ? (
          <Link to={to} className="text-accent">
            {number}
          </Link>
        ) : (
          number
        )}
      </dd>
    </div>
  );
}

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-3">
      <span aria-hidden="true" className="row-span-2 mt-0.5 text-accent [&_svg]:size-5">
        {icon}
      </span>
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  );
}
