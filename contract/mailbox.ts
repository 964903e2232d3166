import { z } from "zod";

import { route } from "#contract/route.ts";

const Count = z.int().min(0).max(1_000_000_000);

/** A letter as it went out, or would have. */
export const SentLetter = z.object({
  id: z.uuid(),
  kind: z.string(),
  to: z.string(),
  toName: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  status: z.enum(["waiting", "handed_over", "failed", "refused"]),
  createdAt: z.iso.datetime(),
  attachments: z.array(
    z.object({
      name: z.string(),
      mediaType: z.string(),
      /** Shown inside the letter as `cid:…`. */
      contentId: z.string().nullable(),
      bytes: Count,
      url: z.string(),
    }),
  ),
});
export type SentLetter = z.infer<typeof SentLetter>;

/** Where letters are read while there is no mail server; on a loopback address only, elsewhere there is nothing here. */
export const mailbox = {
  list: route({
    method: "GET",
    path: "/dev/letters",
    summary: "Letters this installation has written, newest first (only on a loopback address without a mail server)",
    status: 200,
    who: "anyone",
    query: z.strictObject({
      to: z.string().max(254).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.uuid().optional(),
    }),
    reply: z.object({ items: z.array(SentLetter), nextCursor: z.string().nullable() }),
    problems: ["route.not_found", "request.invalid"],
  }),
  get: route({
    method: "GET",
    path: "/dev/letters/:id",
    summary: "One letter",
    status: 200,
    who: "anyone",
    params: z.strictObject({ id: z.uuid() }),
    reply: SentLetter,
    problems: ["route.not_found", "request.invalid"],
  }),
  attachment: route({
    method: "GET",
    path: "/dev/letters/:id/attachments/:number",
    summary: "What a letter carries, counted from 0",
    status: 200,
    who: "anyone",
    media: "*/*",
    params: z.strictObject({ id: z.uuid(), number: z.coerce.number().int().min(0).max(99) }),
    reply: z.custom<Uint8Array>(),
    problems: ["route.not_found", "request.invalid"],
  }),
};
