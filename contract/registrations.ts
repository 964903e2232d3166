import { z } from "zod";

import { Occasion } from "#contract/occasion.ts";
import { OwnPlacesQuery } from "#contract/own-places.ts";
import { CustomAnswers, WordedAnswer } from "#contract/questions.ts";
import { route } from "#contract/route.ts";
import { ConductVersion, MinimumAge, OpenTerms, SaysToTerms, saysToTerms } from "#contract/terms.ts";
import { Email, PersonName } from "#contract/values.ts";
import { registrationStatuses } from "#domain/registrations/states.ts";

export const Side = z.enum(["in_person", "virtual", "both"]);
export type Side = z.infer<typeof Side>;

/** Requests may say it in the words of 000 and 004 too. */
export const SideInput = z
  .enum(["in_person", "virtual", "both", "physical", "in-person"])
  .transform((said): Side => (said === "physical" || said === "in-person" ? "in_person" : said));

const Instant = z.iso.datetime();
const Count = z.int().min(0).max(1_000_000_000);
export const RegistrationStatus = z.enum(registrationStatuses);
export const Attendance = z.enum(["unknown", "attended", "no_show"]);

export const Registration = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  occurrenceId: z.uuid(),
  status: RegistrationStatus,
  attendance: Attendance,
  side: Side,
  /** The sides that a confirmed place may change to, where there is room. */
  otherSides: z.array(Side),
  /** Those of them that have none now. */
  fullSides: z.array(Side),
  name: z.string(),
  /** Nobody has been named for it yet: it belongs to who took it. */
  isUnnamed: z.boolean(),
  email: z.string(),
  ticketType: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The place in the queue, from 1, while waiting. */
  position: Count.nullable(),
  /** Until when an offered place is kept. */
  offerEndsAt: Instant.nullable(),
  /** The organizer's words with the last decision. */
  note: z.string(),
  registeredAt: Instant,
  cancelledAt: Instant.nullable(),
  event: Occasion,
});
export type Registration = z.infer<typeof Registration>;

export const RegistrationDetail = Registration.extend({
  /** What the door reads; only while the place is confirmed. */
  ticket: z.object({ code: z.string(), typedCode: z.string() }).nullable(),
  /** Whether it was given up or taken away; null while it stands. */
  cancelledBy: z.enum(["attendee", "organizer", "system"]).nullable(),
  /** Those who were named along with oneself; how they stand, each is told by their own letter. */
  party: z.array(z.object({ name: z.string() })),
  /** Seats taken along with this one that have no name yet. */
  seats: z.array(
    z.object({ id: z.uuid(), name: z.string(), side: Side, status: RegistrationStatus, claimUrl: z.string() }),
  ),
  /** Whoever opens it may take this seat over; null where it cannot change hands. */
  claimUrl: z.string().nullable(),
  /** Whether the others who come see this person, and by which name. */
  listing: z.object({ isListed: z.boolean(), displayName: z.string() }),
  /** What its holder is asked to accept before they come; null where nothing is left to accept. */
  terms: OpenTerms.nullable(),
});
export type RegistrationDetail = z.infer<typeof RegistrationDetail>;

const says = { customAnswers: CustomAnswers.optional() };
const Attendee = z.strictObject({ name: PersonName, email: Email, side: SideInput.optional(), ...says });

const party = {
  occurrenceId: z.uuid().optional(),
  ticketTypeId: z.uuid().optional(),
  /** May be left out by somebody who is signed in and comes alone. */
  attendees: z.array(Attendee).min(1).max(100).optional(),
  /** Further places that the first of them names later. */
  unnamed: z.int().min(0).max(99).optional(),
  /** The code of conduct for oneself: whom one brings along is asked at the door. The age for all of them. */
  ...saysToTerms,
  ...says, // to what is asked once for all; without `attendees` also to what is asked of everybody
};
export const RegisterInput = z.strictObject(party);
export type RegisterInput = z.infer<typeof RegisterInput>;

/** A guest learns nothing but that a letter is on its way; somebody signed in gets the first place, and the party's others. */
export const RegisterReply = z.union([RegistrationDetail, z.object({ status: z.literal("sent") })]);
export type RegisterReply = z.infer<typeof RegisterReply>;

const TicketOption = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  priceMinor: Count,
  currency: z.string(),
  sides: z.array(Side),
  /** How many can still be had; null without a limit. */
  left: Count.nullable(),
  state: z.enum(["open", "waitlist", "sold_out", "opens_later", "closed"]),
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  maxParty: z.int().min(1).max(100),
});
export type TicketOption = z.infer<typeof TicketOption>;

/** What can be had at an occurrence now, and what the caller has already. */
export const RegistrationOptions = z.object({
  eventId: z.uuid(),
  occurrenceId: z.uuid(),
  state: z.enum(["open", "waitlist", "sold_out", "opens_later", "closed", "by_invitation", "cancelled", "over"]),
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  needsApproval: z.boolean(),
  hasWaitlist: z.boolean(),
  /** Of what has no limit it is null: how many come is for the team to know. */
  taken: Count.nullable(),
  capacity: Count.nullable(),
  sides: z.array(z.object({ side: Side, left: Count.nullable() })),
  ticketTypes: z.array(TicketOption),
  /** For whom the caller is invited, where one comes by invitation. */
  invitedAs: z.object({ name: z.string(), email: z.string() }).nullable(),
  /** Of the code of conduct that whoever registers accepts; null where nobody is asked to. */
  conductVersion: ConductVersion.nullable(),
  /** How old whoever registers confirms that they and all whom they bring are; null likewise. */
  minimumAge: MinimumAge.nullable(),
  mine: z.array(Registration),
});
export type RegistrationOptions = z.infer<typeof RegistrationOptions>;

export const Participant = Registration.pick({
  ...{ id: true, name: true, isUnnamed: true, email: true, status: true, position: true, attendance: true },
  ...{ side: true, otherSides: true, fullSides: true, note: true, registeredAt: true },
}).extend({
  isUnreachable: z.boolean(),
  ticketTypeName: z.string().nullable(),
  attendanceSource: z.enum(["check_in", "room", "host"]).nullable(),
  checkedInAt: Instant.nullable(),
  gate: z.string().nullable(),
  /** Who took this place for them. */
  registeredBy: z.string().nullable(),
  /** Whether they accepted the code of conduct as it stands; null where there is none. */
  acceptsConduct: z.boolean().nullable(),
  /** Whether it is confirmed that they are as old as is asked for now; null likewise. */
  confirmsAge: z.boolean().nullable(),
  /** In the wording in which it was asked; null where an answer is there but not for the reader. */
  answers: z.array(WordedAnswer),
});
export type Participant = z.infer<typeof Participant>;

const ofEvent = z.object({ id: z.string().min(1).max(200) });
const ofRegistration = z.object({ id: z.uuid() });
const page = { limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().max(400).optional() };
const occurrence = z.strictObject({ occurrence_id: z.uuid().optional() });
const takingProblems = [
  "event.not_found",
  "gathering.not_found",
  "gathering.cancelled",
  "ticket_type.not_found",
  "registration.closed",
  "registration.sold_out",
  "registration.party_too_large",
  "registration.side_not_offered",
  "registration.duplicate",
  "registration.invitation_needed",
  "access.banned",
  "access.terms_needed",
  "mail.off",
  "answers.invalid",
] as const;
const stepProblems = ["registration.not_found", "registration.wrong_status", "registration.closed"] as const;
const decision = z.strictObject({ note: z.string().trim().max(2000).default("") });

export const registrations = {
  options: route({
    method: "GET",
    path: "/events/:id/register",
    summary: "What can be had at an event now, and what the caller has",
    status: 200,
    who: "anyone",
    params: ofEvent,
    query: occurrence,
    reply: RegistrationOptions,
    problems: ["event.not_found", "gathering.not_found"],
  }),
  register: route({
    method: "POST",
    path: "/events/:id/register",
    summary: "Take places at an event or on its waitlist: signed in, the ticket at once; as a guest, by letter (202)",
    status: 201,
    orStatus: 202,
    who: "anyone",
    limit: 20,
    idempotent: true,
    params: ofEvent,
    body: RegisterInput.prefault({}),
    reply: RegisterReply,
    problems: takingProblems,
  }),
  create: route({
    method: "POST",
    path: "/registrations",
    summary: "Take places at an event that is named in the body",
    status: 201,
    orStatus: 202,
    who: "anyone",
    limit: 20,
    idempotent: true,
    body: z.strictObject({ eventId: z.string().min(1).max(200), ...party }),
    reply: RegisterReply,
    problems: takingProblems,
  }),
  leave: route({
    method: "DELETE",
    path: "/events/:id/register",
    summary: "Give up one's own places at an event",
    status: 204,
    who: "holder",
    params: ofEvent,
    query: occurrence,
    reply: z.undefined(),
    problems: ["event.not_found", "gathering.not_found", ...stepProblems],
  }),
  resend: route({
    method: "POST",
    path: "/registrations/resend",
    summary: "Have the letter with ticket and link sent once more; without an event, those for all that is to come",
    status: 202,
    who: "anyone",
    limit: 5,
    body: z.strictObject({ eventId: z.string().min(1).max(200).optional(), email: Email }),
    reply: z.object({ status: z.literal("sent") }),
    problems: ["mail.off"],
  }),
  mine: route({
    method: "GET",
    path: "/registrations/me",
    summary: "One's own registrations",
    status: 200,
    who: "signedIn",
    query: OwnPlacesQuery,
    reply: z.object({ items: z.array(Registration), nextCursor: z.string().nullable() }),
    problems: [],
  }),
  get: route({
    method: "GET",
    path: "/registrations/:id",
    summary: "One registration, with its ticket",
    status: 200,
    who: "holder",
    params: ofRegistration,
    reply: RegistrationDetail,
    problems: ["registration.not_found"],
  }),
  openLink: route({
    method: "POST",
    path: "/links/open",
    summary: "Open the link of a letter: this browser holds the registration from then on",
    status: 200,
    who: "anyone",
    limit: 60,
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    reply: RegistrationDetail,
    problems: ["auth.link_invalid"],
  }),
  cancel: route({
    method: "DELETE",
    path: "/registrations/:id",
    summary: "Give up a place, or take one back as the team",
    status: 200,
    who: "holder",
    params: ofRegistration,
    reply: Registration,
    problems: [...stepProblems],
  }),
  swapSide: route({
    method: "POST",
    path: "/registrations/:id/swap-side",
    summary: "Come in another way: in person, online, or both",
    status: 200,
    who: "holder",
    params: ofRegistration,
    body: z.strictObject({ side: SideInput }),
    reply: RegistrationDetail,
    problems: [...stepProblems, "registration.sold_out", "registration.side_not_offered", "gathering.cancelled"],
  }),
  code: route({
    method: "GET",
    path: "/registrations/:id/code.svg",
    summary: "The QR code of a ticket, as a picture",
    status: 200,
    who: "holder",
    media: "image/svg+xml",
    params: ofRegistration,
    reply: z.string(),
    problems: ["registration.not_found", "registration.wrong_status"],
  }),
  calendar: route({
    method: "GET",
    path: "/registrations/:id/calendar.ics",
    summary: "The calendar entry of a registration",
    status: 200,
    who: "holder",
    media: "text/calendar; charset=utf-8",
    params: ofRegistration,
    reply: z.string(),
    problems: ["registration.not_found", "registration.wrong_status"],
  }),
  accept: route({
    method: "POST",
    path: "/registrations/:id/accept",
    summary: "Accept the place that is kept",
    status: 200,
    who: "holder",
    params: ofRegistration,
    reply: Registration,
    problems: ["registration.not_found", "registration.wrong_status", "registration.sold_out"],
  }),
  acceptTerms: route({
    method: "POST",
    path: "/registrations/:id/accept-terms",
    summary: "Accept what the event asks of whoever comes, ahead of the door or at it",
    status: 200,
    who: "holder",
    params: ofRegistration,
    body: SaysToTerms,
    reply: RegistrationDetail,
    problems: ["registration.not_found", "registration.wrong_status", "access.terms_needed"],
  }),
  approve: route({
    method: "POST",
    path: "/registrations/:id/approve",
    summary: "Say yes to a request",
    status: 200,
    who: "signedIn",
    params: ofRegistration,
    body: decision.prefault({}),
    reply: Participant,
    problems: [...stepProblems, "registration.sold_out"],
  }),
  decline: route({
    method: "POST",
    path: "/registrations/:id/decline",
    summary: "Say no to a request, with words",
    status: 200,
    who: "signedIn",
    params: ofRegistration,
    body: decision.prefault({}),
    reply: Participant,
    problems: ["registration.not_found", "registration.wrong_status"],
  }),
  participants: route({
    method: "GET",
    path: "/events/:id/participants",
    summary: "Who comes, for the team",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    query: occurrence.extend({
      q: z.string().trim().max(120).optional(),
      status: RegistrationStatus.optional(),
      attendance: Attendance.optional(),
      ...page,
    }),
    reply: z.object({
      items: z.array(Participant),
      nextCursor: z.string().nullable(),
      matching: Count,
      counts: z.object({
        confirmed: Count,
        pending: Count,
        waitlisted: Count,
        offered: Count,
        declined: Count,
        cancelled: Count,
        attended: Count,
      }),
    }),
    problems: ["event.not_found", "gathering.not_found", "auth.forbidden"],
  }),
  attendance: route({
    method: "PUT",
    path: "/events/:id/attendance",
    summary: "Say who was there",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    body: z.strictObject({ registrationId: z.uuid(), attendance: Attendance }),
    reply: Participant,
    problems: ["event.not_found", "registration.not_found", "registration.wrong_status", "auth.forbidden"],
  }),
};
