import { z } from "zod";

import { AgendaItem, Metadata, Speaker } from "#contract/agenda.ts";
import { EventChange, EventDraft, eventKinds, FormatInput, Title, visibilities } from "#contract/event-input.ts";
import { EventTeam } from "#contract/event-team.ts";
import { EventVirtualConfig, Instant, Occurrence, ZoneName } from "#contract/gatherings.ts";
import { Side } from "#contract/registrations.ts";
import { type RawBody, route } from "#contract/route.ts";
import { MinimumAge } from "#contract/terms.ts";
import { eventStatuses } from "#domain/events/states.ts";
import { formats } from "#domain/registrations/places.ts";

/** The public face of an event, as far as it stands on its cards. */
export const EventHost = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  hue: z.int().min(0).max(359),
  logoUrl: z.string().nullable(),
});

export const Category = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
export type Category = z.infer<typeof Category>;

/** How full it is: `left` is null where there is no limit, and then `taken` is for the team alone. */
export const Fullness = z.object({
  taken: z.int().min(0).max(2_000_000_000).nullable(),
  capacity: z.int().min(0).max(2_000_000_000).nullable(),
  left: z.int().min(0).max(2_000_000_000).nullable(),
});
export type Fullness = z.infer<typeof Fullness>;

/** What can be had at an event. Whether it can be had now is said by `GET /events/{id}/register`. */
export const TicketTypeOnOffer = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  priceMinor: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string(),
  sides: z.array(Side),
  capacity: z.int().min(1).max(1_000_000).nullable(),
  left: z.int().min(0).max(1_000_000).nullable(),
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
  maxPerOrder: z.int().min(1).max(100),
  allowsSeveral: z.boolean(),
});
export type TicketTypeOnOffer = z.infer<typeof TicketTypeOnOffer>;

const common = {
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  /** The uploaded cover; null means that one is drawn from the id and the hue. `imageUrl` is the same. */
  coverUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  hue: z.int().min(0).max(359),
  category: Category.nullable(),
  kind: z.enum(eventKinds).nullable(),
  format: z.enum(formats),
  visibility: z.enum(visibilities),
  status: z.enum(eventStatuses),
  /** Of what is written about it. */
  language: z.string(),
  organizer: EventHost,
  /** The occurrence that is meant: the one that is on, else the next, else the last. */
  occurrenceId: z.uuid(),
  startTime: Instant.nullable(),
  endTime: Instant.nullable(),
  timeZone: z.string(),
  isLive: z.boolean(),
  isPast: z.boolean(),
  placeName: z.string(),
  places: Fullness,
  needsApproval: z.boolean(),
  hasWaitlist: z.boolean(),
  publishedAt: Instant.nullable(),
};

/** An event as it stands in lists: once, with its next occurrence. */
export const EventCard = z.object({ ...common, hasMoreTimes: z.boolean() });
export type EventCard = z.infer<typeof EventCard>;

/** An event as it is read, by everybody who may see it. */
export const EventView = z.object({
  ...common,
  description: z.string(),
  /** The description as safe HTML. */
  descriptionHtml: z.string(),
  videoUrl: z.string().nullable(),
  organizerId: z.uuid(),
  categoryId: z.uuid().nullable(),
  tags: z.array(z.string()),
  minimumAge: MinimumAge.nullable(),
  accessibility: z.string(),
  conduct: z.string(),
  contact: z.string(),
  speakers: z.array(Speaker),
  /** By when it is. */
  agenda: z.array(AgendaItem),
  /** For who may edit; null for everybody else. */
  metadata: Metadata.nullable(),
  /** As `timeZone`. */
  timezone: z.string(),
  wallStart: z.string().nullable(),
  wallEnd: z.string().nullable(),
  /** Minutes. */
  duration: z.int().min(0).max(2_000_000_000).nullable(),
  sequence: z.int().min(0).max(2_000_000_000),
  occurrences: z.array(Occurrence),
  placeAddress: z.string(),
  placeNotes: z.string(),
  capacity: z.int().min(1).max(1_000_000).nullable(),
  maxParticipants: z.int().min(1).max(1_000_000).nullable(),
  inPersonCapacity: z.int().min(1).max(1_000_000).nullable(),
  virtualCapacity: z.int().min(1).max(1_000_000).nullable(),
  sides: z.object({ inPerson: Fullness, virtual: Fullness }),
  registrationOpensAt: Instant.nullable(),
  registrationClosesAt: Instant.nullable(),
  ticketTypes: z.array(TicketTypeOnOffer),
  chatEnabled: z.boolean(),
  virtualConfig: EventVirtualConfig,
  cancelledAt: Instant.nullable(),
  cancelReason: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  /** For who runs it; null for everybody else. */
  team: EventTeam.nullable(),
});
export type EventView = z.infer<typeof EventView>;

const EventPage = z.object({
  items: z.array(EventCard),
  nextCursor: z.string().nullable(),
  /** What was searched in place of words that nobody wrote; null where the words themselves were found. */
  instead: z.object({ q: z.string().nullable(), place: z.string().nullable() }).nullable(),
});
export type EventPage = z.infer<typeof EventPage>;

export const paging = {
  limit: z.coerce.number().int().min(1).max(60).default(24),
  cursor: z.string().min(1).max(300).optional(),
};

export const EventQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  format: FormatInput.optional(),
  category: z.string().max(80).optional(),
  /** Its slug or its id. */
  organizer: z.string().max(80).optional(),
  /** A town, a street or a house, as far as it is known. */
  place: z.string().trim().max(120).optional(),
  /** What is spoken there, such as `en`; its regions are one. */
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Za-z0-9]{2,8})*$/)
    .max(35)
    .optional(),
  price: z.enum(["free", "paid"]).optional(),
  /** Only what is on at this moment. */
  on_now: z.enum(["true", "false"]).optional(),
  /** Days by the clocks of `timezone`, both included. */
  start_date: z.iso.date().optional(),
  end_date: z.iso.date().optional(),
  timezone: ZoneName.default("UTC"),
  /** `relevance`: first where all words stand in the title; each part the soonest first. */
  sort: z.enum(["soonest", "newest", "relevance"]).default("soonest"),
  ...paging,
});
export type EventQuery = z.output<typeof EventQuery>;

const Named = z.strictObject({ id: z.string().min(1).max(120) });
const occurrence = z.strictObject({ occurrence_id: z.uuid().optional() });

export const events = {
  list: route({
    method: "GET",
    path: "/events",
    summary: "Find events that anybody may see",
    status: 200,
    who: "anyone",
    query: EventQuery,
    reply: EventPage,
    problems: [],
  }),
  categories: route({
    method: "GET",
    path: "/categories",
    summary: "The categories of events",
    status: 200,
    who: "anyone",
    reply: z.object({ items: z.array(Category), nextCursor: z.null() }),
    problems: [],
  }),
  create: route({
    method: "POST",
    path: "/events",
    summary: "Begin an event: a draft, from a title alone",
    status: 201,
    who: "signedIn",
    limit: 300,
    body: EventDraft,
    reply: EventView,
    problems: [
      "organizer.not_found",
      "event.slug_taken",
      "category.not_found",
      "template.not_found",
      "event.incomplete",
      "feature.later",
    ],
  }),
  get: route({
    method: "GET",
    path: "/events/:id",
    summary: "An event, by its id or its slug",
    status: 200,
    who: "anyone",
    params: Named,
    query: occurrence,
    reply: EventView,
    problems: ["event.not_found", "gathering.not_found"],
  }),
  change: route({
    method: "PATCH",
    path: "/events/:id",
    summary: "Change an event; what the body leaves out stays",
    status: 200,
    who: "signedIn",
    params: Named,
    body: EventChange,
    reply: EventView,
    problems: [
      "event.not_found",
      "event.changed_meanwhile",
      "event.slug_taken",
      "event.incomplete",
      "event.wrong_status",
      "event.capacity_below_taken",
      "category.not_found",
      "feature.later",
    ],
  }),
  replace: route({
    method: "PUT",
    path: "/events/:id",
    summary: "Write an event anew; what the body leaves out stays",
    status: 200,
    who: "signedIn",
    params: Named,
    body: EventChange.extend({ title: Title }),
    reply: EventView,
    problems: [
      "event.not_found",
      "event.changed_meanwhile",
      "event.slug_taken",
      "event.incomplete",
      "event.wrong_status",
      "event.capacity_below_taken",
      "category.not_found",
      "feature.later",
    ],
  }),
  remove: route({
    method: "DELETE",
    path: "/events/:id",
    summary: "Remove a draft; cancel what has been published, or what others have had to do with",
    status: 204,
    who: "signedIn",
    params: Named,
    reply: z.undefined(),
    problems: ["event.not_found"],
  }),
  publish: route({
    method: "POST",
    path: "/events/:id/publish",
    summary: "Publish an event; where events are reviewed, it waits in `in_review` with the note",
    status: 200,
    who: "signedIn",
    params: Named,
    body: z.strictObject({ note: z.string().trim().max(2000).default("") }).optional(),
    reply: EventView,
    problems: ["event.not_found", "event.incomplete", "event.wrong_status"],
  }),
  withdraw: route({
    method: "POST",
    path: "/events/:id/withdraw",
    summary: "Take an event back from review",
    status: 200,
    who: "signedIn",
    params: Named,
    reply: EventView,
    problems: ["event.not_found", "event.wrong_status"],
  }),
  cancel: route({
    method: "POST",
    path: "/events/:id/cancel",
    summary: "Cancel an event; everybody who registered is told",
    status: 200,
    who: "signedIn",
    params: Named,
    body: z.strictObject({ reason: z.string().trim().max(1000).default("") }).optional(),
    reply: EventView,
    problems: ["event.not_found", "event.wrong_status"],
  }),
  duplicate: route({
    method: "POST",
    path: "/events/:id/duplicate",
    summary: "Begin a new draft that is like this event, without its time",
    status: 201,
    who: "signedIn",
    limit: 300,
    params: Named,
    reply: EventView,
    problems: ["event.not_found"],
  }),
  cover: route({
    method: "PUT",
    path: "/events/:id/cover",
    summary: "Give an event a picture",
    status: 200,
    who: "signedIn",
    limit: 300,
    raw: true,
    params: Named,
    body: z.custom<RawBody>(),
    reply: EventView,
    problems: ["event.not_found", "file.unreadable", "request.too_large"],
  }),
  preview: route({
    method: "GET",
    path: "/events/:id/preview.png",
    summary: "The picture beside links to an event that strangers may see: its cover, title, time, place and organizer",
    status: 200,
    who: "anyone",
    limit: 120,
    media: "image/png",
    params: Named,
    query: z.strictObject({ v: z.string().max(40).optional() }),
    reply: z.custom<Uint8Array>(),
    problems: ["event.not_found"],
  }),
  code: route({
    method: "GET",
    path: "/events/:id/qr.svg",
    summary: "A code that leads to an event's page, to print",
    status: 200,
    who: "anyone",
    limit: 120,
    media: "image/svg+xml",
    params: Named,
    reply: z.string(),
    problems: ["event.not_found"],
  }),
  codePicture: route({
    method: "GET",
    path: "/events/:id/qr.png",
    summary: "The same code as a picture of dots",
    status: 200,
    who: "anyone",
    limit: 120,
    media: "image/png",
    params: Named,
    reply: z.custom<Uint8Array>(),
    problems: ["event.not_found"],
  }),
  removeCover: route({
    method: "DELETE",
    path: "/events/:id/cover",
    summary: "Go back to the drawn cover",
    status: 200,
    who: "signedIn",
    params: Named,
    reply: EventView,
    problems: ["event.not_found"],
  }),
  pastOf: route({
    method: "GET",
    path: "/organizers/:id/past",
    summary: "An organizer's public events that are over, the last one first",
    status: 200,
    who: "anyone",
    params: z.strictObject({ id: z.string().min(1).max(60) }),
    query: z.strictObject(paging),
    reply: z.object({ items: z.array(EventCard), nextCursor: z.string().nullable() }),
    problems: ["organizer.not_found"],
  }),
};
