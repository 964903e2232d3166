import { z } from "zod";

import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";
import { BookingStatus } from "#contract/scheduling-bookings.ts";
import { ofPublicType, Slot } from "#contract/scheduling-public.ts";
import { mostOccurrences, StartTime } from "#contract/scheduling-recurrence.ts";

const Sequence = z.int().min(1).max(mostOccurrences);

/** A date of a series that is asked for, and what could be had instead of one that is not free. */
export const SeriesDate = z.object({
  sequence: Sequence,
  startTime: Instant,
  endTime: Instant,
  isFree: z.boolean(),
  nearest: Slot.nullable(),
});
export type SeriesDate = z.infer<typeof SeriesDate>;

const member = {
  bookingId: z.uuid(),
  sequence: Sequence,
  startTime: Instant,
  endTime: Instant,
  status: BookingStatus,
  isException: z.boolean(),
};

/** A booking among those that were made with it. */
export const SeriesMember = z.object(member);
export type SeriesMember = z.infer<typeof SeriesMember>;

/** The same as their invitee sees them, each with its own page. */
export const OwnSeriesMember = z.object({ ...member, manageUrl: z.string(), isThis: z.boolean() });
export type OwnSeriesMember = z.infer<typeof OwnSeriesMember>;

export const seriesOfBookings = {
  check: route({
    method: "GET",
    path: "/events/slots/:organizerSlug/:eventTypeSlug/series",
    summary: "The dates on which a time would repeat, and the nearest free time for those that are taken",
    status: 200,
    who: "anyone",
    limit: 60,
    params: ofPublicType,
    query: z.strictObject({
      start_time: StartTime,
      times: z.coerce.number().int().min(2).max(mostOccurrences),
      duration: z.coerce.number().int().min(5).max(720).optional(),
      attendee_count: z.coerce.number().int().min(1).max(100).default(1),
      hold_id: z.uuid().optional(),
    }),
    reply: z.object({
      items: z.array(SeriesDate),
      /** Where there are fewer dates than were asked for: the last one that may be one. */
      endsOn: z.string().nullable(),
      nextCursor: z.null(),
    }),
    problems: ["organizer.not_found", "event_type.not_found", "event_type.invalid"],
  }),
  own: route({
    method: "GET",
    path: "/events/booking/:accessToken/series",
    summary: "All bookings that were made with one, by the link of a letter",
    status: 200,
    who: "anyone",
    limit: 60,
    params: z.strictObject({ accessToken: z.string().min(1).max(200) }),
    reply: z.object({ items: z.array(OwnSeriesMember), nextCursor: z.null() }),
    problems: ["booking.link_invalid", "booking.link_expired", "booking.not_found"],
  }),
  list: route({
    method: "GET",
    path: "/events/bookings/:id/series",
    summary: "All bookings that were made with one, for its team",
    status: 200,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.object({ items: z.array(SeriesMember), nextCursor: z.null() }),
    problems: ["booking.not_found"],
  }),
};
