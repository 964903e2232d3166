import { dateFormat } from "#web/platform/format.ts";

/** A date with free times, as the viewer's clocks have it; starts are milliseconds. */
export interface FreeDay {
  date: string;
  starts: readonly number[];
  /** Starts that are full, where one may wait for a seat; never among the others. */
  full?: readonly number[];
  /** Of a group: what each start has left. */
  seats?: readonly number[];
}

const dayMs = 86_400_000;
const utc = (date: string) => Date.parse(`${date}T00:00Z`);
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The date so many days later, or earlier. */
export const daysAfter = (date: string, days: number): string => dateOf(utc(date) + days * dayMs);

/** The month so many months later, or earlier, as `2026-11`. */
export function monthAfter(month: string, months: number): string {
  const first = new Date(`${month}-01T00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  return first.toISOString().slice(0, 7);
}

export const lastDateOf = (month: string): string => daysAfter(`${monthAfter(month, 1)}-01`, -1);

/** The dates of a month in weeks; what lies outside of it is `null`. */
export function weeksOf(month: string, firstWeekday: number): (string | null)[][] {
  const first = utc(`${month}-01`);
  const before = (new Date(first).getUTCDay() - firstWeekday + 7) % 7;
  const count = Number(lastDateOf(month).slice(8));
  return Array.from({ length: Math.ceil((before + count) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => {
      const day = week * 7 + at - before;
      return day >= 0 && day < count ? dateOf(first + day * dayMs) : null;
    }),
  );
}

/** Says a calendar date, which is the same wherever it is read. */
export const dateText = (locale: string, date: string, options: Intl.DateTimeFormatOptions): string =>
  dateFormat(locale, { ...options, timeZone: "UTC" }).format(utc(date));

/** On which weekday a week begins where a language is spoken; 0 is Sunday. */
export function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as { getWeekInfo?: () => { firstDay: number } };
  return (known.getWeekInfo?.().firstDay ?? 1) % 7;
}

/** The free date that an arrow leads to from another one; nothing where the month has none there. */
export function stepFrom(free: readonly string[], from: string, days: number): string | undefined {
  const wanted = daysAfter(from, days);
  return days > 0 ? free.find((date) => date >= wanted) : free.findLast((date) => date <= wanted);
}

/** A weekday's name, 0 is Sunday; the first of November 2026 is one. */
export const weekdayText = (locale: string, day: number, weekday: "long" | "short" = "long"): string =>
  dateText(locale, daysAfter("2026-11-01", day), { weekday });
