import { type Busy, prepareBusy } from "#domain/availability/busy.ts";
import { findSlots, type SlotsQuestion } from "#domain/availability/slots.ts";
import { day, minute } from "#domain/time/days.ts";

/** A time that somebody wants as one of several. */
export interface Wish {
  /** Its number among the rule's, from 1. */
  sequence: number;
  start: number;
  /** It was moved away from where the rule has it. */
  isException: boolean;
}

export interface Checked extends Wish {
  isFree: boolean;
  /** For one that is not free: the free time nearest to it that none of the others wants. */
  nearest: number | null;
}

const lookAroundDays = 7;

/**
 * Says of each of several times whether the engine offers it when those before it are booked, and what is nearest.
 *
 * Notice and horizon are asked of the first alone: that it may repeat is what says how far the others reach.
 */
export function planSeries(question: SlotsQuestion, wishes: readonly Wish[]): Checked[] {
  const { durationMinutes, bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = question.event;
  const apart = (durationMinutes + bufferBeforeMinutes + bufferAfterMinutes) * minute;
  const meets = (start: number, others: Iterable<number>) =>
    [...others].some((other) => Math.abs(other - start) < apart);
  const first = Math.min(...wishes.map(({ start }) => start));
  const given: number[] = [];
  const findIn = (wish: Wish, from: number, to: number) => {
    const { horizon, ...event } = question.event;
    const rules = wish.start === first ? { ...event, horizon } : event;
    return findSlots({ ...question, event: rules, elsewhere: withThem(question, given), from, to }).starts;
  };
  const isFree = wishes.map((wish) => {
    const isOffered = findIn(wish, wish.start, wish.start + 1)[0] === wish.start && !meets(wish.start, given);
    if (isOffered) given.push(wish.start);
    return isOffered;
  });
  return wishes.map((wish, n) => {
    if (isFree[n]) return { ...wish, isFree: true, nearest: null };
    const around = findIn(wish, wish.start - lookAroundDays * day, wish.start + lookAroundDays * day + 1);
    const nearest = around
      .filter((start) => !meets(start, given))
      .reduce<number | null>(
        (best, start) => (best === null || far(start, wish) < far(best, wish) ? start : best),
        null,
      );
    if (nearest !== null) given.push(nearest);
    return { ...wish, isFree: false, nearest };
  });
}

const far = (start: number, wish: Wish) => Math.abs(start - wish.start);

/** What is given already counts for the limits of the event type, as if it were booked. */
function withThem({ event, elsewhere }: SlotsQuestion, given: readonly number[]): SlotsQuestion["elsewhere"] {
  if (event.limits === undefined || given.length === 0) return elsewhere;
  const booked = given.map<Busy>((start) => ({
    kind: "booking",
    status: "confirmed",
    start,
    end: start + event.durationMinutes * minute,
    bookingId: `given ${start}`,
    eventTypeId: event.id,
  }));
  const blocks = [...(elsewhere?.blocks ?? []), ...prepareBusy(booked).blocks].sort((a, b) => a.start - b.start);
  return { blocks, longest: Math.max(elsewhere?.longest ?? 0, event.durationMinutes * minute) };
}
