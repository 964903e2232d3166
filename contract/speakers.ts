import { z } from "zod";

import { EventView } from "#contract/events.ts";
import { type RawBody, route } from "#contract/route.ts";

const one = z.strictObject({ id: z.string().min(1).max(120), speakerId: z.uuid() });

/** The pictures of those who speak at an event; who they are is written with the event. */
export const speakers = {
  setPicture: route({
    method: "PUT",
    path: "/events/:id/speakers/:speakerId/picture",
    summary: "Give somebody who speaks at an event a picture",
    status: 200,
    who: "signedIn",
    limit: 300,
    raw: true,
    params: one,
    body: z.custom<RawBody>(),
    reply: EventView,
    problems: ["event.not_found", "speaker.not_found", "file.unreadable", "request.too_large"],
  }),
  removePicture: route({
    method: "DELETE",
    path: "/events/:id/speakers/:speakerId/picture",
    summary: "Take the picture of somebody who speaks away",
    status: 200,
    who: "signedIn",
    params: one,
    reply: EventView,
    problems: ["event.not_found", "speaker.not_found"],
  }),
};
