import { useId } from "react";
import { Link } from "react-router";

import { dateText, type FreeDay } from "#web/features/scheduling/components/month.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";

export type Clock = "12" | "24";

/** The formatter of clock times, by the clock that the reader has chosen or their language's. */
export const clockFormat = (locale: string, zone: string, clock: Clock | undefined) =>
  dateFormat(locale, {
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
    ...(clock && { hourCycle: clock === "12" ? ("h12" as const) : ("h23" as const) }),
  });

interface Props {
  day: FreeDay;
  zone: string;
  clock: Clock | undefined;
  /** Where choosing a time leads. */
  to: (startTime: string) => string;
}

/** The free times of a day, and those that one may wait for; each is a link to its form. */
export function Times({ day, zone, clock, to }: Props) {
  const locale = useLocale();
  const year = useYear();
  const title = useId();
  const format = clockFormat(locale, zone, clock);
  return (
    <section aria-labelledby={title}>
      <h2 id={title} aria-live="polite" className="mb-3 text-lg!">
        {dateText(locale, day.date, { weekday: "long", day: "numeric", month: "long", ...year("UTC", day.date) })}
      </h2>
      <ul className="grid grid-cols-2 gap-2 @min-[26rem]:grid-cols-3 @3xl:max-h-[27rem] @3xl:grid-cols-2 @3xl:overflow-y-auto @3xl:p-1">
        {startsOf(day).map(({ start, left, isFull }) => {
          const startTime = new Date(start).toISOString();
          return (
            <li key={start}>
              <Link
                to={to(startTime)}
                className={`grid min-h-11 place-items-center rounded-control border px-2 py-1.5 text-center text-sm tabular transition-colors hover:border-accent hover:bg-wash hover:text-accent focus-visible:rounded-control ${isFull ? "border-dashed border-edge/60 text-ink-soft" : "border-edge/60 bg-surface font-medium"}`}
              >
                <time dateTime={startTime} suppressHydrationWarning>
                  {format.format(start)}
                </time>
                {isFull ? <Full /> : <Left n={left} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface Start {
  start: number;
  left?: number | undefined;
  isFull?: boolean;
}

const startsOf = ({ starts, seats, full = [] }: FreeDay): Start[] =>
  [
    ...starts.map((start, index) => ({ start, left: seats?.[index] })),
    ...full.map((start) => ({ start, isFull: true })),
  ].sort((a, b) => a.start - b.start);

function Left({ n }: { n: number | undefined }) {
  const words = useWords("scheduling.book");
  const fill = useFill();
  if (n === undefined) return null;
  return <span className="text-xs font-normal text-ink-soft">{fill(words.seatsLeft, { n })}</span>;
}

function Full() {
  const words = useWords("scheduling.wait");
  return <span className="text-xs font-normal">{words.full}</span>;
}
