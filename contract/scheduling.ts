import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { QuestionInputs } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { Line, NearDate } from "#contract/values.ts";

/** A calendar date on which something can be booked. */
export const CalendarDate = NearDate.meta({ id: "CalendarDate", example: "2030-05-01" });

/** A wall time; `24:00`, only as an end, is midnight at the end of the day. */
export const ClockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, named("time"))
  .meta({ id: "ClockTime", example: "09:30" });

export const TimeWindow = z
  .strictObject({ from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => from < to, named("window"));
export type TimeWindow = z.infer<typeof TimeWindow>;

/** On these weekdays, 0 is Sunday, open from … to. */
export const WeeklyWindow = z
  .strictObject({ days: z.array(z.int().min(0).max(6)).min(1).max(7), from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => from < to, named("window"));
export type WeeklyWindow = z.infer<typeof WeeklyWindow>;
export const WeeklyWindows = z.array(WeeklyWindow).max(100);

const Minutes = z.int().min(0);
const yearOfMinutes = 366 * 1440;
const Most = z.int().min(1).max(10_000).optional();

/** How far ahead a time may be booked; dates are those of the event type's zone. */
export const Horizon = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("minutes"), minutes: z.int().min(1).max(yearOfMinutes) }),
  z.strictObject({
    type: z.literal("rollingDays"),
    days: z.int().min(1).max(366),
    countWeekends: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("rollingBookableDays"), days: z.int().min(1).max(366) }),
  z
    .strictObject({ type: z.literal("range"), from: CalendarDate, to: CalendarDate })
    .refine(({ from, to }) => from <= to, named("reversed")),
]);

/** How many bookings an event type takes, and how many minutes a day. */
export const BookingLimits = z.strictObject({
  perDay: Most,
  perWeek: Most,
  perMonth: Most,
  perYear: Most,
  minutesPerDay: z.int().min(5).max(1440).optional(),
});

export const LocationType = z.enum(["video_call", "phone_call", "in_person", "custom"]);
export const PhoneCaller = z.enum(["host", "invitee"]);

/** What an event type asks of a time and of a visitor; stored as JSON. */
export const EventTypeRules = z.strictObject({
  /** Minutes. */
  minSchedulingNotice: Minutes.max(yearOfMinutes),
  horizon: Horizon.nullable(),
  bufferTimeBefore: Minutes.max(120),
  bufferTimeAfter: Minutes.max(120),
  limits: BookingLimits,
  /** How often one address may have a booking that is still to come. */
  maxBookingsPerInvitee: z.int().min(1).max(1000).nullable(),
  /** 0: the organizer's own step, else the duration. */
  slotIntervalMinutes: Minutes.max(60),
  /** A pause before every slot. */
  slotOffsetMinutes: Minutes.max(60),
  locationType: LocationType,
  locationDetails: z.string().trim().max(2000),
  /** Who calls whom. */
  phoneCaller: PhoneCaller,
  needsApproval: z.boolean(),
  /** Whether a booking takes its time while it waits for an answer. */
  pendingBlocks: z.boolean(),
  enableWaitlist: z.boolean(),
  /** How long before the start an invitee may still cancel or move, in minutes. */
  changeNoticeMinutes: Minutes.max(yearOfMinutes),
  recurrenceType: z.enum(["none", "daily", "weekly", "monthly"]),
  recurrenceRule: z.string().trim().max(500),
  maxOccurrences: z.int().min(1).max(365).nullable(),
  recurrenceEndDate: CalendarDate.nullable(),
  redirectUrlAfterBooking: z.union([
    z.literal(""),
    z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(500),
  ]),
  /** How several hosts share it; null with one. */
  team: z.enum(["collective", "roundRobin"]).nullable(),
  /** A second schedule that must be open as well. */
  restriction: z.strictObject({ timeZone: ZoneName, weekly: WeeklyWindows }).nullable(),
  /** How many further people an invitee may bring, by their addresses; not for groups, where they take seats. */
  maxGuests: z.int().min(0).max(20),
});
export type EventTypeRules = z.infer<typeof EventTypeRules>;

const HostInput = z.strictObject({
  userId: z.uuid(),
  /** In a round robin: always takes part. */
  isFixed: z.boolean().optional(),
  /** In a round robin: one host of every group takes part. */
  group: Line.min(1).max(60).nullable().optional(),
  /** The share, relative to the others'. */
  weight: z.int().min(0).max(1000).optional(),
  /** Higher ones go first. */
  priority: z.int().min(-100).max(100).optional(),
  /** One of the host's own; left out, their default one. */
  scheduleId: z.uuid().nullable().optional(),
});
export type HostInput = z.infer<typeof HostInput>;

const Duration = z.int().min(5).max(720);
const EventTypeSlug = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](-?[a-z0-9])*$/, named("slug"))
  .max(60);

/** Everything that can be said of an event type; 001's words are understood beside ours, and win where both are given. */
const EventTypeFields = EventTypeRules.partial().extend({
  name: Line.min(1).max(200),
  eventTypeSlug: EventTypeSlug.optional(),
  description: z.string().trim().max(10_000).optional(),
  hue: z.int().min(0).max(359).optional(),
  timeZone: ZoneName.optional(),
  /** The first of `durations`. */
  duration: Duration.optional(),
  /** All that a visitor may choose among, the usual one first. */
  durations: z.array(Duration).min(1).max(10).optional(),
  maxAttendees: z.int().min(1).max(100).optional(),
  isActive: z.boolean().optional(),
  isPrivate: z.boolean().optional(),
  /** A horizon in minutes. */
  maxSchedulingHorizon: z.int().min(1).max(yearOfMinutes).nullable().optional(),
  /** `limits.perDay`. */
  maxBookingsPerDay: z.int().min(1).max(10_000).nullable().optional(),
  hosts: z.array(HostInput).min(1).max(50).optional(),
  /** What is asked of those who book; left out, it stays. */
  questions: QuestionInputs.optional(),
});
export const EventTypeInput = EventTypeFields.extend({ organizerId: z.uuid().optional() });
export type EventTypeInput = z.infer<typeof EventTypeInput>;
export const EventTypeChange = EventTypeFields.partial();
export type EventTypeChange = z.infer<typeof EventTypeChange>;

const EventTypeHost = z.object({
  userId: z.uuid(),
  name: z.string(),
  pictureUrl: z.string().nullable(),
  isFixed: z.boolean(),
  group: z.string().nullable(),
  weight: z.int().min(0).max(1000),
  priority: z.int().min(-100).max(100),
  scheduleId: z.uuid().nullable(),
});
export type EventTypeHost = z.infer<typeof EventTypeHost>;

const Count = z.int().min(0).max(1_000_000_000);

/** A bookable service, as its team sees it. */
export const EventType = EventTypeRules.extend({
  id: z.uuid(),
  organizerId: z.uuid(),
  organizerSlug: z.string(),
  name: z.string(),
  eventTypeSlug: z.string(),
  description: z.string(),
  hue: z.int().min(0).max(359),
  timeZone: z.string(),
  duration: Duration,
  durations: z.array(Duration),
  maxAttendees: z.int().min(1).max(100),
  isActive: z.boolean(),
  isPrivate: z.boolean(),
  maxSchedulingHorizon: Count.nullable(),
  maxBookingsPerDay: Count.nullable(),
  // Workflows come later; the sources name these.
  confirmationWorkflow: z.null(),
  reminderWorkflow: z.null(),
  cancellationWorkflow: z.null(),
  hosts: z.array(EventTypeHost),
  /** Where a visitor books. */
  url: z.string(),
  mayEdit: z.boolean(),
  use: z.object({ total: Count, upcoming: Count }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type EventType = z.infer<typeof EventType>;

const ofEventType = z.strictObject({ id: z.uuid() });
const changeProblems = [
  "event_type.not_found",
  "event_type.name_taken",
  "event_type.slug_taken",
  "event_type.invalid",
  "schedule.not_found",
  "questions.invalid",
  "auth.forbidden",
] as const;

export const scheduling = {
  eventTypes: route({
    method: "GET",
    path: "/events/event-types",
    summary: "The event types of an organizer, for its team",
    status: 200,
    who: "signedIn",
    query: z.strictObject({
      organizer_id: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(400).optional(),
    }),
    reply: z.object({ items: z.array(EventType), nextCursor: z.string().nullable() }),
    problems: ["organizer.not_found"],
  }),
  createEventType: route({
    method: "POST",
    path: "/events/event-types",
    summary: "Make an event type: what is left out gets its default, and the caller hosts it",
    status: 201,
    who: "signedIn",
    limit: 60,
    body: EventTypeInput,
    reply: EventType,
    problems: [...changeProblems, "organizer.not_found"],
  }),
  eventType: route({
    method: "GET",
    path: "/events/event-types/:id",
    summary: "One event type, for its team",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    reply: EventType,
    problems: ["event_type.not_found"],
  }),
  replaceEventType: route({
    method: "PUT",
    path: "/events/event-types/:id",
    summary: "Write an event type anew: what is left out gets its default; address, hosts and switches stay",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    body: EventTypeFields,
    reply: EventType,
    problems: changeProblems,
  }),
  changeEventType: route({
    method: "PATCH",
    path: "/events/event-types/:id",
    summary: "Change an event type: what is left out stays",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    body: EventTypeChange,
    reply: EventType,
    problems: changeProblems,
  }),
  deleteEventType: route({
    method: "DELETE",
    path: "/events/event-types/:id",
    summary: "Take an event type away; its bookings stand, and it can be restored",
    status: 204,
    who: "signedIn",
    params: ofEventType,
    reply: z.undefined(),
    problems: ["event_type.not_found", "auth.forbidden"],
  }),
  restoreEventType: route({
    method: "POST",
    path: "/events/event-types/:id/restore",
    summary: "Take back that an event type was deleted",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    reply: EventType,
    problems: ["event_type.not_found", "event_type.name_taken", "event_type.slug_taken", "auth.forbidden"],
  }),
  duplicateEventType: route({
    method: "POST",
    path: "/events/event-types/:id/duplicate",
    summary: "Make another event type like this one; it is not active yet",
    status: 201,
    who: "signedIn",
    limit: 60,
    params: ofEventType,
    reply: EventType,
    problems: ["event_type.not_found", "auth.forbidden"],
  }),
};
