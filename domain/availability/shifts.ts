import { minuteOf, type Window } from "#domain/availability/schedule.ts";

type Weekly = Window & { days: readonly number[] };

/**
 * Splits a shift that goes on over midnight, `22:00`–`02:00`, into one until `24:00` and one from `00:00` on the next
 * weekdays. Any other window stays as it is; one that closes when it opens lasts a whole day.
 */
export function splitAtMidnight(shift: Weekly): Weekly[] {
  if (minuteOf(shift.from) < minuteOf(shift.to)) return [shift];
  const evening = { ...shift, to: "24:00" };
  const morning = { ...shift, days: shift.days.map((weekday) => (weekday + 1) % 7), from: "00:00" };
  return [evening, morning].filter(({ from, to }) => minuteOf(from) < minuteOf(to));
}
