import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";

import {
  dateText,
  daysAfter,
  type FreeDay,
  lastDateOf,
  monthAfter,
  stepFrom,
  weeksOf,
} from "#web/features/scheduling/components/month.ts";
import { WeekdayHead } from "#web/features/scheduling/components/weekday-head.tsx";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";

interface Props {
  month: string;
  days: readonly FreeDay[];
  chosen: string | undefined;
  today: string;
  firstWeekday: number;
  /** The address of this page with another day or month in it. */
  toDay: (date: string) => string;
  toMonth: (month: string) => string;
  /** What a day is called for ears, beside its date, and how it looks, where it is not about free times. */
  dayOf?: (date: string) => { says: string; look: string };
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const pages: Record<string, number> = { PageUp: -1, PageDown: 1 };
const yearAhead = 12;
// The grid pattern of the ARIA guide; the table below it is what it looks like.
const asGrid = { role: "grid" };
const asCell = (isChosen: boolean) => ({ role: "gridcell", "aria-selected": isChosen });

/** A month whose free days are links. Arrow keys go from one free day to the next, and on into other months. */
export function MonthGrid({ month, days, chosen, today, firstWeekday, toDay, toMonth, dayOf }: Props) {
  const words = useWords("scheduling.book");
  const locale = useLocale();
  const navigate = useNavigate();
  const title = useId();
  const table = useRef<HTMLTableElement>(null);
  const isAlive = useIsAlive();
  const [at, setAt] = useState<string>();
  const arriving = useRef<"first" | "last">(undefined);
  const dates = days.map(({ date }) => date);
  const stop = [at, chosen].find((date) => date && dates.includes(date)) ?? dates[0];
  const canGo = (by: number) => {
    const to = monthAfter(month, by);
    return to >= today.slice(0, 7) && to <= monthAfter(today.slice(0, 7), yearAhead);
  };

  useEffect(() => {
    const edge = arriving.current;
    arriving.current = undefined;
    const links = month && table.current?.querySelectorAll<HTMLElement>("a");
    if (edge && links) (edge === "first" ? links[0] : links[links.length - 1])?.focus();
  }, [month]);

  const turn = (by: number) => {
    if (!canGo(by)) return;
    arriving.current = by > 0 ? "first" : "last";
    navigate(toMonth(monthAfter(month, by)), { preventScrollReset: true });
  };
  const press = (key: KeyboardEvent) => {
    const date = (key.target as HTMLElement).dataset.date;
    const page = pages[key.key];
    const isMirrored = document.dir === "rtl" && /Left|Right/.test(key.key);
    const step = (steps[key.key] ?? 0) * (isMirrored ? -1 : 1);
    const edge = key.key === "Home" ? `${month}-01` : key.key === "End" ? lastDateOf(month) : undefined;
    if (!date || key.altKey || key.ctrlKey || key.metaKey || (!page && !step && !edge)) return;
    key.preventDefault();
    if (page) return turn(page);
    const next = edge
      ? stepFrom(dates, daysAfter(edge, key.key === "Home" ? -1 : 1), key.key === "Home" ? 1 : -1)
      : stepFrom(dates, date, step);
    if (!next) return turn(Math.sign(step));
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };

  return (
    <div>
      <div className="mb-3 flex items-center justify-between gap-2">
        <h2 id={title} aria-live="polite" className="text-lg!">
          {dateText(locale, `${month}-01`, { month: "long", year: "numeric" })}
        </h2>
        <nav aria-label={words.months} className="flex gap-1">
          <Turn to={canGo(-1) ? toMonth(monthAfter(month, -1)) : undefined} label={words.previousMonth}>
            <ChevronLeft aria-hidden="true" className="size-5 rtl:-scale-x-100" />
          </Turn>
          <Turn to={canGo(1) ? toMonth(monthAfter(month, 1)) : undefined} label={words.nextMonth}>
            <ChevronRight aria-hidden="true" className="size-5 rtl:-scale-x-100" />
          </Turn>
        </nav>
      </div>
      <table ref={table} {...asGrid} aria-labelledby={title} onKeyDown={press} className="w-full table-fixed">
        <WeekdayHead firstWeekday={firstWeekday} className="pb-2" />
        <tbody>
          {weeksOf(month, firstWeekday).map((week, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name
            <tr key={index}>
              {week.map((date, weekday) => (
                <Cell
                  key={date ?? `none-${weekday}`}
                  date={date}
                  day={days.find((one) => one.date === date)}
                  isChosen={date === chosen}
                  isToday={date === today}
                  to={toDay}
                  as={dayOf}
                  tabIndex={isAlive && date !== stop ? -1 : undefined}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useIsAlive(): boolean {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return isAlive;
}

function Turn({ to, label, children }: { to: string | undefined; label: string; children: ReactNode }) {
  const look = "grid size-10 place-items-center rounded-control pointer-coarse:size-11";
  if (!to) {
    return (
      <span aria-hidden="true" className={`${look} opacity-25`}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} preventScrollReset aria-label={label} title={label} className={`${look} hover:bg-ink/7`}>
      {children}
    </Link>
  );
}

const free = "bg-wash text-accent hover:ring-1 hover:ring-accent";
const full = "text-ink-soft outline-1 -outline-offset-1 outline-dashed outline-edge/60 hover:ring-1 hover:ring-accent";

interface CellProps {
  date: string | null;
  day: FreeDay | undefined;
  isChosen: boolean;
  isToday: boolean;
  to: (date: string) => string;
  as: Props["dayOf"];
  tabIndex: number | undefined;
}

function Cell({ date, day, isChosen, isToday, to, as, tabIndex }: CellProps) {
  const words = useWords("scheduling.book");
  const locale = useLocale();
  const fill = useFill();
  if (!date) return <td className="p-0.5" />;
  const number = dateText(locale, date, { day: "numeric" });
  const box = "relative grid h-11 w-full place-items-center rounded-control tabular @2xl:h-12";
  const dot = isToday && (
    <span aria-hidden="true" className="absolute bottom-1.5 size-1 rounded-full bg-current opacity-70" />
  );
  const long = dateText(locale, date, { weekday: "long", day: "numeric", month: "long" });
  const own = as?.(date);
  return (
    <td {...asCell(isChosen)} className="p-0.5">
      {day ? (
        <Link
          to={to(date)}
          preventScrollReset
          data-date={date}
          tabIndex={tabIndex}
          aria-current={isToday ? "date" : undefined}
          aria-label={own ? `${long}: ${own.says}` : fill(words.dayTimes, { date: long, n: day.starts.length })}
          className={`${box} font-medium transition-colors focus-visible:rounded-control ${isChosen ? "bg-accent text-on-accent" : (own?.look ?? (day.starts.length > 0 ? free : full))}`}
        >
          {number}
          {dot}
        </Link>
      ) : (
        <span className={`${box} text-ink-soft`}>
          <span aria-hidden="true">{number}</span>
          <span className="sr-only">{fill(words.dayTimes, { date: long, n: 0 })}</span>
          {dot}
        </span>
      )}
    </td>
  );
}
