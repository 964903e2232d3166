import { type ChangeEvent, useRef, useState } from "react";
import { useSearchParams } from "react-router";

import type { EventView } from "#contract/events.ts";
import { HostConflicts } from "#web/features/organize/components/host-conflicts.tsx";
import { Leapt } from "#web/features/organize/components/leapt.tsx";
import { useWords } from "#web/platform/words.ts";
import { DateTimeField, ZoneField } from "#web/ui/date-time-field.tsx";
import { ReadersTime } from "#web/ui/time.tsx";

/** When it is, by the clocks of its own zone. Moving the start moves the end with it, so that its length stays. */
export function EditorTime({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  const end = useRef<HTMLDivElement>(null);
  const before = useRef("");
  const [search] = useSearchParams();
  const [typed, setTyped] = useState(search.get("leapt") ?? "");

  const moveEnd = ({ target }: ChangeEvent<HTMLInputElement>) => {
    setTyped(target.value);
    const field = end.current?.querySelector("input");
    if (field?.value && before.current && target.value) field.value = moved(field.value, before.current, target.value);
    if (target.value) before.current = target.value;
  };
  const remember = ({ target }: { target: HTMLInputElement }) => {
    before.current = target.value;
  };

  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <DateTimeField
          name="startTime"
          label={words.start}
          defaultValue={event.wallStart ?? ""}
          onFocus={remember}
          onChange={moveEnd}
        />
        <div ref={end}>
          <DateTimeField name="endTime" label={words.end} defaultValue={event.wallEnd ?? ""} />
        </div>
      </div>
      <Leapt typed={typed} zone={event.timeZone} />
      <HostConflicts event={event} occurrenceId={event.occurrenceId} />
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={event.timeZone} />
      {event.startTime && event.endTime && (
        <div>
          <ReadersTime start={event.startTime} end={event.endTime} zone={event.timeZone} />
        </div>
      )}
    </>
  );
}

const minute = 60_000;
const at = (wall: string) => Date.parse(`${wall}Z`);

/** A time on the clocks, later or earlier by as much as the start was moved. */
const moved = (end: string, from: string, to: string): string =>
  new Date(Math.round((at(end) + at(to) - at(from)) / minute) * minute).toISOString().slice(0, 16);
