import { type ChangeEvent, useRef, useState } from "react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { DateTimeField, ZoneField } from "#web/ui/date-time-field.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { ReadersTime } from "#web/ui/time.tsx";

/** When it is, by the clocks of its own zone. Moving the start moves the end with it, so that its length stays. */
export function EditorTime({ event }: { event: EventView }) {
  const words = useWords("organize.edit");
  const end = useRef<HTMLDivElement>(null);
  const before = useRef("");
  const [typed, setTyped] = useState<string>();

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
      <Leapt typed={typed} kept={event.wallStart} />
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={event.timeZone} />
      {event.startTime && event.endTime && (
        <div>
          <ReadersTime start={event.startTime} end={event.endTime} zone={event.timeZone} />
        </div>
      )}
    </>
  );
}

/** Says so when the clocks leap over the time that was typed. */
function Leapt({ typed, kept }: { typed: string | undefined; kept: string | null }) {
  const words = useWords("organize.edit");
  const fill = useFill();
  const isLeapt =
    typed && kept && typed.slice(0, 10) === kept.slice(0, 10) && typed.slice(11, 13) === "02" && kept > typed;
  if (!isLeapt) return null;
  return <Notice mood="warn">{fill(words.gap, { typed: typed.slice(11, 16), kept: kept.slice(11, 16) })}</Notice>;
}

const minute = 60_000;
const at = (wall: string) => Date.parse(`${wall}Z`);

/** A time on the clocks, later or earlier by as much as the start was moved. */
const moved = (end: string, from: string, to: string): string =>
  new Date(Math.round((at(end) + at(to) - at(from)) / minute) * minute).toISOString().slice(0, 16);
