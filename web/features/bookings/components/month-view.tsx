import { Link } from "react-router";

import type { Shown } from "#web/features/bookings/act.ts";
import { Who } from "#web/features/bookings/components/booking-list.tsx";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText, weeksOf } from "#web/features/scheduling/components/month.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { WeekdayHead } from "#web/features/scheduling/components/weekday-head.tsx";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  items: readonly Shown[];
  /** `2026-11`. */
  month: string;
  zone: string;
  today: string;
  firstWeekday: number;
}

const mostInCell = 3;

/** A month at a glance; each day leads to its agenda. */
export function MonthView({ items, month, zone, today, firstWeekday }: Props) {
  const byDate = Map.groupBy(
    items.toSorted((a, b) => a.startTime.localeCompare(b.startTime)),
    ({ parts }) => parts[0]?.date ?? "",
  );
  return (
    <table
      aria-labelledby="range"
      className="w-full table-fixed border-collapse rounded-panel border border-line bg-surface"
    >
      <WeekdayHead firstWeekday={firstWeekday} className="border-b border-line py-2" />
      <tbody>
        {weeksOf(month, firstWeekday).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((date, weekday) =>
              date ? (
                <Day key={date} rows={byDate.get(date) ?? []} {...{ date, zone }} isToday={date === today} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: days of other months have no other name
                <td key={weekday} className="border border-line bg-sunken/50" />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ date, rows, zone, isToday }: { date: string; rows: readonly Shown[]; zone: string; isToday: boolean }) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const locale = useLocale();
  const { changed, clock } = useAddress();
  const long = dateText(locale, date, { weekday: "long", day: "numeric", month: "long" });
  const isGone = ({ status }: Shown) => status === "cancelled" || status === "rejected";
  return (
    <td className="h-16 border border-line align-top sm:h-28">
      <Link
        to={changed({ view: "agenda", date })}
        aria-label={fill(words.dayHas, { date: long, n: rows.length })}
        aria-current={isToday ? "date" : undefined}
        className="flex min-h-9 items-center justify-between gap-1 px-1.5 text-sm -outline-offset-2! hover:bg-ink/5 max-sm:min-h-16 max-sm:flex-col max-sm:justify-center"
      >
        <span
          className={`grid size-6 place-items-center rounded-full tabular ${isToday ? "bg-accent font-medium text-on-accent" : "text-ink-soft"}`}
        >
          {dateText(locale, date, { day: "numeric" })}
        </span>
        <span className="rounded-full bg-wash px-2 text-xs font-medium text-accent tabular empty:hidden sm:hidden">
          {rows.length > 0 && rows.length}
        </span>
      </Link>
      <ul className="grid grid-cols-1 gap-0.5 px-1 pb-1 max-sm:hidden">
        {rows.slice(0, mostInCell).map((row) => (
          <li key={row.id} style={toneStyle(row.hue)}>
            <Link
              to={`/bookings/${row.id}`}
              title={row.typeName}
              className={`flex gap-1 rounded-[4px] px-1.5 py-0.5 text-xs hover:brightness-95 ${isGone(row) ? "text-ink-soft line-through" : row.status === "pending" ? "border border-dashed border-warn bg-warn-wash" : "bg-wash"}`}
            >
              <span className="shrink-0 tabular" suppressHydrationWarning>
                {clockFormat(locale, zone, clock).format(new Date(row.startTime))}
              </span>{" "}
              <span dir="auto" className="min-w-0 truncate">
                <Who row={row} />
              </span>
            </Link>
          </li>
        ))}
        {rows.length > mostInCell && (
          <li>
            <Link
              to={changed({ view: "agenda", date })}
              className="block px-1.5 text-xs text-ink-soft hover:text-accent"
            >
              {fill(words.moreOn, { n: rows.length - mostInCell })}
            </Link>
          </li>
        )}
      </ul>
    </td>
  );
}
