import { z } from "zod";

import { channel } from "#contract/channel.ts";
import { Instant } from "#contract/gatherings.ts";
import { doorProblems, Part } from "#contract/rooms.ts";
import { route } from "#contract/route.ts";

const ofGathering = z.strictObject({ gatheringId: z.uuid() });
const ofMessage = z.strictObject({ gatheringId: z.uuid(), messageId: z.uuid() });
const Seq = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

export const longestMessage = 2000;
const Text = z.string().trim().min(1).max(longestMessage);

export const Message = z.object({
  id: z.uuid(),
  seq: Seq,
  personId: z.uuid(),
  displayName: z.string(),
  as: Part,
  /** Empty once it is deleted. */
  text: z.string(),
  at: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
});
export type Message = z.infer<typeof Message>;

/** `nonce` is the sender's own mark, by which a message sent again after a cut is known. */
export const SayInput = z.strictObject({ text: Text, nonce: z.uuid().optional() });
export const EditInput = z.strictObject({ text: Text });

const chatProblems = [...doorProblems, "chat.off"] as const;

export const engagement = {
  messages: route({
    method: "GET",
    path: "/gatherings/:gatheringId/messages",
    summary: "What was said in the chat, newest first",
    status: 200,
    who: "holder",
    params: ofGathering,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(40).optional(),
    }),
    reply: z.object({
      items: z.array(Message),
      nextCursor: z.string().nullable(),
      /** The last operation of the chat channel that this list knows. */
      seq: Seq,
    }),
    problems: chatProblems,
  }),
  say: route({
    method: "POST",
    path: "/gatherings/:gatheringId/messages",
    summary: "Say something in the chat",
    status: 201,
    who: "holder",
    idempotent: true,
    params: ofGathering,
    body: SayInput,
    reply: Message,
    problems: [...chatProblems, "rate.limited"],
  }),
  edit: route({
    method: "PATCH",
    path: "/gatherings/:gatheringId/messages/:messageId",
    summary: "Change what one has said",
    status: 200,
    who: "holder",
    params: ofMessage,
    body: EditInput,
    reply: Message,
    problems: [...chatProblems, "message.not_found", "auth.forbidden", "rate.limited"],
  }),
  remove: route({
    method: "DELETE",
    path: "/gatherings/:gatheringId/messages/:messageId",
    summary: "Delete a message: one's own, or any as a host",
    status: 204,
    who: "holder",
    params: ofMessage,
    reply: z.undefined(),
    problems: [...chatProblems, "message.not_found", "auth.forbidden"],
  }),
};

export const chat = channel({
  name: "gathering/:gatheringId/chat",
  params: ofGathering,
  told: {
    said: Message.omit({ seq: true }),
    edited: z.object({ id: z.uuid(), text: z.string(), editedAt: Instant }),
    deleted: z.object({ id: z.uuid(), deletedAt: Instant }),
  },
  said: { say: SayInput, edit: EditInput.extend({ id: z.uuid() }), remove: z.strictObject({ id: z.uuid() }) },
  keepsHistory: true,
});
