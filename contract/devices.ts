import { z } from "zod";

import { route } from "#contract/route.ts";

/** A browser that is rung, as long as somebody is signed in there. */
export const Device = z.object({
  id: z.uuid(),
  /** What the browser calls itself. */
  agent: z.string(),
  /** The one that asks. */
  isHere: z.boolean(),
  /** Whether what appears on a locked screen may name what it is about. */
  showsTitles: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Device = z.infer<typeof Device>;

/** What a browser's `PushSubscription` says of itself (RFC 8030, RFC 8291). */
export const RingInput = z.strictObject({
  endpoint: z.url().max(2000),
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{87}=?$/),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
});
export type RingInput = z.infer<typeof RingInput>;

const OfDevice = z.strictObject({ id: z.uuid() });

export const devices = {
  list: route({
    method: "GET",
    path: "/me/devices",
    summary: "The browsers that are rung for me, and the key that a new one is asked with",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(Device), nextCursor: z.null(), publicKey: z.string() }),
    problems: ["auth.required"],
  }),
  ring: route({
    method: "PUT",
    path: "/me/devices",
    summary: "Ring the browser that asks, for as long as I am signed in there",
    status: 200,
    who: "signedIn",
    limit: 30,
    body: RingInput,
    reply: Device,
    problems: ["auth.required", "request.invalid", "device.refused", "rate.limited"],
  }),
  change: route({
    method: "PATCH",
    path: "/me/devices/:id",
    summary: "Say whether a browser may name what it is rung for",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: OfDevice,
    body: z.strictObject({ showsTitles: z.boolean() }),
    reply: Device,
    problems: ["auth.required", "request.invalid", "device.not_found", "rate.limited"],
  }),
  remove: route({
    method: "DELETE",
    path: "/me/devices/:id",
    summary: "Ring a browser no longer",
    status: 204,
    who: "signedIn",
    params: OfDevice,
    reply: z.undefined(),
    problems: ["auth.required", "request.invalid", "device.not_found"],
  }),
};
