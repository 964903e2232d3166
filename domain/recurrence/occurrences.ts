import { type Bounds, datesOf } from "#domain/recurrence/dates.ts";
import type { Rule } from "#domain/recurrence/rule.ts";
import { type Day, dayOf } from "#domain/time/days.ts";

const wallOf = (instant: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();

const instantOf = (wall: Temporal.PlainDateTime, timeZone: string): number =>
  wall.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;

/** The date of an instant on the clocks of a zone. */
export const dayAt = (instant: number, timeZone: string): Day =>
  dayOf(wallOf(instant, timeZone).toPlainDate().toString());

/**
 * The starts of what repeats, ascending: at the same wall time on each of the rule's dates, whatever the clocks do.
 *
 * A time that a change of clocks leaps over is the one after; a date that a zone leaps over is left out.
 */
export function startsOf(rule: Rule, start: number, timeZone: string, bounds: Bounds): number[] {
  const wall = wallOf(start, timeZone);
  const first = dayOf(wall.toPlainDate().toString());
  const starts = [start];
  for (const date of datesOf(rule, first, bounds).slice(1)) {
    const next = instantOf(wall.add({ days: date - first }), timeZone);
    if (dayAt(next, timeZone) === date) starts.push(next);
  }
  return starts;
}

export interface Span {
  start: number;
  end: number;
}

/**
 * The same with their ends, each at the wall time of the first one's; where a change of clocks would take its length,
 * it lasts as long as the first.
 */
export function spansOf(rule: Rule, { start, end }: Span, timeZone: string, bounds: Bounds): Span[] {
  const wallStart = wallOf(start, timeZone);
  const lasts = wallStart.until(wallOf(end, timeZone), { largestUnit: "days" });
  return startsOf(rule, start, timeZone, bounds).map((one) => {
    if (one === start) return { start, end };
    const days = dayAt(one, timeZone) - dayAt(start, timeZone);
    const ends = instantOf(wallStart.add({ days }).add(lasts), timeZone);
    return { start: one, end: ends > one ? ends : one + end - start };
  });
}

/** Where others go when one is moved: by as much as its wall time, each on the clocks of its own date. */
export function shifted(starts: readonly number[], from: number, to: number, timeZone: string): number[] {
  const by = wallOf(from, timeZone).until(wallOf(to, timeZone), { largestUnit: "days" });
  return starts.map((start) => (start === from ? to : instantOf(wallOf(start, timeZone).add(by), timeZone)));
}
