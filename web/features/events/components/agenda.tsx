import { MapPin } from "lucide-react";

import type { AgendaItem } from "#contract/agenda.ts";
import type { EventView } from "#contract/events.ts";
import { cityOf } from "#domain/time/format.ts";
import { dateFormat, spanText } from "#web/platform/format.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";
import { useMoment } from "#web/ui/time.tsx";

const clock: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
const day: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };

/** What comes when, by the clocks of the place; under a heading for each day where it lasts several. */
export function Agenda({ event }: { event: EventView }) {
  const words = useWords("events.page");
  const time = useWords("ui.time");
  const locale = useLocale();
  const year = useYear();
  const fill = useFill();
  if (event.agenda.length === 0) return null;
  const { timeZone } = event;
  const dayOf = ({ startTime }: AgendaItem) =>
    startTime === null
      ? ""
      : dateFormat(locale, { ...day, ...year(timeZone, startTime), timeZone }).format(new Date(startTime));
  const days = [...Map.groupBy(event.agenda, dayOf)];
  const city = cityOf(timeZone);
  return (
    <section aria-labelledby="agenda">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="agenda">{words.agenda}</h2>
        {event.startTime && city !== undefined && (
          <p className="text-xs text-ink-soft">{fill(time.inZone, { city })}</p>
        )}
      </div>
      <div className="grid gap-6">
        {days.map(([name, items]) => (
          <div key={name}>
            {days.length > 1 && (
              <h3 className="mb-1 text-base!" suppressHydrationWarning>
                {name}
              </h3>
            )}
            <ol className="divide-y divide-line border-y border-line">
              {items.map((item) => (
                <Item key={item.id} item={item} event={event} />
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

function Item({ item, event }: { item: AgendaItem; event: EventView }) {
  const { title, description, placeName, speakerIds } = item;
  const who = event.speakers.filter(({ id }) => speakerIds.includes(id));
  return (
    <li className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[10.5rem_minmax(0,1fr)]">
      <Clock item={item} timeZone={event.timeZone} />
      <div lang={event.language} className="grid gap-1.5">
        <p className="font-medium wrap-anywhere">{title}</p>
        {description && (
          <p className="max-w-[62ch] text-sm wrap-anywhere whitespace-pre-line text-ink-soft">{description}</p>
        )}
        {(who.length > 0 || placeName) && (
          <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-ink-soft">
            {who.map(({ id, name, pictureUrl }) => (
              <li key={id} className="flex items-center gap-2">
                <Avatar name={name} src={pictureUrl} size={24} />
                <span dir="auto">{name}</span>
              </li>
            ))}
            {placeName && (
              <li className="flex items-center gap-1.5">
                <MapPin aria-hidden="true" className="size-4" />
                {placeName}
              </li>
            )}
          </ul>
        )}
      </div>
    </li>
  );
}

function Clock({ item: { startTime, endTime }, timeZone }: { item: AgendaItem; timeZone: string }) {
  const locale = useLocale();
  const moment = useMoment();
  if (startTime === null) return <span />;
  const options = { ...clock, timeZone };
  return (
    <time dateTime={startTime} suppressHydrationWarning className="tabular text-sm text-ink-soft sm:pt-0.5">
      {endTime ? spanText(locale, options, startTime, endTime) : moment(dateFormat(locale, options), startTime)}
    </time>
  );
}
