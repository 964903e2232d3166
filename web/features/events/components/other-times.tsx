import { Link } from "react-router";

import type { EventView } from "#contract/events.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Time } from "#web/ui/time.tsx";

const shown = 8;

/** The other times of an event that takes place more than once; each has an address of its own. */
export function OtherTimes({ event }: { event: EventView }) {
  const words = useWords("events.page");
  const fill = useFill();
  const coming = event.occurrences.filter(({ startTime }) => startTime !== null);
  const more = coming.slice(shown);
  if (coming.length < 2) return null;
  return (
    <section aria-labelledby="times">
      <h2 id="times" className="mb-4">
        {words.otherTimes}
      </h2>
      <Times event={event} times={coming.slice(0, shown)} />
      {more.length > 0 && (
        <details className="mt-3" open={more.some(({ id }) => id === event.occurrenceId)}>
          <summary className="link mb-2 w-fit cursor-pointer py-2 text-sm">
            {fill(words.moreTimes, { n: more.length })}
          </summary>
          <Times event={event} times={more} />
        </details>
      )}
    </section>
  );
}

function Times({ event, times }: { event: EventView; times: EventView["occurrences"] }) {
  const words = useWords("events.page");
  return (
    <ul className="flex flex-wrap gap-2">
      {times.map(({ id, status, startTime, endTime, timeZone, title, placeName }) => (
        <li key={id}>
          <Link
            to={atOccurrence(`/events/${event.slug}`, id)}
            aria-current={id === event.occurrenceId ? "true" : undefined}
            className="inline-grid min-h-11 content-center rounded-control border border-line px-4 py-1.5 text-sm hover:border-edge aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:text-accent"
          >
            {startTime && (
              <span className={status === "cancelled" ? "line-through" : ""}>
                <Time at={startTime} end={endTime} zone={timeZone} />
              </span>
            )}
            {status === "cancelled" && <span className="text-xs text-bad">{words.timeCancelled}</span>}
            {[title, placeName].filter(Boolean).map((says) => (
              <span key={says} className="text-xs text-ink-soft">
                {says}
              </span>
            ))}
          </Link>
        </li>
      ))}
    </ul>
  );
}
