import { CalendarX2 } from "lucide-react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

/** What else the hosts have at these times: to be known, and nothing is refused for it. */
export function HostConflicts({ event, occurrenceId }: { event: EventView; occurrenceId?: string }) {
  const words = useWords("organize.conflicts");
  const fill = useFill();
  const all = event.team?.conflicts ?? [];
  const conflicts = occurrenceId === undefined ? all : all.filter((one) => one.occurrenceId === occurrenceId);
  if (conflicts.length === 0 || event.status === "cancelled") return null;
  return (
    <Notice mood="warn" icon={<CalendarX2 aria-hidden="true" />} title={fill(words.title, { n: conflicts.length })}>
      <ul className="grid gap-1">
        {conflicts.map(({ occurrenceId: at, hostName, title, startTime, endTime, timeZone }) => (
          <li key={`${at} ${hostName} ${startTime} ${title}`}>
            {fill(title === null ? words.other : words.named, { name: hostName, title: title ?? "" })}{" "}
            <Time at={startTime} end={endTime} zone={timeZone} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
