import { dateOf, dayOf, type IsoDate } from "#domain/time/days.ts";

export const frequencies = ["daily", "weekly", "monthly"] as const;
export type Frequency = (typeof frequencies)[number];

/** How something repeats: the part of RFC 5545's rules that counts in whole days. */
export interface Rule {
  frequency: Frequency;
  interval: number;
  /** `nth` counts within a month, from its end when negative; 0 is each of them. */
  weekdays: readonly { weekday: number; nth: number }[];
  /** Counted from the month's end when negative. */
  monthDays: readonly number[];
  months: readonly number[];
  /** Which of what a period has; all of it when there are none. */
  positions: readonly number[];
  /** The day on which weeks begin; 0 is Sunday. */
  weekStart: number;
  count: number | null;
  until: IsoDate | null;
}

/** A part of a rule that cannot be read, or is not one of those that count in days. */
export interface RuleRefusal {
  refused: string;
}

/** What repeats every day, week or month, with nothing else said. */
export const everyOne = (frequency: Frequency): Rule => ({
  ...{ frequency, interval: 1, weekdays: [], monthDays: [], months: [], positions: [], weekStart: 1 },
  ...{ count: null, until: null },
});

/** From Sunday on. */
export const weekdayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const most = 366;

type Reading = (value: string, rule: Rule) => Partial<Rule> | undefined;

const readings: Record<string, Reading> = {
  FREQ: (value) => {
    const frequency = frequencies.find((one) => one.toUpperCase() === value);
    return frequency && { frequency };
  },
  INTERVAL: (value) => within(value, 1, 1000, (interval) => ({ interval })),
  COUNT: (value) => within(value, 1, 100_000, (count) => ({ count })),
  UNTIL: (value) => {
    const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(value) ?? [];
    const until = `${year}-${month}-${date}`;
    return year !== undefined && dateOf(dayOf(until)) === until ? { until } : undefined;
  },
  BYDAY: (value, { frequency }) => {
    const weekdays = each(value, (one) => {
      const [, nth = "", name = ""] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one) ?? [];
      const weekday = weekdayNames.indexOf(name);
      const isCounted = nth !== "";
      if (weekday < 0 || (isCounted && (frequency !== "monthly" || !isWithin(Math.abs(Number(nth)), 1, 5)))) return;
      return { weekday, nth: Number(nth) };
    });
    return weekdays && { weekdays };
  },
  BYMONTHDAY: (value, { frequency }) => {
    const monthDays = numbers(value, 31, { isSigned: true });
    return frequency === "weekly" ? undefined : monthDays && { monthDays };
  },
  BYMONTH: (value) => {
    const months = numbers(value, 12, { isSigned: false });
    return months && { months };
  },
  BYSETPOS: (value) => {
    const positions = numbers(value, most, { isSigned: true });
    return positions && { positions };
  },
  WKST: (value) => (weekdayNames.includes(value) ? { weekStart: weekdayNames.indexOf(value) } : undefined),
};

/**
 * Reads a rule such as `FREQ=WEEKLY;BYDAY=TU,TH`, or names the part that it refuses.
 *
 * Parts finer than a day are refused: the time of day is that of the first occurrence.
 */
export function readRule(text: string): Rule | RuleRefusal {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .replace(/;$/, "")
    .split(";")) {
    const [name = "", value, ...rest] = part.split("=");
    if (!Object.hasOwn(readings, name) || value === undefined || rest.length > 0 || parts.has(name))
      return { refused: part };
    parts.set(name, value);
  }
  if (!parts.has("FREQ")) return { refused: "FREQ" };
  // What a part may say hangs on how often it repeats, wherever that stands.
  const inOrder = [...parts].sort(([a], [b]) => Number(b === "FREQ") - Number(a === "FREQ"));
  let rule = everyOne("daily");
  for (const [name, value] of inOrder) {
    const read = readings[name]?.(value, rule);
    if (!read) return { refused: `${name}=${value}` };
    rule = { ...rule, ...read };
  }
  return rule;
}

const isWithin = (value: number, least: number, last: number) =>
  Number.isInteger(value) && value >= least && value <= last;

function within<T>(text: string, least: number, last: number, make: (value: number) => T): T | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return isWithin(value, least, last) ? make(value) : undefined;
}

function each<T>(value: string, read: (one: string) => T | undefined): T[] | undefined {
  const all = value.split(",").map(read);
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length && all.length <= most ? known : undefined;
}

const numbers = (value: string, last: number, { isSigned }: { isSigned: boolean }) =>
  each(value, (one) => {
    const size = /^[+-]?\d{1,3}$/.test(one) ? Number(one) : Number.NaN;
    return isWithin(isSigned ? Math.abs(size) : size, 1, last) ? size : undefined;
  });
