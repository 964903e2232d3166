import type { TimeWindow, WeeklyWindow } from "#contract/scheduling.ts";

/** The windows of each weekday, 0 is Sunday, in their order. */
export type Week = readonly (readonly TimeWindow[])[];

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;
const dayMinutes = 24 * 60;
const step = 15;

export const weekOf = (weekly: readonly WeeklyWindow[]): Week =>
  weekdays.map((day) =>
    weekly
      .filter(({ days }) => days.includes(day))
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from.localeCompare(b.from)),
  );

export const weeklyOf = (week: Week): WeeklyWindow[] =>
  week.flatMap((windows, day) => windows.map((window) => ({ days: [day], ...window })));

/**
 * Reads a week as a form sends it, fields named `day.1.0.from`; a window that ends before it begins goes on after
 * midnight, and so becomes two.
 */
export function readWeek(form: FormData): Week {
  const week: TimeWindow[][] = weekdays.map(() => []);
  for (const [name, value] of form) {
    const [, day, row] = /^day\.([0-6])\.(\d+)\.from$/.exec(name) ?? [];
    const to = form.get(`day.${day}.${row}.to`);
    if (day === undefined || !isClock(value) || !isClock(to)) continue;
    for (const { after, ...window } of splitAt(value, to)) week[(Number(day) + after) % 7]?.push(window);
  }
  return week.map((windows) => windows.sort((a, b) => a.from.localeCompare(b.from)));
}

const isClock = (value: unknown): value is string => typeof value === "string" && /^\d\d:\d\d$/.test(value);

/** A window as its day and, over midnight, the next one have it; midnight as an end is the end of the day. */
export function splitAt(from: string, to: string): (TimeWindow & { after: number })[] {
  if (to === "00:00") return [{ from, to: "24:00", after: 0 }];
  if (from < to) return [{ from, to, after: 0 }];
  if (from === to) return [];
  return [
    { from, to: "24:00", after: 0 },
    { from: "00:00", to, after: 1 },
  ];
}

/** The same week with one day's windows on others too. */
export const copyDay = (week: Week, from: number, onto: readonly number[]): Week =>
  week.map((windows, day) => (onto.includes(day) ? (week[from] ?? []) : windows));

/** Windows in their order; those that overlap or touch are one. */
export function tidy(windows: readonly TimeWindow[]): TimeWindow[] {
  const joined: TimeWindow[] = [];
  for (const window of windows.toSorted((a, b) => a.from.localeCompare(b.from))) {
    const last = joined.at(-1);
    if (last && window.from <= last.to) last.to = window.to > last.to ? window.to : last.to;
    else joined.push({ ...window });
  }
  return joined;
}

export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const two = (n: number) => String(n).padStart(2, "0");
const clockOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
const snapped = (minute: number) => between(Math.round(minute / step) * step, 0, dayMinutes);

/** By what a window is held: not at all yet, as a whole, by its beginning or by its end. */
export type Grip = "new" | "whole" | "from" | "to";

/** What becomes of a window that is pulled from one minute of the day to another: by quarters of an hour, within its day. */
export function pulled(window: TimeWindow, grip: Grip, from: number, to: number): TimeWindow {
  const [opens, closes] = [minuteOf(window.from), minuteOf(window.to)];
  const by = Math.round((to - from) / step) * step;
  if (grip === "new") {
    const begins = Math.min(snapped(Math.min(from, to)), dayMinutes - step);
    const ends = snapped(Math.max(from, to));
    // A press that pulls nothing makes an hour.
    return {
      from: clockOf(begins),
      to: clockOf(between(ends > begins ? ends : begins + 60, begins + step, dayMinutes)),
    };
  }
  if (grip === "from") return { from: clockOf(between(opens + by, 0, closes - step)), to: window.to };
  if (grip === "to") return { from: window.from, to: clockOf(between(closes + by, opens + step, dayMinutes)) };
  const begins = between(opens + by, 0, dayMinutes - (closes - opens));
  return { from: clockOf(begins), to: clockOf(begins + closes - opens) };
}
