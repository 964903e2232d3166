import type { Rule } from "#domain/recurrence/rule.ts";
import { type Day, dateOf, dayOf, firstDayOfMonth, monthOf, weekdayOf } from "#domain/time/days.ts";

/** No rule is followed further than this from its first date, however rarely it hits one. */
export const farthestDays = 31 * 366;
const lastDayOfAll = dayOf("2199-12-31");

export interface Bounds {
  /** How many dates, the first included. */
  most: number;
  /** The last date that may be one. */
  last?: Day | undefined;
}

/**
 * The dates of a rule, ascending: the first one, whether or not the rule has it, and those of the rule behind it.
 *
 * Looks at no date twice and at none beyond its bounds, so a rule that never hits a date comes to its end too.
 */
export function datesOf(rule: Rule, first: Day, { most, last = Number.POSITIVE_INFINITY }: Bounds): Day[] {
  const enough = Math.min(most, rule.count ?? Number.POSITIVE_INFINITY);
  const until = rule.until === null ? Number.POSITIVE_INFINITY : dayOf(rule.until);
  const end = Math.min(last, until, first + farthestDays, lastDayOfAll);
  const dates = [first];
  for (let n = 0; dates.length < enough; n++) {
    const [from, to] = periodOf(rule, first, n);
    if (from > end) break;
    for (const date of chosenOf(rule, datesWithin(rule, first, from, to))) {
      if (date <= first) continue;
      if (date > end || dates.length >= enough) return dates;
      dates.push(date);
    }
  }
  return dates;
}

/** The n-th day, week or month that counts, from its first date to the one after its last. */
function periodOf({ frequency, interval, weekStart }: Rule, first: Day, n: number): [Day, Day] {
  if (frequency === "daily") return [first + n * interval, first + n * interval + 1];
  if (frequency === "weekly") {
    const week = first - ((weekdayOf(first) - weekStart + 7) % 7) + n * interval * 7;
    return [week, week + 7];
  }
  const month = monthOf(first) + n * interval;
  return [firstDayOfMonth(month), firstDayOfMonth(month + 1)];
}

function datesWithin(rule: Rule, first: Day, from: Day, to: Day): Day[] {
  const dates: Day[] = [];
  for (let date = from; date < to; date++) if (isOne(rule, first, date, from, to)) dates.push(date);
  return dates;
}

function isOne(rule: Rule, first: Day, date: Day, from: Day, to: Day): boolean {
  const { frequency, months, monthDays, weekdays } = rule;
  const says = (values: readonly unknown[]) => values.length > 0;
  const [, month = 0, ofMonth = 0] = dateOf(date).split("-").map(Number);
  if (says(months) && !months.includes(month)) return false;
  if (says(monthDays) && !monthDays.includes(ofMonth)) {
    const length = firstDayOfMonth(monthOf(date) + 1) - firstDayOfMonth(monthOf(date));
    if (!monthDays.includes(ofMonth - length - 1)) return false;
  }
  if (says(weekdays)) {
    const weekday = weekdayOf(date);
    const [before, behind] = [Math.floor((date - from) / 7) + 1, -Math.floor((to - 1 - date) / 7) - 1];
    return weekdays.some((one) => one.weekday === weekday && [0, before, behind].includes(one.nth));
  }
  if (frequency === "weekly") return weekdayOf(date) === weekdayOf(first);
  if (frequency === "monthly" && !says(monthDays)) return ofMonth === Number(dateOf(first).slice(8));
  return true;
}

function chosenOf({ positions }: Rule, dates: Day[]): Day[] {
  if (positions.length === 0) return dates;
  return dates.filter((_, n) => positions.includes(n + 1) || positions.includes(n - dates.length));
}
