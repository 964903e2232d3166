import { type Day, dayOf, type IsoDate, weekdayOf } from "#domain/time/days.ts";

/** How far ahead a time may be booked (R20); dates are those of the event's zone. */
export type Horizon =
  | { type: "minutes"; minutes: number }
  | { type: "rollingDays"; days: number; countWeekends?: boolean | undefined }
  | { type: "rollingBookableDays"; days: number }
  | { type: "range"; from: IsoDate; to: IsoDate };

/** No more dates than these are looked at for one that has a free time. */
export const mostDatesLookedAt = 366;

/** The dates on which a time may start. `bookable` finds the last date of a horizon that counts dates with free times. */
export function datesWithin(
  horizon: Horizon | undefined,
  today: Day,
  bookable: (days: number) => Day,
): { first: Day; last: Day } {
  const forever = { first: Number.NEGATIVE_INFINITY, last: Number.POSITIVE_INFINITY };
  switch (horizon?.type) {
    case "range":
      return { first: dayOf(horizon.from), last: dayOf(horizon.to) };
    case "rollingDays":
      return {
        ...forever,
        last: horizon.countWeekends === false ? workday(today, horizon.days) : today + horizon.days,
      };
    case "rollingBookableDays":
      return { ...forever, last: bookable(horizon.days) };
    default:
      return forever;
  }
}

/** A notice of so many minutes, or a longer one, leaves nothing that could ever be booked; of a range, from today on. */
export function reachOf(horizon: Horizon | undefined, today: Day): number {
  if (horizon === undefined) return Number.POSITIVE_INFINITY;
  if (horizon.type === "minutes") return horizon.minutes;
  const daysFrom = (day: Day) => datesWithin(horizon, day, () => day + mostDatesLookedAt - 1).last - day + 1;
  // Weekends that do not count make the way longer.
  const days = horizon.type === "range" ? [today] : Array.from({ length: 7 }, (_, n) => today + n);
  return Math.max(...days.map(daysFrom)) * 1440;
}

/** The n-th date from Monday to Friday after a date. */
function workday(after: Day, n: number): Day {
  const weeks = Math.floor(Math.max(0, n - 1) / 5);
  let date = after + weeks * 7;
  for (let left = n - weeks * 5; left > 0; ) {
    date++;
    if (weekdayOf(date) !== 0 && weekdayOf(date) !== 6) left--;
  }
  return date;
}
