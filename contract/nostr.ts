import { z } from "zod";

import { MaybeToken, TokenWish } from "#contract/identity.ts";
import { type RawBody, route } from "#contract/route.ts";
import { Entered } from "#contract/security.ts";

const NostrKey = z.object({
  /** As people know it: `npub1…`. */
  npub: z.string(),
});
export type NostrKey = z.infer<typeof NostrKey>;

/**
 * A Nostr key that opens an account. It is shown by a request that is signed with it (NIP-98): `Authorization: Nostr …`
 * over the public address of the route with all behind it, its method, and its body where it has one.
 */
export const nostr = {
  signIn: route({
    method: "POST",
    path: "/auth/nostr",
    summary: "Sign in with a linked Nostr key, by a request signed with it (NIP-98)",
    status: 200,
    who: "anyone",
    limit: 20,
    raw: true,
    query: TokenWish,
    body: z.custom<RawBody>(),
    reply: Entered.extend(MaybeToken.shape),
    problems: ["request.invalid", "nostr.refused", "auth.banned", "auth.second_step", "rate.limited"],
  }),
  link: route({
    method: "PUT",
    path: "/me/nostr-key",
    summary: "Let the Nostr key that this request is signed with (NIP-98) open my account, instead of one before",
    status: 200,
    who: "signedIn",
    limit: 20,
    raw: true,
    body: z.custom<RawBody>(),
    reply: NostrKey,
    problems: ["auth.required", "auth.confirm_needed", "nostr.refused", "rate.limited"],
  }),
  unlink: route({
    method: "DELETE",
    path: "/me/nostr-key",
    summary: "Unlink my Nostr key",
    status: 204,
    who: "signedIn",
    reply: z.undefined(),
    problems: ["auth.required", "auth.confirm_needed", "nostr.not_found"],
  }),
};
