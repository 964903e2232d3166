import { z } from "zod";

import { Instant, ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { Question } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { CalendarDate, LocationType, PhoneCaller } from "#contract/scheduling.ts";
import { NearInstant } from "#contract/values.ts";

const Named = z.string().trim().toLowerCase().min(1).max(60);
const Count = z.int().min(0).max(1_000_000_000);

/** The public face of who can be booked. */
export const BookingHouse = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  bio: z.string(),
  website: z.string(),
  logoUrl: z.string().nullable(),
  hue: z.int().min(0).max(359),
  timeZone: z.string(),
});

/** An event type as a visitor sees it. */
export const PublicEventType = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The address it has now; whoever came by an older one is led there. */
  eventTypeSlug: z.string(),
  description: z.string(),
  hue: z.int().min(0).max(359),
  timeZone: z.string(),
  duration: Count,
  durations: z.array(Count),
  maxAttendees: Count,
  isPrivate: z.boolean(),
  locationType: LocationType,
  /** Where it is, in person or otherwise; a number to call is told in the letter. */
  locationDetails: z.string(),
  phoneCaller: PhoneCaller,
  needsApproval: z.boolean(),
  enableWaitlist: z.boolean(),
  changeNoticeMinutes: Count,
  /** How many further people may be brought, by their addresses. */
  maxGuests: Count,
  /** Of each group one takes part; whoever always does is alone in theirs. */
  hosts: z.array(z.object({ name: z.string(), pictureUrl: z.string().nullable(), group: Count })),
  /** How it may be booked again and again: how often at most, and until when; null: it is booked once. */
  recurrence: z
    .object({
      type: z.enum(["daily", "weekly", "monthly"]),
      rule: z.string(),
      most: Count,
      endDate: z.string().nullable(),
    })
    .nullable(),
});
export type PublicEventType = z.infer<typeof PublicEventType>;

const ofOrganizer = z.strictObject({ organizerSlug: Named });
export const ofPublicType = z.strictObject({ organizerSlug: Named, eventTypeSlug: Named });

/** A start that is offered, and for group events how many seats it has left. */
export const Slot = z.object({
  startTime: Instant,
  endTime: Instant,
  seatsLeft: Count.optional(),
  /** Only where full sessions were asked for: it cannot be booked, but waited for. */
  isFull: z.literal(true).optional(),
});
export type Slot = z.infer<typeof Slot>;

export const SlotsQuery = z
  .strictObject({
    start_date: CalendarDate,
    /** The last date, at most 61 days after the first. */
    end_date: CalendarDate,
    /** The viewer's zone, by whose dates the slots are grouped. */
    timezone: ZoneName.default("UTC"),
    attendee_count: z.coerce.number().int().min(1).max(100).default(1),
    /** Minutes; one of the event type's durations. */
    duration: z.coerce.number().int().min(5).max(720).optional(),
    /** The slot that the visitor holds is offered to them all the same. */
    hold_id: z.uuid().optional(),
    /** Where there is a waitlist, also the sessions that are full; each says so. */
    with_full: z.enum(["true", "false"]).optional(),
    /** The link of a booking that is to be moved, or for its team its id: it does not stand in its own way, and its own time is not offered. */
    moving: z.string().min(1).max(200).optional(),
  })
  .refine(({ start_date, end_date }) => start_date <= end_date, {
    path: ["end_date"],
    ...named("reversed"),
  })
  .refine(({ start_date, end_date }) => (Date.parse(end_date) - Date.parse(start_date)) / 86_400_000 < 62, {
    path: ["end_date"],
    ...named("span", { days: 62 }),
  });
export type SlotsQuery = z.infer<typeof SlotsQuery>;

export const SlotDays = z.object({
  eventTypeId: z.uuid(),
  timeZone: z.string(),
  duration: Count,
  /** Dates with free times only, ascending, as the viewer's clocks have them. */
  days: z.array(z.object({ date: z.string(), slots: z.array(Slot) })),
});
export type SlotDays = z.infer<typeof SlotDays>;

/** Why a time is or is not offered: rules and times, never whose or what. */
export const SlotReason = z.object({
  rule: z.enum([
    "past",
    "notice",
    "horizon",
    "horizon_dates",
    "closed",
    "too_long",
    "off_grid",
    "hosts",
    "seats",
    "limit",
  ]),
  earliest: Instant.optional(),
  latest: Instant.optional(),
  first: z.string().nullable().optional(),
  last: z.string().nullable().optional(),
  closesAt: Instant.optional(),
  before: Instant.nullable().optional(),
  after: Instant.nullable().optional(),
  left: z.int().optional(),
  wanted: z.int().optional(),
  limit: z.enum(["perDay", "perWeek", "perMonth", "perYear", "minutesPerDay"]).optional(),
  most: Count.optional(),
  taken: Count.optional(),
  hindered: z
    .array(
      z.object({
        hostId: z.uuid(),
        hostName: z.string(),
        because: z.enum(["closed", "booking", "hold", "calendar"]),
        from: Instant.optional(),
        until: Instant.optional(),
      }),
    )
    .optional(),
});
export type SlotReason = z.infer<typeof SlotReason>;

const publicProblems = ["organizer.not_found", "event_type.not_found"] as const;

export const publicScheduling = {
  organizer: route({
    method: "GET",
    path: "/events/public/:organizerSlug",
    summary: "An organizer's public page: who it is and what can be booked",
    status: 200,
    who: "anyone",
    params: ofOrganizer,
    reply: z.object({ organizer: BookingHouse, eventTypes: z.array(PublicEventType) }),
    problems: ["organizer.not_found"],
  }),
  eventType: route({
    method: "GET",
    path: "/events/public/:organizerSlug/:eventTypeSlug",
    summary: "An event type's booking page; private ones by their link only",
    status: 200,
    who: "anyone",
    params: ofPublicType,
    reply: z.object({
      organizer: BookingHouse,
      eventType: PublicEventType,
      /** What is asked of those who book. */
      questions: z.array(Question),
    }),
    problems: publicProblems,
  }),
  slots: route({
    method: "GET",
    path: "/events/slots/:organizerSlug/:eventTypeSlug",
    summary: "The free times of an event type, by the viewer's dates",
    status: 200,
    who: "anyone",
    params: ofPublicType,
    query: SlotsQuery,
    reply: SlotDays,
    problems: [
      ...publicProblems,
      "event_type.invalid",
      "booking.link_invalid",
      "booking.link_expired",
      "booking.not_found",
    ],
  }),
  hold: route({
    method: "POST",
    path: "/events/slots/:organizerSlug/:eventTypeSlug/hold",
    summary: "Keep a time for five minutes while its form is filled in; the id is for the booking",
    status: 201,
    who: "anyone",
    limit: 30,
    params: ofPublicType,
    body: z.strictObject({
      startTime: NearInstant,
      duration: z.int().min(5).max(720).optional(),
      attendeeCount: z.int().min(1).max(100).default(1),
      /** The hold that the visitor has already: it moves to this time. */
      holdId: z.uuid().optional(),
    }),
    reply: z.object({ holdId: z.uuid(), startTime: Instant, endTime: Instant, expiresAt: Instant }),
    problems: [...publicProblems, "event_type.invalid", "scheduling.slot_taken"],
  }),
  release: route({
    method: "DELETE",
    path: "/events/slots/holds/:id",
    summary: "Give a kept time back",
    status: 204,
    who: "anyone",
    limit: 60,
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: [],
  }),
  explain: route({
    method: "GET",
    path: "/events/event-types/:id/explain",
    summary: "Why a time is or is not offered, rule by rule, for the team",
    status: 200,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      start_time: NearInstant,
      duration: z.coerce.number().int().min(5).max(720).optional(),
      attendee_count: z.coerce.number().int().min(1).max(100).default(1),
    }),
    reply: z.object({ isOffered: z.boolean(), reasons: z.array(SlotReason) }),
    problems: ["event_type.not_found", "event_type.invalid"],
  }),
};
