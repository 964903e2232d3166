import { type Span, spansOf } from "#domain/recurrence/occurrences.ts";
import { boundsOf, type Ends, faultsOf, mostTimes } from "#domain/recurrence/repeating.ts";
import { readRule } from "#domain/recurrence/rule.ts";
import { dayOf } from "#domain/time/days.ts";
import { dateAt } from "#domain/time/wall.ts";
import { type FieldFault, Problem } from "#server/platform/problem.ts";

interface How extends Partial<Ends> {
  timeZone: string;
}

/**
 * The times of a rule from a first one on, at the same wall time on each of its dates.
 *
 * Nobody gets fewer than they asked for without a word: a rule must end within as many as may be added at once.
 */
export function spansBy(
  text: string,
  { startTime, endTime }: { startTime: Date; endTime: Date },
  { timeZone, maxOccurrences = null, recurrenceEndDate = null }: How,
): Span[] {
  const rule = readRule(text);
  if ("refused" in rule)
    throw refused({ at: "recurrenceRule", code: "recurrence_rule", key: "fields.recurrence_unread" });
  const ends = { maxOccurrences, recurrenceEndDate };
  const [fault] = faultsOf(rule, ends, dayOf(dateAt(startTime, timeZone)));
  if (fault) throw refused(fault);
  const first = { start: startTime.getTime(), end: endTime.getTime() };
  const spans = spansOf(rule, first, timeZone, boundsOf(ends, mostTimes + 1));
  const endsAt = recurrenceEndDate === null ? "recurrenceRule" : "recurrenceEndDate";
  if (spans.length > mostTimes) throw refused({ at: endsAt, code: "recurrence_many", values: { most: mostTimes } });
  if (spans.length < 2 && maxOccurrences !== 1 && rule.count !== 1)
    throw refused({ at: endsAt, code: "recurrence_ends", values: { most: 1 } });
  return spans;
}

const refused = ({ at, ...fault }: FieldFault) =>
  new Problem("request.invalid", { fields: [{ at: `body.${at}`, ...fault }] });
