import type { BookingStatus } from "#domain/availability/status.ts";
import { offsetsOf } from "#domain/availability/zone.ts";
import { type Day, dateOf, day, dayOf, firstDayOfMonth, monthOf, weekdayOf } from "#domain/time/days.ts";

/** A booking, as far as statistics need to know it. */
export interface Counted {
  eventTypeId: string;
  status: BookingStatus;
  /** Milliseconds. */
  startTime: number;
  createdAt: number;
}

export interface Outcomes {
  total: number;
  cancelled: number;
  noShow: number;
}

export interface Range {
  /** Dates, both included. */
  startDate: string;
  endDate: string;
  timeZone: string;
}

export type Unit = "day" | "week" | "month";

const hourMs = 3_600_000;
const isCancelled = (status: BookingStatus) => status === "cancelled" || status === "rejected";

/** How often bookings came to nothing. */
export function outcomesOf(bookings: readonly Counted[]): Outcomes {
  return {
    total: bookings.length,
    cancelled: bookings.filter(({ status }) => isCancelled(status)).length,
    noShow: bookings.filter(({ status }) => status === "no_show").length,
  };
}

/** Days are shown up to a month, weeks up to half a year. */
export const unitOf = (days: number): Unit => (days <= 31 ? "day" : days <= 184 ? "week" : "month");

/** A row for each period of the range, empty ones too; the first and the last may be parts of theirs. */
export function byPeriod(bookings: readonly Counted[], range: Range) {
  const [first, last] = [dayOf(range.startDate), dayOf(range.endDate)];
  const unit = unitOf(last - first + 1);
  const wallOf = clocksOf(range);
  const starts: Day[] = [];
  for (let from = first; from <= last; from = nextOf(unit, from)) starts.push(from);
  const groups = Map.groupBy(bookings, ({ startTime }) => {
    const on = Math.floor(wallOf(startTime) / day);
    return starts.findLast((from) => from <= on) ?? first;
  });
  return { unit, rows: starts.map((from) => ({ from: dateOf(from), ...outcomesOf(groups.get(from) ?? []) })) };
}

/** Weeks begin on Mondays. */
function nextOf(unit: Unit, from: Day): Day {
  if (unit === "day") return from + 1;
  if (unit === "month") return firstDayOfMonth(monthOf(from) + 1);
  return from + ((8 - weekdayOf(from)) % 7 || 7);
}

/** When bookings that were not cancelled begin: by the hour and by the day of the week, as clocks of the zone show them. */
export function byHours(bookings: readonly Counted[], range: Range) {
  const wallOf = clocksOf(range);
  const hours = Array<number>(24).fill(0);
  const weekdays = Array<number>(7).fill(0);
  for (const { status, startTime } of bookings) {
    if (isCancelled(status)) continue;
    const wall = wallOf(startTime);
    const hour = Math.floor(wall / hourMs) % 24;
    const weekday = weekdayOf(Math.floor(wall / day));
    hours[hour] = (hours[hour] ?? 0) + 1;
    weekdays[weekday] = (weekdays[weekday] ?? 0) + 1;
  }
  return { hours, weekdays };
}

/** What clocks of the range's zone show at an instant, in milliseconds as if it were UTC. */
function clocksOf({ startDate, endDate, timeZone }: Range): (instant: number) => number {
  const { at, offset } = offsetsOf(timeZone, (dayOf(startDate) - 2) * day, (dayOf(endDate) + 3) * day);
  return (instant) =>
    instant +
    (offset[
      Math.max(
        0,
        at.findLastIndex((from) => from <= instant),
      )
    ] ?? 0);
}

const leads = [
  ["hours", 1],
  ["day", 2],
  ["days3", 4],
  ["week", 8],
  ["weeks2", 15],
  ["month", 31],
  ["more", Number.POSITIVE_INFINITY],
] as const;

/** How long before their start bookings were made: the middle one, and how many fall in each span of days. */
export function leadTimes(bookings: readonly Counted[]) {
  const leadsOf = bookings.map(({ startTime, createdAt }) => Math.max(0, startTime - createdAt)).sort((a, b) => a - b);
  const middle = leadsOf.length / 2;
  const median = ((leadsOf[Math.ceil(middle) - 1] ?? 0) + (leadsOf[Math.floor(middle)] ?? 0)) / 2;
  const bucketOf = (lead: number) => leads.find(([, days]) => lead < days * day)?.[0];
  const groups = Map.groupBy(leadsOf, bucketOf);
  return {
    medianHours: leadsOf.length > 0 ? Math.round(median / 360_000) / 10 : null,
    buckets: leads.map(([key]) => ({ key, count: groups.get(key)?.length ?? 0 })),
  };
}
