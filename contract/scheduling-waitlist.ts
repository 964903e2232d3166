import { z } from "zod";

import { Instant } from "#contract/gatherings.ts";
import { CustomAnswers } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { BookingCreate, OwnBooking } from "#contract/scheduling-bookings.ts";

const Count = z.int().min(0).max(1_000_000);

/** What has become of a wish: it waits, seats are kept for it, it became a booking, it came to nothing, it was taken back. */
export const WaitlistStatus = z.enum(["active", "notified", "converted", "expired", "cancelled"]);
export type WaitlistStatus = z.infer<typeof WaitlistStatus>;

/** A party that waits for seats of a group's session, as its team sees it. */
export const WaitlistEntry = z.object({
  id: z.uuid(),
  eventType: z.object({ id: z.uuid(), name: z.string(), hue: z.int() }),
  organizerId: z.uuid(),
  /** The session that is full. */
  bookingId: z.uuid(),
  desiredStartTime: Instant,
  desiredEndTime: Instant,
  timeZone: z.string(),
  inviteeName: z.string(),
  inviteeEmail: z.string(),
  inviteePhone: z.string(),
  inviteeTimezone: z.string(),
  attendeeCount: Count,
  notifyWhenAvailable: z.literal(true),
  status: WaitlistStatus,
  /** In the queue, from 1. */
  position: Count.nullable(),
  joinedAt: Instant,
  notifiedAt: Instant.nullable(),
  /** When an offer ends, or the session begins. */
  expiresAt: Instant,
  convertedBooking: z.uuid().nullable(),
  customAnswers: CustomAnswers,
});
export type WaitlistEntry = z.infer<typeof WaitlistEntry>;

export const WaitlistJoin = BookingCreate.omit({ holdId: true, guests: true, recurrence: true }).extend({
  /** An offer that nobody hears of would come to nothing, so whoever waits is written to. */
  notifyWhenAvailable: z.literal(true).default(true),
});
export type WaitlistJoin = z.infer<typeof WaitlistJoin>;

export const WaitlistQuery = z.strictObject({
  organizer_id: z.uuid().optional(),
  event_type_id: z.uuid().optional(),
  status: WaitlistStatus.optional(),
  /** `upcoming` soonest first, `past` newest first. */
  when: z.enum(["upcoming", "past"]).default("upcoming"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
});
export type WaitlistQuery = z.infer<typeof WaitlistQuery>;

export const waitlist = {
  join: route({
    method: "POST",
    path: "/events/waitlist",
    summary: "Wait for seats of a group's session that is full, without an account; its link accepts them or leaves",
    status: 201,
    who: "anyone",
    limit: 20,
    idempotent: true,
    body: WaitlistJoin,
    reply: OwnBooking,
    problems: [
      ...(["event_type.not_found", "event_type.invalid", "answers.invalid"] as const),
      ...(["booking.capacity_exceeded", "booking.limit_reached", "booking.details_needed"] as const),
      ...(["waitlist.not_enabled", "waitlist.not_full", "waitlist.past", "waitlist.unknown_time"] as const),
    ],
  }),
  list: route({
    method: "GET",
    path: "/events/waitlist",
    summary: "Who waits for seats of an organizer's sessions, for its team",
    status: 200,
    who: "signedIn",
    query: WaitlistQuery,
    reply: z.object({ items: z.array(WaitlistEntry), nextCursor: z.string().nullable() }),
    problems: ["organizer.not_found"],
  }),
  offer: route({
    method: "POST",
    path: "/events/waitlist/:id/offer",
    summary: "Offer seats to a party out of its turn, as the host; above the session's seats only when asked to",
    status: 200,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ overbook: z.boolean().default(false) }).prefault({}),
    reply: WaitlistEntry,
    problems: [
      "waitlist.not_found",
      "waitlist.past",
      "auth.forbidden",
      "booking.wrong_status",
      "booking.capacity_exceeded",
    ],
  }),
  remove: route({
    method: "DELETE",
    path: "/events/waitlist/:id",
    summary: "Take a party off a waitlist, as the host; it is told",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["waitlist.not_found", "auth.forbidden"],
  }),
};
