import { z } from "zod";

import { People } from "#contract/event-team.ts";
import { EventCard, paging } from "#contract/events.ts";
import { Instant } from "#contract/gatherings.ts";
import { route } from "#contract/route.ts";
import { teamRoles } from "#domain/entitlement/doors.ts";

export const OrganizedQuery = z.strictObject({
  organizer_id: z.uuid().optional(),
  q: z.string().trim().max(200).optional(),
  show: z.enum(["all", "drafts", "upcoming", "past", "cancelled"]).default("all"),
  ...paging,
});
export type OrganizedQuery = z.output<typeof OrganizedQuery>;

/** An event in the list of those who run it. */
export const OrganizedEvent = EventCard.extend({
  people: People,
  updatedAt: Instant,
  /** What the caller is there. */
  role: z.enum(teamRoles).nullable(),
});
export type OrganizedEvent = z.infer<typeof OrganizedEvent>;

export const organize = {
  events: route({
    method: "GET",
    path: "/organize/events",
    summary: "The events that I run: of an organizer, or of all I belong to and those I am named for",
    status: 200,
    who: "signedIn",
    query: OrganizedQuery,
    reply: z.object({ items: z.array(OrganizedEvent), nextCursor: z.string().nullable() }),
    problems: ["organizer.not_found"],
  }),
  overview: route({
    method: "GET",
    path: "/organize/overview",
    summary: "What is next of what I run, and how much there is",
    status: 200,
    who: "signedIn",
    query: z.strictObject({ organizer_id: z.uuid().optional() }),
    reply: z.object({
      next: z.array(OrganizedEvent),
      drafts: z.array(OrganizedEvent),
      counts: z.object({
        drafts: z.int().min(0).max(2_000_000_000),
        upcoming: z.int().min(0).max(2_000_000_000),
        past: z.int().min(0).max(2_000_000_000),
        registrations: z.int().min(0).max(2_000_000_000),
      }),
    }),
    problems: ["organizer.not_found"],
  }),
};
