import { z } from "zod";

import { Instant, ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { CustomAnswers, WordedAnswer } from "#contract/questions.ts";
import { Attendance } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";
import { CalendarDate, LocationType, PhoneCaller } from "#contract/scheduling.ts";
import { Recurrence, SeriesExceptions, SeriesScope, StartTime } from "#contract/scheduling-recurrence.ts";
import { Email, PersonName } from "#contract/values.ts";
import { bookingStatuses } from "#domain/availability/status.ts";

export const BookingStatus = z.enum(bookingStatuses);
const Count = z.int().min(0).max(1_000_000);
export const Phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^(\+?[\d ()./-]{3,})?$/, named("phone"));
export const Words = z.string().trim().max(2000);
const Duration = z.int().min(5).max(720);
export const Party = z.int().min(1).max(100);

/** One party at a booking: an invitee, with the seats they take. */
export const BookingAttendee = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  timeZone: z.string(),
  notes: z.string(),
  /** None: somebody whom an invitee brings along. */
  seats: Count,
  /** Whose guest it is. */
  guestOf: z.uuid().nullable(),
  /** `waitlisted`, `offered` and `lapsed`: of those who wait for a seat, as they see themselves. */
  status: z.enum(["pending", "confirmed", "cancelled", "declined", "no_show", "waitlisted", "offered", "lapsed"]),
  /** By the room's ledger, or by the host's word. */
  attendance: Attendance,
  joinedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancellationReason: z.string(),
  /** By question; null where an answer is there but not for the reader. */
  customAnswers: CustomAnswers,
  /** The same in the order and the wording in which it was asked. */
  answers: z.array(WordedAnswer),
});
export type BookingAttendee = z.infer<typeof BookingAttendee>;

const booking = {
  id: z.uuid(),
  organizerId: z.uuid(),
  eventType: z.object({
    id: z.uuid(),
    name: z.string(),
    eventTypeSlug: z.string(),
    organizerSlug: z.string(),
    organizerName: z.string(),
    hue: z.int(),
  }),
  status: BookingStatus,
  startTime: Instant,
  endTime: Instant,
  timeZone: z.string(),
  hosts: z.array(z.object({ userId: z.uuid(), name: z.string(), pictureUrl: z.string().nullable() })),
  maxAttendees: Count,
  locationType: LocationType,
  locationDetails: z.string(),
  phoneCaller: PhoneCaller,
  /** The room, for a video call. */
  meetingLink: z.string().nullable(),
  cancelledAt: Instant.nullable(),
  cancelledBy: z.enum(["organizer", "invitee", "system"]).nullable(),
  cancellationReason: z.string(),
  /** The tombstone at its time before. */
  rescheduledFrom: z.uuid().nullable(),
  rescheduledAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
};

/** What a booking is of a series; of a group's session, what its first party is. */
const recurring = {
  recurrenceId: z.uuid().nullable(),
  /** Moved away from where its rule has it. */
  isRecurringException: z.boolean(),
  /** Its number among the rule's dates, from 1. */
  recurrenceSequence: Count.nullable(),
};

/** Who comes, in 001's words. */
const invitee = {
  inviteeName: z.string(),
  inviteeEmail: z.string(),
  inviteePhone: z.string(),
  inviteeTimezone: z.string(),
  /** Seats that are taken, or asked for. */
  attendeeCount: Count,
  customAnswers: CustomAnswers,
};

/** A booking as its team sees it; its invitee is the first. */
export const Booking = z.object({
  ...booking,
  ...invitee,
  attendees: z.array(BookingAttendee),
  /** How many parties wait for a seat, or have to answer an offer. */
  waiting: Count,
  /** Seats that are kept for some of them. */
  seatsOffered: Count,
  /** A tombstone's booking, where it is now. */
  movedTo: z.uuid().nullable(),
  ...recurring,
  // Connected calendars come later; the sources name these.
  meetingId: z.string().nullable(),
  meetingPassword: z.null(),
  externalCalendarEventId: z.null(),
  calendarSyncStatus: z.literal("not_required"),
  calendarSyncError: z.null(),
  calendarSyncAttempts: z.literal(0),
});
export type Booking = z.infer<typeof Booking>;

/** A booking as one of its invitees sees it: their own party and no other. */
export const OwnBooking = z.object({
  ...booking,
  ...invitee,
  ...recurring,
  attendee: BookingAttendee,
  /** Of who waits for seats, or has waited in vain. */
  waitlist: z
    .object({
      position: Count.nullable(),
      offerEndsAt: Instant.nullable(),
      isOpen: z.boolean(),
    })
    .nullable(),
  /** Whom they bring. */
  guests: z.array(z.object({ email: z.string(), isComing: z.boolean() })),
  /** Who brings them, where they are a guest. */
  broughtBy: z.string().nullable(),
  isGroup: z.boolean(),
  mayCancel: z.boolean(),
  mayMove: z.boolean(),
  /** Until when either may be done. */
  changesUntil: Instant,
  /** What the manage page's address ends with, and until when it is good. */
  accessToken: z.string(),
  accessTokenExpiresAt: Instant,
  manageUrl: z.string(),
  calendarUrl: z.string(),
  redirectUrl: z.string(),
});
export type OwnBooking = z.infer<typeof OwnBooking>;

export const BookingCreate = z.strictObject({
  organizerSlug: z.string().trim().toLowerCase().min(1).max(60),
  eventTypeSlug: z.string().trim().toLowerCase().min(1).max(60),
  startTime: StartTime,
  duration: Duration.optional(),
  inviteeName: PersonName,
  inviteeEmail: Email,
  inviteePhone: Phone.default(""),
  inviteeTimezone: ZoneName.default("UTC"),
  attendeeCount: Party.default(1),
  notes: Words.default(""),
  customAnswers: CustomAnswers.default({}),
  holdId: z.uuid().optional(),
  /** Further people, who are told and get the calendar entry too. */
  guests: z.array(Email).max(20).default([]),
  /** Books it again and again, where its event type allows that; the answer is the first of them. */
  recurrence: Recurrence.optional(),
});
export type BookingCreate = z.infer<typeof BookingCreate>;

export const AttendeeAdd = z.strictObject({
  name: PersonName,
  email: Email,
  phone: Phone.default(""),
  timeZone: ZoneName.default("UTC"),
  seats: Party.default(1),
  notes: Words.default(""),
  customAnswers: CustomAnswers.default({}),
});
export type AttendeeAdd = z.infer<typeof AttendeeAdd>;

/** What the host does: one step, or another time. */
export const BookingChange = z
  .strictObject({
    /** `confirmed` and `rejected` answer a request; `confirmed` also takes back, until it ends, that it is over. */
    status: z.enum(["confirmed", "rejected", "cancelled", "completed", "no_show"]).optional(),
    /** Told to the invitees when it is cancelled or rejected. */
    reason: Words.default(""),
    startTime: StartTime.optional(),
    /** How much of a series it is about; how one ended is said one by one. */
    scope: SeriesScope.default("one"),
    exceptions: SeriesExceptions,
  })
  .refine(({ status, startTime }) => (status === undefined) !== (startTime === undefined), named("one_of_two"));
export type BookingChange = z.infer<typeof BookingChange>;

export const BookingsQuery = z.strictObject({
  organizer_id: z.uuid().optional(),
  event_type_id: z.uuid().optional(),
  host_id: z.uuid().optional(),
  status: BookingStatus.optional(),
  /** `upcoming` soonest first, `past` newest first. */
  when: z.enum(["upcoming", "past", "all"]).default("all"),
  start_date: CalendarDate.optional(),
  end_date: CalendarDate.optional(),
  /** Whose dates those are; left out, the organizer's. */
  timezone: ZoneName.optional(),
  q: z.string().trim().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
});
export type BookingsQuery = z.infer<typeof BookingsQuery>;

export const BookingAuditEntry = z.object({
  id: z.uuid(),
  action: z.string(),
  /** The same in words. */
  description: z.string(),
  /** `attendee`: a party of a group, or whom somebody brings; `integration`: a program with a key. */
  actorType: z.enum(["organizer", "invitee", "attendee", "system", "integration"]),
  actorName: z.string(),
  actorEmail: z.string(),
  /** Where it came from, for who decides over the booking, as long as that is kept. */
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  at: Instant,
  metadata: z.object({ requestId: z.string() }),
  oldValues: z.record(z.string(), z.unknown()),
  newValues: z.record(z.string(), z.unknown()),
});

export type BookingAuditEntry = z.infer<typeof BookingAuditEntry>;

const ofBooking = z.strictObject({ id: z.uuid() });
const ofAttendee = z.strictObject({ id: z.uuid(), attendeeId: z.uuid() });
export const takes = [
  "event_type.not_found",
  "event_type.invalid",
  "scheduling.slot_taken",
  "booking.capacity_exceeded",
  "booking.series_conflicts",
] as const;
const handled = ["booking.not_found", "booking.wrong_status", "auth.forbidden"] as const;

export const bookings = {
  create: route({
    method: "POST",
    path: "/events/bookings/create",
    summary:
      "Book a time, without an account; the answer has the link that manages it, `slot_taken` the `nearest` free times",
    status: 201,
    who: "anyone",
    limit: 20,
    idempotent: true,
    body: BookingCreate,
    reply: OwnBooking,
    problems: [
      ...takes,
      "booking.limit_reached",
      "booking.details_needed",
      "booking.too_many_guests",
      "answers.invalid",
    ],
  }),
  list: route({
    method: "GET",
    path: "/events/bookings",
    summary: "The bookings of an organizer, for its team",
    status: 200,
    who: "signedIn",
    query: BookingsQuery,
    reply: z.object({ items: z.array(Booking), nextCursor: z.string().nullable() }),
    problems: ["organizer.not_found"],
  }),
  get: route({
    method: "GET",
    path: "/events/bookings/:id",
    summary: "One booking, for its team",
    status: 200,
    who: "signedIn",
    params: ofBooking,
    reply: Booking,
    problems: ["booking.not_found"],
  }),
  change: route({
    method: "PATCH",
    path: "/events/bookings/:id",
    summary: "Approve, decline, cancel, complete or move a booking as its host",
    status: 200,
    who: "signedIn",
    params: ofBooking,
    body: BookingChange,
    reply: Booking,
    problems: [...handled, ...takes],
  }),
  audit: route({
    method: "GET",
    path: "/events/bookings/:id/audit",
    summary: "What happened to a booking, the newest first",
    status: 200,
    who: "signedIn",
    params: ofBooking,
    reply: z.object({ items: z.array(BookingAuditEntry), nextCursor: z.null() }),
    problems: ["booking.not_found"],
  }),
  addAttendee: route({
    method: "POST",
    path: "/events/bookings/:id/attendees/add",
    summary: "Add somebody to a group's session, as its host",
    status: 201,
    who: "signedIn",
    limit: 60,
    params: ofBooking,
    body: AttendeeAdd,
    reply: Booking,
    problems: [...handled, "booking.capacity_exceeded", "answers.invalid"],
  }),
  removeAttendee: route({
    method: "POST",
    path: "/events/bookings/:id/attendees/:attendeeId/remove",
    summary: "Take a party out of a booking, as its host",
    status: 200,
    who: "signedIn",
    params: ofAttendee,
    body: z.strictObject({ reason: Words.default("") }).prefault({}),
    reply: Booking,
    problems: [...handled, "attendee.not_found"],
  }),
  noShow: route({
    method: "POST",
    path: "/events/bookings/:id/attendees/:attendeeId/no-show",
    summary: "Say that a party did not come, or that it did",
    status: 200,
    who: "signedIn",
    params: ofAttendee,
    body: z.strictObject({ noShow: z.boolean() }),
    reply: Booking,
    problems: [...handled, "attendee.not_found"],
  }),
};
