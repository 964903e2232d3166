import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { OwnPlacesQuery } from "#contract/own-places.ts";
import { CustomAnswers, Question } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { OwnBooking, Party, Phone, takes, Words } from "#contract/scheduling-bookings.ts";
import { SeriesExceptions, SeriesScope, StartTime } from "#contract/scheduling-recurrence.ts";
import { PersonName } from "#contract/values.ts";

/** What an invitee does on the page of their link. */
export const ManageInput = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("cancel"), reason: Words.default(""), scope: SeriesScope.default("one") }),
  z.strictObject({
    action: z.literal("reschedule"),
    startTime: StartTime,
    holdId: z.uuid().optional(),
    scope: SeriesScope.default("one"),
    /** Of the others, by where they would go; one that is left out stays where it is. */
    exceptions: SeriesExceptions,
  }),
  z.strictObject({ action: z.literal("regenerate") }),
  /** Takes the seats that are kept for who waited. */
  z.strictObject({ action: z.literal("accept") }),
  z.strictObject({ action: z.literal("resize"), attendeeCount: Party }),
  /** Says something else to what is asked; what is sensitive and left empty stays. */
  z.strictObject({ action: z.literal("answer"), customAnswers: CustomAnswers, scope: SeriesScope.default("one") }),
  z.strictObject({
    action: z.literal("change"),
    name: PersonName.optional(),
    phone: Phone.optional(),
    notes: Words.optional(),
    timeZone: ZoneName.optional(),
  }),
]);
export type ManageInput = z.infer<typeof ManageInput>;

const ofToken = z.strictObject({ accessToken: z.string().min(1).max(200) });
const links = ["booking.link_invalid", "booking.link_expired", "booking.not_found"] as const;

/** What somebody has booked: all of it by their account, or one by the link of its letter. */
export const ownBookings = {
  mine: route({
    method: "GET",
    path: "/events/bookings/me",
    summary: "What was booked with the address that one's account has verified, each with the link that manages it",
    status: 200,
    who: "signedIn",
    query: OwnPlacesQuery,
    reply: z.object({ items: z.array(OwnBooking), nextCursor: z.string().nullable() }),
    problems: [],
  }),
  open: route({
    method: "GET",
    path: "/events/booking/:accessToken/manage",
    summary: "A booking by the link of its letter; this browser holds it from then on",
    status: 200,
    who: "anyone",
    limit: 60,
    params: ofToken,
    reply: OwnBooking,
    problems: links,
  }),
  questions: route({
    method: "GET",
    path: "/events/booking/:accessToken/questions",
    summary: "What the party of a link was asked, as it was worded then, and what it has answered",
    status: 200,
    who: "anyone",
    limit: 60,
    params: ofToken,
    reply: z.object({
      questions: z.array(Question),
      /** By question; null where an answer is there that a link does not show. */
      customAnswers: CustomAnswers,
      mayAnswer: z.boolean(),
    }),
    problems: links,
  }),
  manage: route({
    method: "POST",
    path: "/events/booking/:accessToken/manage",
    summary: "Cancel, move or change a booking by the link of its letter",
    status: 200,
    who: "anyone",
    limit: 30,
    params: ofToken,
    body: ManageInput,
    reply: OwnBooking,
    problems: [
      ...links,
      ...takes,
      "booking.wrong_status",
      "booking.too_late",
      "booking.group_moves",
      "booking.guests_follow",
      "booking.limit_reached",
      "waitlist.offer_over",
      "answers.invalid",
    ],
  }),
  calendar: route({
    method: "GET",
    path: "/events/booking/:accessToken/calendar.ics",
    summary: "The calendar entry of a booking, by the link of its letter",
    status: 200,
    who: "anyone",
    limit: 60,
    media: "text/calendar; charset=utf-8",
    params: ofToken,
    reply: z.string(),
    problems: [...links, "booking.wrong_status"],
  }),
};
