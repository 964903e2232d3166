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
