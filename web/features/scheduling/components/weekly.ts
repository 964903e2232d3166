import type { TimeWindow, WeeklyWindow } from "#contract/scheduling.ts";

/** The windows of each weekday, 0 is Sunday, in their order. */
export type Week = readonly (readonly TimeWindow[])[];

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

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
    for (const { after, ...window } of split(value, to)) week[(Number(day) + after) % 7]?.push(window);
  }
  return week.map((windows) => windows.sort((a, b) => a.from.localeCompare(b.from)));
}

const isClock = (value: unknown): value is string => typeof value === "string" && /^\d\d:\d\d$/.test(value);

/** A window as its day and, over midnight, the next one have it; midnight as an end is the end of the day. */
function split(from: string, to: string): (TimeWindow & { after: number })[] {
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
