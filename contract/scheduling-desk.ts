import { z } from "zod";

import { Instant, ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { CustomAnswers } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { CalendarDate } from "#contract/scheduling.ts";
import { Booking, BookingsQuery } from "#contract/scheduling-bookings.ts";
import { Email, NearMinute, PersonName } from "#contract/values.ts";
import { bookingStatuses } from "#domain/availability/status.ts";

const Count = z.int().min(0).max(1_000_000);
const filter = BookingsQuery.omit({ limit: true, cursor: true });
export type BookingsFilter = z.infer<typeof filter>;

/** A booking that the host makes for somebody; it needs nobody's yes. */
export const HostBookingCreate = z.strictObject({
  eventTypeId: z.uuid(),
  startTime: NearMinute.meta({ example: "2030-05-01T17:00:00Z" }),
  duration: z.int().min(5).max(720).optional(),
  inviteeName: PersonName,
  inviteeEmail: Email,
  inviteePhone: z
    .string()
    .trim()
    .max(40)
    .regex(/^(\+?[\d ()./-]{3,})?$/, named("phone"))
    .default(""),
  inviteeTimezone: ZoneName.optional(),
  attendeeCount: z.int().min(1).max(100).default(1),
  notes: z.string().trim().max(2000).default(""),
  /** What the host knows of them; what is needed of visitors may be left out. */
  customAnswers: CustomAnswers.default({}),
  /** Outside of what is offered: of the rules only those remain that keep two bookings apart. */
  anyTime: z.boolean().default(false),
});
export type HostBookingCreate = z.infer<typeof HostBookingCreate>;

/** A letter about a booking: that it went, never its words. */
const BookingLetter = z.object({
  id: z.uuid(),
  kind: z.string(),
  toAddress: z.string(),
  toName: z.string(),
  toHost: z.boolean(),
  status: z.enum(["waiting", "handed_over", "failed", "refused"]),
  createdAt: Instant,
  handedOverAt: Instant.nullable(),
});
export type BookingLetter = z.infer<typeof BookingLetter>;

/** The address of a host's private calendar; whoever has it may read it. */
const Feed = z.object({ url: z.string().nullable(), createdAt: Instant.nullable() });

const mostDays = 366;
const AnalyticsQuery = z
  .strictObject({
    organizer_id: z.uuid().optional(),
    event_type_id: z.uuid().optional(),
    host_id: z.uuid().optional(),
    start_date: CalendarDate,
    end_date: CalendarDate,
    /** Whose days, weeks and hours are meant; left out, the organizer's. */
    timezone: ZoneName.optional(),
  })
  .refine(({ start_date, end_date }) => start_date <= end_date, named("reversed"))
  .refine(({ start_date, end_date }) => Date.parse(end_date) - Date.parse(start_date) < mostDays * 86_400_000, {
    ...named("span", { days: mostDays }),
  });
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

/** Bookings by what became of them; those that were moved count once, at their last time. */
const outcomes = { total: Count, cancelled: Count, noShow: Count };

/** How an organizer is booked, by the time at which bookings take place. */
const Analytics = z.object({
  startDate: z.string(),
  endDate: z.string(),
  timeZone: z.string(),
  ...outcomes,
  byStatus: z.array(z.object({ status: z.enum(bookingStatuses), count: Count })),
  byType: z.array(z.object({ id: z.uuid(), name: z.string(), ...outcomes })),
  /** A row for each day, week or month of the range, empty ones too; named by its first date. */
  unit: z.enum(["day", "week", "month"]),
  byPeriod: z.array(z.object({ from: z.string(), ...outcomes })),
  /** Of what was not cancelled: starts by hour of the day, and by day of the week, 0 is Sunday. */
  byHour: z.array(Count).length(24),
  byWeekday: z.array(Count).length(7),
  /** How long before their start bookings were made. */
  leadTime: z.object({
    medianHours: z.number().nullable(),
    buckets: z.array(
      z.object({ key: z.enum(["hours", "day", "days3", "week", "weeks2", "month", "more"]), count: Count }),
    ),
  }),
  cancelledBy: z.object({ organizer: Count, invitee: Count, system: Count }),
  /** How many times something was moved. */
  moves: Count,
  group: z.object({ sessions: Count, seatsTaken: Count, seatsOffered: Count }),
  /** Calendars that are not connected need no synchronizing. */
  calendarSync: z.object({ not_required: Count, pending: Count, succeeded: Count, failed: Count }),
});
export type Analytics = z.infer<typeof Analytics>;

const ofBooking = z.strictObject({ id: z.uuid() });
const csv = "text/csv; charset=utf-8";
const ics = "text/calendar; charset=utf-8";

/** What only the host's side of bookings needs. */
export const desk = {
  book: route({
    method: "POST",
    path: "/events/bookings",
    summary: "Book for somebody else as a host: at a time that is offered, or at any that is not taken",
    status: 201,
    who: "signedIn",
    limit: 60,
    idempotent: true,
    body: HostBookingCreate,
    reply: Booking,
    problems: [
      ...(["event_type.not_found", "event_type.invalid", "auth.forbidden", "scheduling.slot_taken"] as const),
      ...(["booking.capacity_exceeded", "booking.details_needed", "answers.invalid"] as const),
    ],
  }),
  letters: route({
    method: "GET",
    path: "/events/bookings/:id/letters",
    summary: "Which letters about a booking went to whom, the newest first",
    status: 200,
    who: "signedIn",
    params: ofBooking,
    reply: z.object({ items: z.array(BookingLetter), nextCursor: z.null() }),
    problems: ["booking.not_found"],
  }),
  csv: route({
    method: "GET",
    path: "/events/bookings.csv",
    summary: "Bookings as a table, one line for each party",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: csv,
    query: filter,
    reply: z.string(),
    problems: ["organizer.not_found"],
  }),
  ics: route({
    method: "GET",
    path: "/events/bookings.ics",
    summary: "Bookings as a calendar file",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: ics,
    query: filter,
    reply: z.string(),
    problems: ["organizer.not_found"],
  }),
  feed: route({
    method: "GET",
    path: "/events/bookings/feed",
    summary: "The secret address of the caller's own bookings as a calendar, when there is one",
    status: 200,
    who: "signedIn",
    reply: Feed,
    problems: [],
  }),
  renewFeed: route({
    method: "POST",
    path: "/events/bookings/feed",
    summary: "Make the secret address, or a new one; the one before opens nothing any more",
    status: 201,
    who: "signedIn",
    limit: 20,
    reply: Feed,
    problems: [],
  }),
  dropFeed: route({
    method: "DELETE",
    path: "/events/bookings/feed",
    summary: "Take the secret address back",
    status: 204,
    who: "signedIn",
    reply: z.undefined(),
    problems: [],
  }),
  readFeed: route({
    method: "GET",
    path: "/events/bookings/feed/:token/calendar.ics",
    summary: "A host's bookings, for calendars to subscribe to; the token is the right",
    status: 200,
    who: "anyone",
    limit: 60,
    media: ics,
    params: z.strictObject({ token: z.string().min(1).max(200) }),
    reply: z.string(),
    problems: ["booking.link_invalid", "booking.link_expired"],
  }),
  analytics: route({
    method: "GET",
    path: "/events/analytics",
    summary: "How an organizer is booked, for its team",
    status: 200,
    who: "signedIn",
    limit: 60,
    query: AnalyticsQuery,
    reply: Analytics,
    problems: ["organizer.not_found"],
  }),
  analyticsCsv: route({
    method: "GET",
    path: "/events/analytics.csv",
    summary: "The same as a table",
    status: 200,
    who: "signedIn",
    limit: 30,
    media: csv,
    query: AnalyticsQuery,
    reply: z.string(),
    problems: ["organizer.not_found"],
  }),
};
