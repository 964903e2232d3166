import { z } from "zod";

import { Organizer } from "#contract/organizers.ts";
import { route } from "#contract/route.ts";

const Named = z.strictObject({ id: z.string().min(1).max(60) });

/** Hearing of an organizer's new public events. */
export const following = {
  follow: route({
    method: "PUT",
    path: "/organizers/:id/follow",
    summary: "Follow an organizer, by its id or its slug: each new public event is told by letter and notice",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: Named,
    reply: Organizer,
    problems: ["auth.required", "organizer.not_found"],
  }),
  unfollow: route({
    method: "DELETE",
    path: "/organizers/:id/follow",
    summary: "Follow an organizer no longer",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: Named,
    reply: Organizer,
    problems: ["auth.required", "organizer.not_found"],
  }),
  mine: route({
    method: "GET",
    path: "/me/following",
    summary: "The organizers I follow, the last one first",
    status: 200,
    who: "signedIn",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().min(1).max(300).optional(),
    }),
    reply: z.object({ items: z.array(Organizer), nextCursor: z.string().nullable() }),
    problems: ["auth.required"],
  }),
};
