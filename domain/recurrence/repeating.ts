import { type Bounds, datesOf } from "#domain/recurrence/dates.ts";
import type { Rule } from "#domain/recurrence/rule.ts";
import { type Day, dayOf, type IsoDate } from "#domain/time/days.ts";

/** So many times of an event may be added at once. */
export const mostTimes = 52;

/** What beside its rule says where something that repeats ends; the rule may say so too, and the sooner end counts. */
export interface Ends {
  maxOccurrences: number | null;
  recurrenceEndDate: IsoDate | null;
}

/** The same as a form has it, where nothing is no end. */
export const endsIn = (typed: { maxOccurrences: string; recurrenceEndDate: string }): Ends => ({
  maxOccurrences: Number(typed.maxOccurrences) || null,
  recurrenceEndDate: typed.recurrenceEndDate || null,
});

/** The last date that may be one, where there is one. */
export const lastDateOf = ({ recurrenceEndDate }: Ends, { until }: Rule): IsoDate | null =>
  [recurrenceEndDate, until].filter((date) => date !== null).sort()[0] ?? null;

/** Between which dates, and how often: never more than `most`. */
export function boundsOf({ maxOccurrences, recurrenceEndDate }: Ends, most: number): Bounds {
  const last = recurrenceEndDate === null ? undefined : dayOf(recurrenceEndDate);
  return { most: Math.min(maxOccurrences ?? most, most), last };
}

export interface RepeatFault {
  at: "recurrenceRule" | "maxOccurrences";
  code: "recurrence_never" | "recurrence_incomplete";
}

// Most rules have it.
const someDay = dayOf("2024-01-01");

/** What is wrong with a rule and its ends: it has no second date, or no end. From some day, where nobody knows the first. */
export function faultsOf(rule: Rule, ends: Ends, first: Day = someDay): RepeatFault[] {
  // Far enough ahead for leap days to count.
  if (datesOf({ ...rule, count: null, until: null }, first, { most: 2 }).length < 2)
    return [{ at: "recurrenceRule", code: "recurrence_never" }];
  const isBounded = [ends.maxOccurrences, ends.recurrenceEndDate, rule.count, rule.until].some((end) => end !== null);
  return isBounded ? [] : [{ at: "maxOccurrences", code: "recurrence_incomplete" }];
}
