import { z } from "zod";

import { eventKinds } from "#contract/event-input.ts";
import { route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";
import { formats } from "#domain/registrations/places.ts";

/** Instead of an organizer's id: the one that is made by beginning. */
export const own = "own";

/** What an event can be begun from. */
export const EventTemplate = z.object({
  /** What `POST /events` takes as `template`. */
  id: z.string(),
  name: z.string(),
  /** It came with the house; others belong to an organizer. */
  isBuiltIn: z.boolean(),
  title: z.string(),
  summary: z.string(),
  kind: z.enum(eventKinds).nullable(),
  format: z.enum(formats),
  placeName: z.string(),
  /** How long it lasts; null is not said. */
  minutes: z.int().min(1).max(100_000).nullable(),
});
export type EventTemplate = z.infer<typeof EventTemplate>;

export const templates = {
  list: route({
    method: "GET",
    path: "/organize/templates",
    summary: "What an event can be begun from: an organizer's own templates, and those of the house",
    status: 200,
    who: "signedIn",
    query: z.strictObject({ organizer_id: z.union([z.uuid(), z.literal(own)]).optional() }),
    reply: z.object({
      items: z.array(EventTemplate),
      nextCursor: z.null(),
      /** Whether what is begun there leads to review before it is public. */
      isReviewed: z.boolean(),
    }),
    problems: ["organizer.not_found"],
  }),
  save: route({
    method: "POST",
    path: "/events/:id/template",
    summary: "Keep an event as a template, with its tickets and its length, without its time and its people",
    status: 201,
    who: "signedIn",
    limit: 60,
    params: z.strictObject({ id: z.string().min(1).max(120) }),
    body: z.strictObject({ name: Line.min(1).max(80) }),
    reply: EventTemplate,
    problems: ["event.not_found", "template.too_many"],
  }),
  remove: route({
    method: "DELETE",
    path: "/organize/templates/:id",
    summary: "Throw a template away; what was begun from it stays",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["template.not_found"],
  }),
};
