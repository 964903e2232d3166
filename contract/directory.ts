import { z } from "zod";

import { route } from "#contract/route.ts";
import { PersonName } from "#contract/values.ts";

const Count = z.int().min(0).max(1_000_000_000);

/** Who comes, among those who come: only people who want to be seen, by the name they chose, and nothing else of them. */
export const directory = {
  list: route({
    method: "GET",
    path: "/events/:id/attendees",
    summary: "Who of those who come wants to be seen by the others, for those who come",
    status: 200,
    who: "holder",
    params: z.object({ id: z.string().min(1).max(200) }),
    query: z.strictObject({
      occurrence_id: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(400).optional(),
    }),
    reply: z.object({
      items: z.array(z.object({ displayName: z.string(), isMe: z.boolean() })),
      nextCursor: z.string().nullable(),
      count: Count,
    }),
    problems: [
      "event.not_found",
      "gathering.cancelled",
      "access.banned",
      "access.registration_needed",
      "access.approval_pending",
      "access.waitlisted",
      "access.offer_open",
      "access.payment_due",
    ],
  }),
  listing: route({
    method: "PUT",
    path: "/registrations/:id/listing",
    summary: "Be seen by the others who come, or no longer",
    status: 200,
    who: "holder",
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ isListed: z.boolean(), displayName: PersonName.optional() }),
    reply: z.object({ isListed: z.boolean(), displayName: z.string() }),
    problems: ["registration.not_found", "registration.wrong_status"],
  }),
};
