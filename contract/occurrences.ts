import { z } from "zod";

import { OccurrenceChange, OccurrencesInput, OccurrencesToCancel, SeveralOccurrences } from "#contract/event-input.ts";
import { EventView } from "#contract/events.ts";
import { route } from "#contract/route.ts";

const named = z.strictObject({ id: z.string().min(1).max(120) });
const one = named.extend({ occurrenceId: z.uuid() });

/** The times of an event that takes place more than once. */
export const occurrences = {
  add: route({
    method: "POST",
    path: "/events/:id/occurrences",
    summary:
      "Add times to an event, or those of a rule; those of a published one are open at once, and one that stands already is left as it is",
    status: 201,
    who: "signedIn",
    limit: 120,
    params: named,
    body: OccurrencesInput,
    reply: EventView.extend({
      /** Those that did not stand before. */
      added: z.array(z.uuid()),
    }),
    problems: ["event.not_found", "event.incomplete", "event.wrong_status", "occurrence.too_many"],
  }),
  change: route({
    method: "PATCH",
    path: "/events/:id/occurrences/:occurrenceId",
    summary: "Change one time of an event, and what only it says; what the body leaves out stays",
    status: 200,
    who: "signedIn",
    params: one,
    body: OccurrenceChange,
    reply: EventView,
    problems: [
      "event.not_found",
      "gathering.not_found",
      "gathering.cancelled",
      "event.incomplete",
      "event.wrong_status",
      "event.capacity_below_taken",
    ],
  }),
  cancel: route({
    method: "POST",
    path: "/events/:id/occurrences/:occurrenceId/cancel",
    summary: "Cancel one time of an event; everybody who registered for it is told",
    status: 200,
    who: "signedIn",
    params: one,
    body: z.strictObject({ reason: z.string().trim().max(1000).default("") }).optional(),
    reply: EventView,
    problems: ["event.not_found", "gathering.not_found", "event.wrong_status", "occurrence.last"],
  }),
  cancelSeveral: route({
    method: "POST",
    path: "/events/:id/occurrences/cancel",
    summary:
      "Cancel several times of an event at once, unless none would be left; those that are off or over stay as they are",
    status: 200,
    who: "signedIn",
    limit: 120,
    params: named,
    body: OccurrencesToCancel,
    reply: EventView,
    problems: ["event.not_found", "gathering.not_found", "event.wrong_status", "occurrence.last"],
  }),
  removeSeveral: route({
    method: "POST",
    path: "/events/:id/occurrences/remove",
    summary:
      "Remove several times of a draft at once, unless none would be left; cancel them where others have had to do with one",
    status: 200,
    who: "signedIn",
    limit: 120,
    params: named,
    body: SeveralOccurrences,
    reply: EventView,
    problems: ["event.not_found", "gathering.not_found", "event.wrong_status", "occurrence.last"],
  }),
  remove: route({
    method: "DELETE",
    path: "/events/:id/occurrences/:occurrenceId",
    summary: "Remove one time of a draft; cancel it where others have had to do with it",
    status: 200,
    who: "signedIn",
    params: one,
    reply: EventView,
    problems: ["event.not_found", "gathering.not_found", "event.wrong_status", "occurrence.last"],
  }),
};
