import { CalendarX2 } from "lucide-react";

import type { HostConflict } from "#contract/event-team.ts";
import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

const shown = 3;

/** What else the hosts have at these times: to be known, and nothing is refused for it. */
export function HostConflicts({ event, occurrenceId }: { event: EventView; occurrenceId?: string }) {
  const words = useWords("organize.conflicts");
  const fill = useFill();
  const all = event.team?.conflicts ?? [];
  const conflicts = occurrenceId === undefined ? all : all.filter((one) => one.occurrenceId === occurrenceId);
  const more = conflicts.slice(shown);
  if (conflicts.length === 0 || event.status === "cancelled") return null;
  return (
    <Notice mood="warn" icon={<CalendarX2 aria-hidden="true" />} title={fill(words.title, { n: conflicts.length })}>
      <Conflicts conflicts={conflicts.slice(0, shown)} />
      {more.length > 0 && (
        <details>
          <summary className="link inline-flex min-h-9 cursor-pointer items-center pointer-coarse:min-h-11">
            {fill(words.more, { n: more.length })}
          </summary>
          <Conflicts conflicts={more} />
        </details>
      )}
    </Notice>
  );
}

function Conflicts({ conflicts }: { conflicts: readonly HostConflict[] }) {
  const words = useWords("organize.conflicts");
  const fill = useFill();
  return (
    <ul className="grid gap-1">
      {conflicts.map(({ occurrenceId, hostName, title, startTime, endTime, timeZone }) => (
        <li key={`${occurrenceId} ${hostName} ${startTime} ${title}`}>
          {fill(title === null ? words.other : words.named, { name: hostName, title: title ?? "" })}{" "}
          <Time at={startTime} end={endTime} zone={timeZone} />
        </li>
      ))}
    </ul>
  );
}
