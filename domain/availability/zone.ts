import { type Day, day, firstDayOfYear, yearOf } from "#domain/time/days.ts";

/** The offsets of a zone over some time: from `at[i]` on, until `at[i + 1]`, its clocks are ahead of UTC by `offset[i]`. */
export interface Offsets {
  at: readonly number[];
  offset: readonly number[];
}

const tables = new Map<string, Map<number, Offsets>>();
// Names come from strangers, in any case of their letters.
const mostZones = 2000;
const mostYears = 400;

/**
 * The offsets that a zone has from one instant to another, at least.
 *
 * Found once per zone and year, and kept.
 */
export function offsetsOf(zone: string, from: number, to: number): Offsets {
  const years = yearsOf(zone);
  const last = yearOf(Math.floor(to / day));
  let year = yearOf(Math.floor(from / day));
  const first = offsetsInYear(zone, years, year);
  if (year === last) return first;
  const at = [...first.at];
  const offset = [...first.offset];
  while (++year <= last) {
    const next = offsetsInYear(zone, years, year);
    for (let i = 0; i < next.at.length; i++) {
      if (next.offset[i] === offset.at(-1)) continue;
      at.push(next.at[i] ?? 0);
      offset.push(next.offset[i] ?? 0);
    }
  }
  return { at, offset };
}

function yearsOf(zone: string): Map<number, Offsets> {
  const known = tables.get(zone);
  if (known && known.size < mostYears) return known;
  if (tables.size >= mostZones) tables.clear();
  const years = new Map<number, Offsets>();
  tables.set(zone, years);
  return years;
}

function offsetsInYear(zone: string, years: Map<number, Offsets>, year: number): Offsets {
  const known = years.get(year);
  if (known) return known;
  const from = firstDayOfYear(year) * day;
  const to = firstDayOfYear(year + 1) * day;
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const at = [from];
  const offset = [start.offsetNanoseconds / 1e6];
  let change = start.getTimeZoneTransition("next");
  while (change && change.epochMilliseconds < to) {
    at.push(change.epochMilliseconds);
    offset.push(change.offsetNanoseconds / 1e6);
    change = change.getTimeZoneTransition("next");
  }
  const found = { at, offset };
  years.set(year, found);
  return found;
}

/**
 * Turns a wall time, in milliseconds as if it were UTC, into an instant (R2).
 *
 * Around a change of the clocks the offset in force before the change is used: a time that does not exist moves
 * forward by the gap, one that exists twice is the earlier one.
 */
export function toInstant({ at, offset }: Offsets, wall: number): number {
  let before = 0;
  for (let i = 0; i < at.length; i++) {
    const instant = wall - (offset[i] ?? 0);
    if (i > 0 && instant < (at[i] ?? 0)) return before;
    if (i + 1 === at.length || instant < (at[i + 1] ?? 0)) return instant;
    before = instant;
  }
  return before;
}

/** The midnight, in a zone, with which a date begins. */
export const midnightOf = (offsets: Offsets, date: Day): number => toInstant(offsets, date * day);

/** Tells the local date of instants, fastest when they come in order. */
export function datesIn({ at, offset }: Offsets): (instant: number) => Day {
  let i = 0;
  return (instant) => {
    if (instant < (at[i] ?? 0)) i = 0;
    while (i + 1 < at.length && instant >= (at[i + 1] ?? 0)) i++;
    return Math.floor((instant + (offset[i] ?? 0)) / day);
  };
}
