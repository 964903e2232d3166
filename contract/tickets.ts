import { z } from "zod";

import { channel } from "#contract/channel.ts";
import { Moment } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { Side } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";

const Instant = z.iso.datetime();
const Count = z.int().min(0).max(1_000_000_000);
const ofEvent = z.object({ id: z.string().min(1).max(200) });
const List = Line.min(1).max(60);

/** Which sides a ticket is good for; `any`: the person chooses among those the event has. */
export const TicketSide = z.enum(["in_person", "virtual", "both", "any"]);

const Places = z.int().min(1).max(1_000_000).nullable();

/** What an organizer says of a ticket type: one with the id of one that exists changes it, else it is new. */
export const TicketTypeInput = z.strictObject({
  id: z.uuid().optional(),
  name: Line.min(1).max(80),
  description: z.string().trim().max(500).default(""),
  side: TicketSide.default("any"),
  capacity: Places.default(null),
  /** Instants, or the times on the clocks of the event. */
  opensAt: Moment.nullable().default(null),
  closesAt: Moment.nullable().default(null),
  maxParty: z.int().min(1).max(100).default(10),
  /** More than one living registration for one address. */
  allowsSeveral: z.boolean().default(false),
});
export type TicketTypeInput = z.infer<typeof TicketTypeInput>;

export const TicketType = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  side: TicketSide,
  priceMinor: Count,
  currency: z.string(),
  capacity: Places,
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  maxParty: z.int().min(1).max(100),
  allowsSeveral: z.boolean(),
});
export type TicketType = z.infer<typeof TicketType>;

/** How many are in, of how many who have a place. */
export const DoorCounts = z.object({ admitted: Count, expected: Count });
export type DoorCounts = z.infer<typeof DoorCounts>;

export const CheckIn = z.object({
  id: z.uuid(),
  registrationId: z.uuid(),
  name: z.string(),
  ticketTypeName: z.string().nullable(),
  side: Side,
  list: z.string(),
  gate: z.string(),
  at: Instant,
});
export type CheckIn = z.infer<typeof CheckIn>;

export const Door = z.object({
  eventId: z.uuid(),
  gatheringId: z.uuid(),
  title: z.string(),
  startTime: Instant,
  endTime: Instant,
  timeZone: z.string(),
  counts: DoorCounts,
  /** The last ones let in, newest first. */
  recent: z.array(CheckIn),
});
export type Door = z.infer<typeof Door>;

export const CheckInInput = z
  .strictObject({
    /** What the QR code says, or the short code below it; or else the registration. */
    code: z.string().trim().min(1).max(300).optional(),
    registrationId: z.uuid().optional(),
    list: List.optional(),
    gate: Line.max(60).optional(),
    occurrenceId: z.uuid().optional(),
  })
  .refine(({ code, registrationId }) => (code === undefined) !== (registrationId === undefined), {
    path: ["code"],
    ...named("one_of_two"),
  })
  .meta({ oneOf: [{ required: ["code"] }, { required: ["registrationId"] }] });
export type CheckInInput = z.infer<typeof CheckInInput>;

export const tickets = {
  types: route({
    method: "GET",
    path: "/events/:id/ticket-types",
    summary: "What can be had at an event, for its team",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    reply: z.object({ items: z.array(TicketType), nextCursor: z.null() }),
    problems: ["event.not_found", "auth.forbidden"],
  }),
  saveTypes: route({
    method: "PUT",
    path: "/events/:id/ticket-types",
    summary: "Say what can be had at an event: all of it, in its order",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    body: z.strictObject({
      items: z.array(TicketTypeInput).min(1).max(30),
      /** Also where more of a ticket is taken than that: nobody loses a place, and nobody new gets one. */
      overbook: z.boolean().optional(),
    }),
    reply: z.object({ items: z.array(TicketType), nextCursor: z.null() }),
    problems: [
      "event.not_found",
      "auth.forbidden",
      "ticket_type.not_found",
      "ticket_type.in_use",
      "event.capacity_below_taken",
    ],
  }),
  door: route({
    method: "GET",
    path: "/events/:id/door",
    summary: "What a door needs to know",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    query: z.strictObject({ occurrence_id: z.uuid().optional(), list: List.optional() }),
    reply: Door,
    problems: ["event.not_found", "gathering.not_found", "auth.forbidden"],
  }),
  checkIn: route({
    method: "POST",
    path: "/events/:id/check-ins",
    summary: "Let somebody in, once per list",
    status: 201,
    who: "signedIn",
    limit: 300,
    params: ofEvent,
    body: CheckInInput,
    reply: CheckIn.extend({ counts: DoorCounts }),
    problems: [
      "event.not_found",
      "gathering.not_found",
      "auth.forbidden",
      "check_in.unknown_code",
      "check_in.used",
      "check_in.not_admitted",
      "registration.not_found",
    ],
  }),
  undo: route({
    method: "DELETE",
    path: "/check-ins/:id",
    summary: "Take a check-in back",
    status: 200,
    who: "signedIn",
    params: z.object({ id: z.uuid() }),
    reply: z.object({ counts: DoorCounts }),
    problems: ["check_in.not_found", "auth.forbidden"],
  }),
};

/** Every device at every door watches the house fill up. */
export const door = channel({
  name: "gathering/:gatheringId/door",
  params: z.strictObject({ gatheringId: z.uuid() }),
  told: { counted: DoorCounts },
  said: {},
  keepsHistory: false,
});
