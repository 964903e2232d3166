import { type Frequency, weekdayNames } from "#domain/recurrence/rule.ts";
import { dateOf, dayOf, firstDayOfMonth, type IsoDate, monthOf, weekdayOf } from "#domain/time/days.ts";

/** What of a month something falls on, as its first date does: `15`, the third Tuesday, the last Tuesday, the last day. */
export const monthlyWays = ["date", "weekday", "lastWeekday", "lastDate"] as const;
export type MonthlyWay = (typeof monthlyWays)[number];

/** How something repeats, as people choose it in a form. */
export interface Choice {
  frequency: Frequency;
  interval: number;
  /** Of a week; none means the weekday of the first date. 0 is Sunday. */
  weekdays: readonly number[];
  monthly: MonthlyWay;
}

/** Where in its month a date lies: which of its weekday it is, and whether it is the last one, or the last date. */
export function placeInMonth(date: IsoDate): { weekday: number; nth: number; isLast: boolean; isLastDate: boolean } {
  const day = dayOf(date);
  const left = firstDayOfMonth(monthOf(day) + 1) - day;
  return {
    weekday: weekdayOf(day),
    nth: Math.ceil(Number(date.slice(8, 10)) / 7),
    isLast: left <= 7,
    isLastDate: left === 1,
  };
}

/** What a form may offer for a month, by the first date: a fifth Tuesday is its last one. */
export function waysOf(date: IsoDate): MonthlyWay[] {
  const { nth, isLast, isLastDate } = placeInMonth(date);
  const fits = { date: true, weekday: nth < 5, lastWeekday: isLast, lastDate: isLastDate };
  return monthlyWays.filter((way) => fits[way]);
}

/** The rule of RFC 5545 that says what was chosen, beginning on a date. What does not fit the date is the nearest that does. */
export function ruleText({ frequency, interval, weekdays, monthly }: Choice, first: IsoDate): string {
  const parts = [`FREQ=${frequency.toUpperCase()}`, ...(interval > 1 ? [`INTERVAL=${interval}`] : [])];
  if (frequency === "weekly" && weekdays.length > 0) parts.push(`BYDAY=${weekdays.map(nameOf).join(",")}`);
  if (frequency === "monthly") parts.push(...dayOfMonth(monthly, first));
  return parts.join(";");
}

function dayOfMonth(monthly: MonthlyWay, first: IsoDate): string[] {
  const { weekday, nth } = placeInMonth(first);
  if (monthly === "date") return [];
  if (monthly === "lastDate") return ["BYMONTHDAY=-1"];
  return [`BYDAY=${monthly === "lastWeekday" || nth > 4 ? -1 : nth}${nameOf(weekday)}`];
}

const nameOf = (weekday: number) => weekdayNames[weekday] ?? "";

/** The date that a wall time begins with, if it is one. */
export function dateOfWall(wall: string): IsoDate | undefined {
  const date = wall.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && dateOf(dayOf(date)) === date ? date : undefined;
}
