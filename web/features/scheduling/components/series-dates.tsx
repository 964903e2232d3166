import { CalendarCheck, CalendarX } from "lucide-react";

import type { SeriesDate } from "#contract/scheduling-series.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { type Clock, clockFormat } from "#web/features/scheduling/components/times.tsx";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";

/** A date and its time, short enough for a list. */
function useShort(zone: string) {
  const locale = useLocale();
  const { clock } = useAddress();
  const day = dateFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: zone });
  return (at: string, only?: "time") => {
    const time = clockFormat(locale, zone, clock as Clock | undefined).format(new Date(at));
    return only ? time : `${day.format(new Date(at))}, ${time}`;
  };
}

interface Props {
  dates: readonly SeriesDate[];
  zone: string;
  /** What the fields are called that say what becomes of a date that is not free. */
  name: "recurrence.exceptions" | "exceptions";
}

/** The dates of a series; for one that is not free, what can be done instead. Fields of the form around it. */
export function SeriesDates({ dates, zone, name }: Props) {
  const words = useWords("scheduling.series");
  const fill = useFill();
  const taken = dates.filter(({ isFree }) => !isFree);
  return (
    <section aria-label={words.dates} className="grid gap-3">
      <p role="status" className="text-sm font-medium">
        {fill(taken.length > 0 ? words.someTaken : words.allFree, { n: dates.length, taken: taken.length })}
      </p>
      <ol className="grid max-h-[26rem] gap-x-6 overflow-y-auto rounded-control border border-line bg-surface px-4 py-2 text-sm">
        {dates.map((date) =>
          date.isFree ? (
            <Free key={date.sequence} date={date} zone={zone} />
          ) : (
            <Taken key={date.sequence} {...{ date, zone, name }} index={taken.indexOf(date)} />
          ),
        )}
      </ol>
    </section>
  );
}

function Free({ date, zone }: { date: SeriesDate; zone: string }) {
  const short = useShort(zone);
  return (
    <li className="flex min-h-9 items-center gap-3 tabular">
      <CalendarCheck aria-hidden="true" className="size-4 shrink-0 text-accent" />
      <time dateTime={date.startTime} suppressHydrationWarning>
        {short(date.startTime)}
      </time>
    </li>
  );
}

function Taken({ date, zone, name, index }: Omit<Props, "dates"> & { date: SeriesDate; index: number }) {
  const words = useWords("scheduling.series");
  const fill = useFill();
  const short = useShort(zone);
  const { startTime, nearest } = date;
  const choices = [
    ...(nearest ? [{ value: nearest.startTime, label: fill(words.moveTo, { when: short(nearest.startTime) }) }] : []),
    { value: "", label: name === "exceptions" ? words.stay : words.skip },
  ];
  return (
    <li className="py-2">
      <input type="hidden" name={`${name}.${index}.startTime`} value={startTime} />
      <fieldset>
        <legend className="flex min-h-7 items-center gap-3 text-bad tabular" suppressHydrationWarning>
          <CalendarX aria-hidden="true" className="size-4 shrink-0" />
          {fill(words.taken, { when: short(startTime) })}
        </legend>
        <div className="grid ps-7">
          {choices.map(({ value, label }, n) => (
            <label key={value} className="flex min-h-9 items-center gap-2.5 pointer-coarse:min-h-11">
              <input
                type="radio"
                name={`${name}.${index}.movedTo`}
                value={value}
                defaultChecked={n === 0}
                className="radio"
              />
              <span suppressHydrationWarning>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}

/** The dates that a refusal names as not free. */
export function conflictsOf(result: { code: string; details: Record<string, unknown> } | undefined): SeriesDate[] {
  const conflicts = result?.code === "booking.series_conflicts" ? result.details.conflicts : [];
  return Array.isArray(conflicts) ? (conflicts as SeriesDate[]) : [];
}
