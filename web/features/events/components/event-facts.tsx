import { CalendarDays, MapPin, Users, Video } from "lucide-react";
import type { ReactNode } from "react";

import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

/** When, where and who: what decides whether somebody comes. */
export function EventFacts({ event }: { event: EventView }) {
  const words = useWords("events.page");
  const card = useWords("events.card");
  return (
    <dl className="grid gap-5 sm:grid-cols-2">
      <Fact icon={<CalendarDays />} name={words.when} wide>
        {event.startTime && event.endTime ? (
          <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
        ) : (
          card.unplanned
        )}
      </Fact>
      <Fact icon={event.format === "virtual" ? <Video /> : <MapPin />} name={words.where}>
        <Where event={event} />
      </Fact>
      <Fact icon={<Users />} name={words.who}>
        <span className="flex items-center gap-2.5">
          <Avatar name={event.organizer.name} src={event.organizer.logoUrl} size={28} />
          <span dir="auto">{event.organizer.name}</span>
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ icon, name, wide, children }: { icon: ReactNode; name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`grid grid-cols-[auto_1fr] grid-rows-[auto_1fr] gap-x-4 ${wide ? "sm:col-span-2" : ""}`}>
      <span
        aria-hidden="true"
        className="row-span-2 grid size-11 place-items-center rounded-control bg-wash text-accent [&_svg]:size-5"
      >
        {icon}
      </span>
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="text-base">{children}</dd>
    </div>
  );
}

function Where({ event }: { event: EventView }) {
  const words = useWords("events.page");
  if (event.format === "virtual") {
    return (
      <>
        {words.online}
        <span className="block text-sm text-ink-soft">{words.onlineText}</span>
      </>
    );
  }
  return (
    <>
      {event.placeName ? <span lang={event.language}>{event.placeName}</span> : words.inPerson}
      {event.placeAddress && (
        <span className="block text-sm text-ink-soft">
          <span lang={event.language}>{event.placeAddress}</span>{" "}
          <a
            className="link"
            target="_blank"
            rel="noreferrer"
            href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(event.placeAddress)}`}
          >
            {words.map}
          </a>
        </span>
      )}
      {event.placeNotes && (
        <span lang={event.language} className="block text-sm text-ink-soft">
          {event.placeNotes}
        </span>
      )}
      {event.format === "hybrid" && <span className="block text-sm text-ink-soft">{words.hybridOnline}</span>}
    </>
  );
}
