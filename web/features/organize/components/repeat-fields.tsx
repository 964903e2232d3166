import { type FormEvent, useState } from "react";

import type { EventView } from "#contract/events.ts";
import { dateOfWall, monthlyWays, placeInMonth, waysOf } from "#domain/recurrence/choice.ts";
import { mostTimes } from "#domain/recurrence/repeating.ts";
import { RepeatPreview } from "#web/features/organize/components/repeat-preview.tsx";
import { isFrequency, readTyped, repeats } from "#web/features/organize/components/typed-times.ts";
import { firstWeekdayOf, weekdayText } from "#web/features/scheduling/components/month.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { NumberField } from "#web/ui/number-field.tsx";

/** When the first of some times is, how it repeats, and the dates that come of it. */
export function RepeatFields({ event }: { event: EventView }) {
  const times = useWords("organize.times");
  const words = useWords("organize.repeat");
  const fill = useFill();
  const [typed, setTyped] = useState(() => readTyped(undefined));
  const { repeat, interval } = typed;
  const read = ({ currentTarget }: FormEvent) => {
    const form = currentTarget.closest("form");
    if (form) setTyped(readTyped(new FormData(form)));
  };
  return (
    <div onChange={read} className="grid gap-5">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <DateTimeField name="startTime" label={times.start} required />
        <DateTimeField name="endTime" label={times.end} hint={times.endHint} optional />
        <Select name="repeat" label={words.repeat} defaultValue="once">
          {repeats.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </Select>
        {isFrequency(repeat) && (
          <NumberField
            name="interval"
            label={words.interval}
            min={1}
            max={99}
            defaultValue={1}
            unit={fill(words[`${repeat}Unit`], { n: interval })}
          />
        )}
      </div>
      {repeat === "weekly" && <Weekdays />}
      {repeat === "monthly" && <Monthly startTime={typed.startTime} />}
      {repeat === "own" && (
        <Field
          name="recurrenceRule"
          label={words.rule}
          hint={words.ruleHint}
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          required
        />
      )}
      {repeat !== "once" && (
        <>
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <NumberField name="maxOccurrences" label={words.max} min={1} max={mostTimes} unit={words.times} />
            <Field name="recurrenceEndDate" type="date" label={words.until} />
          </div>
          <RepeatPreview typed={typed} occurrences={event.occurrences} />
        </>
      )}
    </div>
  );
}

function Weekdays() {
  const words = useWords("organize.repeat");
  const locale = useLocale();
  const first = firstWeekdayOf(locale);
  return (
    <fieldset aria-describedby="weekdays-hint">
      <legend className="mb-2 text-sm font-medium">{words.weekdays}</legend>
      <div className="flex flex-wrap gap-2">
        {Array.from({ length: 7 }, (_, n) => (first + n) % 7).map((day) => (
          <label
            key={day}
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft has-checked:border-accent has-checked:bg-wash has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              name="weekdays"
              value={day}
              aria-label={weekdayText(locale, day)}
              className="sr-only"
            />
            {weekdayText(locale, day, "short")}
          </label>
        ))}
      </div>
      <p id="weekdays-hint" className="mt-2 text-xs text-ink-soft">
        {words.weekdaysHint}
      </p>
    </fieldset>
  );
}

/** On which day of a month: what the first date is of its own. */
function Monthly({ startTime }: { startTime: string }) {
  const words = useWords("organize.repeat");
  const fill = useFill();
  const locale = useLocale();
  const first = dateOfWall(startTime);
  const place = first ? placeInMonth(first) : undefined;
  const values = {
    date: Number(first?.slice(8) ?? 0),
    nth: place?.nth ?? 0,
    weekday: place ? weekdayText(locale, place.weekday) : "",
  };
  return (
    <Select name="monthly" label={words.monthlyWay} disabled={!first}>
      {(first ? waysOf(first) : monthlyWays.slice(0, 1)).map((way) => (
        <option key={way} value={way}>
          {first ? fill(words[way], values) : words.firstNeeded}
        </option>
      ))}
    </Select>
  );
}
