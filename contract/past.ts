import { z } from "zod";

import { EventCard, paging } from "#contract/events.ts";
import { route } from "#contract/route.ts";

/** What has been. */
export const past = {
  ofOrganizer: route({
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
