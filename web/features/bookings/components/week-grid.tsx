import type { KeyboardEvent } from "react";
import { Link } from "react-router";

import type { Shown } from "#web/features/bookings/act.ts";
import { Who } from "#web/features/bookings/components/booking-list.tsx";
import { hoursOf, type Placed, placedOn } from "#web/features/bookings/components/lanes.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { dateText, daysAfter } from "#web/features/scheduling/components/month.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  items: readonly Shown[];
  /** The first date of the week. */
  from: string;
  zone: string;
  today: string;
  /** Where the clock stands, in minutes of today. */
  nowMinute: number;
}

const hourRem = 3.25;
/** Minutes that are tall enough for them. */
const twoLines = 45;

/** A week by the clock, in the reader's zone. Arrow keys lead from one booking to the next, and to other days. */
export function WeekGrid({ items, from, zone, today, nowMinute }: Props) {
  const words = useWords("bookings.desk");
  const locale = useLocale();
  const { clock } = useAddress();
  const { first, last } = hoursOf(items);
  const hours = Array.from({ length: last - first }, (_, n) => first + n);
  const hourText = dateFormat(locale, {
    hour: "numeric",
    timeZone: "UTC",
    ...(clock && { hourCycle: clock === "12" ? ("h12" as const) : ("h23" as const) }),
  });
  const height = `${(last - first) * hourRem}rem`;
  return (
    <section
      aria-label={words.week}
      onKeyDown={walk}
      className="overflow-x-auto rounded-panel border border-line bg-surface"
    >
      <div className="grid min-w-[44rem] grid-cols-[3.5rem_repeat(7,minmax(0,1fr))]">
        <span aria-hidden="true" className="border-b border-line" />
        {Array.from({ length: 7 }, (_, n) => daysAfter(from, n)).map((date) => (
          <DayHead key={date} date={date} isToday={date === today} />
        ))}
        <div aria-hidden="true" className="relative" style={{ height }}>
          {hours.map((hour) => (
            <span
              key={hour}
              className="absolute end-2 text-xs text-ink-soft tabular"
              style={{ top: `${(hour - first) * hourRem - (hour === first ? -0.15 : 0.5)}rem` }}
              suppressHydrationWarning
            >
              {hourText.format(Date.UTC(2026, 0, 1, hour))}
            </span>
          ))}
        </div>
        {Array.from({ length: 7 }, (_, n) => daysAfter(from, n)).map((date) => (
          <ol
            key={date}
            data-day={date}
            aria-label={dateText(locale, date, { weekday: "long", day: "numeric", month: "long" })}
            className="relative border-s border-line"
            style={{
              height,
              backgroundImage: "linear-gradient(var(--line) 1px, transparent 1px)",
              backgroundSize: `100% ${hourRem}rem`,
            }}
          >
            {date === today && nowMinute >= first * 60 && nowMinute <= last * 60 && (
              <li
                aria-hidden="true"
                className="absolute inset-x-0 z-10 border-t-2 border-accent"
                style={{ top: `${(nowMinute / 60 - first) * hourRem}rem` }}
              />
            )}
            {placedOn(date, items).map((placed) => (
              <Block key={placed.one.id} {...{ placed, first, zone }} />
            ))}
          </ol>
        ))}
      </div>
    </section>
  );
}

function DayHead({ date, isToday }: { date: string; isToday: boolean }) {
  const locale = useLocale();
  const { changed } = useAddress();
  return (
    <h3 className="border-s border-b border-line text-sm! font-normal!">
      <Link
        to={changed({ view: "agenda", date })}
        aria-current={isToday ? "date" : undefined}
        className="grid min-h-14 place-content-center gap-0.5 text-center -outline-offset-2! hover:bg-ink/5"
        suppressHydrationWarning
      >
        <span className="text-xs text-ink-soft">{dateText(locale, date, { weekday: "short" })}</span>
        <span
          className={`mx-auto grid size-7 place-items-center rounded-full tabular ${isToday ? "bg-accent font-medium text-on-accent" : ""}`}
        >
          {dateText(locale, date, { day: "numeric" })}
        </span>
      </Link>
    </h3>
  );
}

function Block({ placed, first, zone }: { placed: Placed<Shown>; first: number; zone: string }) {
  const status = useWords("scheduling.status");
  const words = useWords("bookings.desk");
  const fill = useFill();
  const locale = useLocale();
  const { clock } = useAddress();
  const { one, part, lane, lanes } = placed;
  const isGone = one.status === "cancelled" || one.status === "rejected" || one.status === "rescheduled";
  const isOpen = one.status === "pending" || one.status === "awaiting_payment";
  const look = isGone
    ? "border-dashed border-line text-ink-soft line-through"
    : isOpen
      ? "border-dashed border-warn bg-warn-wash"
      : "border-accent/40 bg-wash";
  const time = clockFormat(locale, zone, clock).formatRange(new Date(one.startTime), new Date(one.endTime));
  return (
    <li
      className="absolute p-px"
      style={{
        top: `${(part.from / 60 - first) * hourRem}rem`,
        height: `${Math.max(1.4, ((part.to - part.from) / 60) * hourRem)}rem`,
        insetInlineStart: `${(lane / lanes) * 100}%`,
        width: `${100 / lanes}%`,
        ...toneStyle(one.hue),
      }}
    >
      <Link
        to={`/bookings/${one.id}`}
        aria-label={fill(words.block, { name: one.name, what: one.typeName, time, status: status[one.status] })}
        title={`${time} · ${one.typeName}`}
        suppressHydrationWarning
        className={`block h-full overflow-hidden rounded-[6px] border border-s-4 px-1.5 py-0.5 text-xs leading-tight -outline-offset-2! hover:brightness-95 dark:hover:brightness-110 ${look}`}
      >
        <span dir="auto" className="block truncate font-medium">
          <Who row={one} />
        </span>
        {part.to - part.from >= twoLines && (
          <span className="block truncate text-ink-soft" suppressHydrationWarning>
            {clockFormat(locale, zone, clock).format(new Date(one.startTime))} · {one.typeName}
          </span>
        )}
      </Link>
    </li>
  );
}

/** Up and down among a day's bookings, left and right to the nearest day that has some. */
function walk(press: KeyboardEvent<HTMLElement>): void {
  const list = (press.target as HTMLElement).closest("[data-day]");
  if (!list || !/^Arrow/.test(press.key) || press.altKey || press.ctrlKey || press.metaKey) return;
  const links = (day: Element) => [...day.querySelectorAll<HTMLElement>("a")];
  const here = links(list);
  const at = here.indexOf(press.target as HTMLElement);
  const days = [...press.currentTarget.querySelectorAll("[data-day]")];
  const isBack = press.key === (document.dir === "rtl" ? "ArrowRight" : "ArrowLeft");
  const others = isBack ? days.slice(0, days.indexOf(list)).reverse() : days.slice(days.indexOf(list) + 1);
  const isAcross = press.key === "ArrowLeft" || press.key === "ArrowRight";
  const beside = others.map(links).find(({ length }) => length > 0);
  const to = isAcross ? beside?.[Math.min(at, beside.length - 1)] : here[at + (press.key === "ArrowDown" ? 1 : -1)];
  press.preventDefault();
  to?.focus();
}
