import type { EventTypeRules } from "#contract/scheduling.ts";
import type { PublicEventType } from "#contract/scheduling-public.ts";
import { mostOccurrences, type Recurrence, type SeriesException } from "#contract/scheduling-recurrence.ts";
import { startsOf } from "#domain/recurrence/occurrences.ts";
import type { Wish } from "#domain/recurrence/plan.ts";
import { faultsOf, lastDateOf, type RepeatFault } from "#domain/recurrence/repeating.ts";
import { everyOne, type Rule, readRule } from "#domain/recurrence/rule.ts";
import { dayOf } from "#domain/time/days.ts";
import type { EventTypeRow } from "#server/modules/scheduling/repo/event-types.ts";
import { type FieldFault, Problem } from "#server/platform/problem.ts";

type Repeating = Pick<EventTypeRules, "recurrenceType" | "recurrenceRule" | "maxOccurrences" | "recurrenceEndDate">;

/** How an event type repeats; nothing where it does not, or says so in words that nobody can read. */
function ruleOf({ recurrenceType, recurrenceRule }: Repeating): Rule | undefined {
  if (recurrenceType === "none") return undefined;
  if (recurrenceRule === "") return everyOne(recurrenceType);
  const rule = readRule(recurrenceRule);
  return "refused" in rule || rule.frequency !== recurrenceType ? undefined : rule;
}

type RecurrenceFault = RepeatFault["code"] | "recurrence_rule";

/** What of an event type's recurrence cannot be saved, by field. */
export function recurrenceRefusals(rules: Repeating): { name: keyof Repeating; code: RecurrenceFault }[] {
  if (rules.recurrenceType === "none")
    return rules.recurrenceRule === "" ? [] : [{ name: "recurrenceType", code: "recurrence_incomplete" }];
  const rule = ruleOf(rules);
  if (!rule) return [{ name: "recurrenceRule", code: "recurrence_rule" }];
  return faultsOf(rule, rules).map(({ at, code }) => ({ name: at, code }));
}

/** How an event type may be booked again and again, as a visitor learns it. */
export function recurrenceOf(rules: Repeating): PublicEventType["recurrence"] {
  const rule = ruleOf(rules);
  if (!rule) return null;
  const most = Math.min(rules.maxOccurrences ?? mostOccurrences, rule.count ?? mostOccurrences);
  if (most < 2) return null;
  return { type: rule.frequency, rule: rules.recurrenceRule, most, endDate: lastDateOf(rules, rule) };
}

/** The times of somebody who wants a time so often; fewer where the rule of its event type ends before. */
export function repeatedFrom(
  { rules, timeZone }: EventTypeRow,
  start: number,
  count: number,
): { wishes: Wish[]; endsOn: string | null } {
  const rule = ruleOf(rules);
  const most = recurrenceOf(rules)?.most ?? 1;
  if (!rule || count > most) throw refused({ at: "count", code: "recurrence_count", values: { most } });
  const lastDate = lastDateOf(rules, rule);
  const last = lastDate === null ? undefined : dayOf(lastDate);
  const starts = startsOf(rule, start, timeZone, { most: count, last });
  return {
    wishes: starts.map((one, n) => ({ sequence: n + 1, start: one, isException: false })),
    endsOn: starts.length < count ? lastDate : null,
  };
}

/** The same, with their own exceptions, for booking: nobody gets fewer than they asked for without a word. */
export function wishesOf(type: EventTypeRow, start: number, { count, exceptions }: Recurrence): Wish[] {
  const { wishes } = repeatedFrom(type, start, count);
  const most = wishes.length;
  if (most < count) throw refused({ at: "count", code: "recurrence_ends", values: { most } });
  return applied(wishes, exceptions);
}

/** Wishes with exceptions: moved ones elsewhere, the others left out. */
export function applied(wishes: readonly Wish[], exceptions: readonly SeriesException[]): Wish[] {
  const moved = new Map(exceptions.map(({ startTime, movedTo }) => [Date.parse(startTime), movedTo]));
  if ([...moved.keys()].some((one) => !wishes.some(({ start }) => start === one)))
    throw refused({ at: "exceptions", code: "recurrence_exception" });
  const all = wishes.flatMap((wish) => {
    const to = moved.get(wish.start);
    if (to === undefined) return [wish];
    return to === null ? [] : [{ ...wish, start: Date.parse(to), isException: true }];
  });
  if (all.length === 0)
    throw refused({ at: "exceptions", code: "recurrence_exception", key: "fields.recurrence_empty" });
  return all;
}

const refused = ({ at, ...fault }: FieldFault) =>
  new Problem("event_type.invalid", { fields: [{ at: `body.recurrence.${at}`, ...fault }] });
