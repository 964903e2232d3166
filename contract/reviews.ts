import { z } from "zod";

import { EventView, paging } from "#contract/events.ts";
import { Instant } from "#contract/gatherings.ts";
import { OrganizedEvent } from "#contract/organize.ts";
import { route } from "#contract/route.ts";

const Words = z.string().trim().min(1).max(2000);
/** The event's version that was looked at: what changed since is not decided on. */
const seen = { version: z.int().min(1).max(2_000_000_000).optional() };

export const Approval = z.strictObject({
  decision: z.literal("approve"),
  note: z.string().trim().max(2000).default(""),
  ...seen,
});
/** Sent back with words that say why; asked for changes, or rejected. */
export const SendingBack = z.strictObject({ decision: z.enum(["ask_changes", "reject"]), note: Words, ...seen });
export const ReviewDecision = z.union([Approval, SendingBack]);
export type ReviewDecision = z.output<typeof ReviewDecision>;

export const Reason = z.strictObject({ reason: Words });

/** An event that waits for a decision. */
export const WaitingEvent = OrganizedEvent.extend({ submittedAt: Instant, isOrganizerTrusted: z.boolean() });
export type WaitingEvent = z.infer<typeof WaitingEvent>;

export const AdminEventQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  show: z.enum(["all", "in_review", "drafts", "upcoming", "past", "cancelled"]).default("all"),
  ...paging,
});
export type AdminEventQuery = z.output<typeof AdminEventQuery>;

const Named = z.strictObject({ id: z.string().min(1).max(120) });

/** What admins do with other people's events. */
export const reviews = {
  queue: route({
    method: "GET",
    path: "/admin/review",
    summary: "Events that wait for a decision, the one that has waited longest first",
    status: 200,
    who: "admin",
    query: z.strictObject(paging),
    reply: z.object({
      items: z.array(WaitingEvent),
      nextCursor: z.string().nullable(),
      waiting: z.int().min(0).max(2_000_000_000),
    }),
    problems: ["request.invalid"],
  }),
  events: route({
    method: "GET",
    path: "/admin/events",
    summary: "The events of all organizers, the one last changed first",
    status: 200,
    who: "admin",
    query: AdminEventQuery,
    reply: z.object({ items: z.array(OrganizedEvent), nextCursor: z.string().nullable() }),
    problems: ["request.invalid"],
  }),
  decide: route({
    method: "POST",
    path: "/admin/events/:id/review",
    summary: "Approve an event that waits, ask for changes, or reject it; its team is told",
    status: 200,
    who: "admin",
    params: Named,
    body: ReviewDecision,
    reply: EventView,
    problems: ["event.not_found", "event.wrong_status", "event.incomplete", "event.changed_meanwhile"],
  }),
  unpublish: route({
    method: "POST",
    path: "/admin/events/:id/unpublish",
    summary: "Make a published event that nobody has registered for a draft again; its team is told why",
    status: 200,
    who: "admin",
    params: Named,
    body: Reason,
    reply: EventView,
    problems: ["event.not_found", "event.wrong_status", "event.has_people"],
  }),
  cancel: route({
    method: "POST",
    path: "/admin/events/:id/cancel",
    summary: "Cancel an event; its team and everybody who registered are told why",
    status: 200,
    who: "admin",
    params: Named,
    body: Reason,
    reply: EventView,
    problems: ["event.not_found", "event.wrong_status"],
  }),
  trust: route({
    method: "PUT",
    path: "/admin/organizers/:id/trust",
    summary: "Let an organizer's events pass without review, or no longer",
    status: 204,
    who: "admin",
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ trusted: z.boolean() }),
    reply: z.undefined(),
    problems: ["organizer.not_found"],
  }),
};
