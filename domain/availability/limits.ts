import { type Block, blocksFrom, type PreparedBusy } from "#domain/availability/busy.ts";
import { datesIn, offsetsOf } from "#domain/availability/zone.ts";
import {
  type Day,
  day,
  firstDayOfMonth,
  firstDayOfWeek,
  firstDayOfYear,
  minute,
  monthOf,
  weekOf,
  yearOf,
} from "#domain/time/days.ts";

/** How many bookings an event type takes in a day, week, month and year of its zone, and how many minutes a day. */
export interface Limits {
  perDay?: number | undefined;
  perWeek?: number | undefined;
  perMonth?: number | undefined;
  perYear?: number | undefined;
  minutesPerDay?: number | undefined;
}

const periods = {
  perDay: { of: (date: Day) => date, firstDay: (date: number): Day => date },
  perWeek: { of: weekOf, firstDay: firstDayOfWeek },
  perMonth: { of: monthOf, firstDay: firstDayOfMonth },
  perYear: { of: yearOf, firstDay: firstDayOfYear },
  minutesPerDay: { of: (date: Day) => date, firstDay: (date: number): Day => date },
} as const;

export type LimitName = keyof typeof periods;
export const limitNames = Object.keys(periods) as LimitName[];

export interface Reached {
  limit: LimitName;
  most: number;
  taken: number;
}

/** What of an event type and a question the limits ask. */
export interface Limited {
  event: { id: string; timeZone: string; durationMinutes: number; limits?: Limits | undefined };
  busy: readonly PreparedBusy[];
  rescheduleOf?: string | undefined;
}

/**
 * Counts the bookings of an event type, and tells for each date between two which limits one more would exceed (R19).
 *
 * The same booking at several hosts is one; the one that is being moved is none.
 */
export function limitsBetween(asked: Limited, from: Day, to: Day): (date: Day) => Reached[] {
  const { event } = asked;
  const limits = limitNames.flatMap((name) => {
    const most = event.limits?.[name];
    return most === undefined ? [] : [{ name, most, taken: new Map<number, number>() }];
  });
  if (limits.length === 0) return () => [];
  const first = Math.min(...limits.map(({ name }) => periods[name].firstDay(periods[name].of(from)))) - 2;
  const last = Math.max(...limits.map(({ name }) => periods[name].firstDay(periods[name].of(to) + 1))) + 2;
  const dateOf = datesIn(offsetsOf(event.timeZone, first * day, last * day));
  for (const { start, end } of bookingsOf(asked, first * day, last * day)) {
    const date = dateOf(start);
    for (const { name, taken } of limits) {
      const period = periods[name].of(date);
      taken.set(period, (taken.get(period) ?? 0) + (name === "minutesPerDay" ? (end - start) / minute : 1));
    }
  }
  return (date) =>
    limits.flatMap(({ name, most, taken: counts }) => {
      const taken = counts.get(periods[name].of(date)) ?? 0;
      const more = name === "minutesPerDay" ? event.durationMinutes : 1;
      return taken + more > most ? [{ limit: name, most, taken }] : [];
    });
}

function bookingsOf({ event, busy, rescheduleOf }: Limited, from: number, to: number): Block[] {
  const known = new Set<string>(rescheduleOf === undefined ? [] : [rescheduleOf]);
  return busy
    .flatMap((entries) => blocksFrom(entries, from, to))
    .filter(({ kind, eventTypeId, bookingId }) => {
      if (kind !== "booking" || eventTypeId !== event.id) return false;
      if (bookingId === undefined) return true;
      if (known.has(bookingId)) return false;
      known.add(bookingId);
      return true;
    });
}
