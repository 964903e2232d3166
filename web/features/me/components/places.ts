import type { Registration } from "#contract/registrations.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";

/** A place of somebody's own: at an event, or with a host whom they have booked. */
export type Place = { startTime: string } & (
  | { of: "event"; registration: Registration; booking?: never }
  | { of: "booking"; booking: OwnBooking; registration?: never }
);

/** The other ways of coming that can be had now, the first of them. */
export const sidesWithRoom = ({ otherSides, fullSides }: Registration) =>
  otherSides.filter((side) => !fullSides.includes(side)).slice(0, 1);

const soonest = (a: Place, b: Place) => a.startTime.localeCompare(b.startTime);

/** Both kinds in one list, soonest first. */
export const placesOf = (registrations: readonly Registration[], bookings: readonly OwnBooking[]): Place[] =>
  [
    ...registrations.map((one) => ({ of: "event" as const, startTime: one.event.startTime, registration: one })),
    ...bookings.map((one) => ({ of: "booking" as const, startTime: one.startTime, booking: one })),
  ].sort(soonest);

type Standing = "coming" | "called_off" | "offered" | "waiting" | "gone";

/** Whether a place is sure, waits for its owner, or its owner for it. */
export function standingOf({ registration, booking }: Place): Standing {
  return registration ? ofEvent(registration) : ofBooking(booking);
}

function ofEvent({ status, event }: Registration): Standing {
  if (status === "confirmed") return event.status === "cancelled" ? "called_off" : "coming";
  if (status === "offered" || status === "awaiting_payment") return "offered";
  return status === "pending" || status === "waitlisted" ? "waiting" : "gone";
}

function ofBooking({ status, attendee, waitlist, cancelledBy }: OwnBooking): Standing {
  if (status === "cancelled") return cancelledBy === "invitee" || waitlist ? "gone" : "called_off";
  if (attendee.status === "offered") return waitlist?.isOpen ? "offered" : "gone";
  if (attendee.status === "waitlisted") return waitlist?.isOpen ? "waiting" : "gone";
  if (attendee.status === "pending") return status === "pending" ? "waiting" : "gone";
  return attendee.status === "confirmed" ? "coming" : "gone";
}

const nearMs = 15 * 60_000;

/**
 * What is ahead: the next sure one apart, and what was called off where it would have been. Of several that are on or about
 * to begin it is the last: what lasts all day does not hide what begins now.
 */
export function sorted(places: readonly Place[], now: Date) {
  const of = (...standings: Standing[]) => places.filter((place) => standings.includes(standingOf(place)));
  const coming = of("coming");
  const next = coming.findLast(({ startTime }) => Date.parse(startTime) - now.getTime() <= nearMs) ?? coming[0];
  const upcoming = of("coming", "called_off").filter((place) => place !== next);
  return { next, upcoming, offers: of("offered"), waiting: of("waiting") };
}

/** The newest so many of what is over, and before when the others began; those of one moment stay together. */
export function pastPart(
  places: readonly Place[],
  most: number,
  isMore: boolean,
): { past: Place[]; before: string | null } {
  const newest = places.toReversed();
  const edge = newest[most - 1]?.startTime ?? "";
  const past = newest.filter(({ startTime }) => startTime >= edge);
  return { past, before: isMore || past.length < newest.length ? (past.at(-1)?.startTime ?? null) : null };
}
