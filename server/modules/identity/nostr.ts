import { createHash } from "node:crypto";
import { bech32 } from "@scure/base";
import { z } from "zod";

import type { RawBody } from "#contract/route.ts";

/** NIP-98: a request to an HTTP house, signed with a Nostr key. */
const httpAuth = 27_235;
const windowSeconds = 60;

const Event = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  pubkey: z.string().regex(/^[0-9a-f]{64}$/),
  created_at: z.int(),
  kind: z.literal(httpAuth),
  tags: z.array(z.array(z.string().max(2000)).max(20)).max(20),
  content: z.string().max(2000),
  sig: z.string().regex(/^[0-9a-f]{128}$/),
});
type Event = z.infer<typeof Event>;

/** Who has signed a request, and what it is known by until it can be shown no more. */
export interface Proof {
  pubkey: string;
  id: Buffer;
  endsAt: Date;
}

/** What was asked, as the house knows it: the addresses it has, the method, and the bytes that came. */
interface Asked {
  urls: readonly string[];
  method: string;
  now: Date;
}

/**
 * Reads who has signed this very request with a Nostr key (NIP-98); nothing where it was signed for another address,
 * method, body or time, or by nobody. Whether it was shown before is for the caller to ask.
 */
export async function readProof({ headers, bytes }: RawBody, { urls, method, now }: Asked): Promise<Proof | undefined> {
  const event = eventIn(headers.authorization);
  if (!event || !urls.includes(tag(event, "u") ?? "") || tag(event, "method") !== method) return undefined;
  if (Math.abs(now.getTime() / 1000 - event.created_at) > windowSeconds) return undefined;
  if (!isPayload(event, bytes) || !(await isSigned(event))) return undefined;
  return {
    pubkey: event.pubkey,
    id: Buffer.from(event.id, "hex"),
    endsAt: new Date((event.created_at + windowSeconds + 1) * 1000),
  };
}

const longestHeader = 10_000;

function eventIn(header: unknown): Event | undefined {
  const text = typeof header === "string" && header.length <= longestHeader ? header : "";
  const base64 = /^Nostr +([A-Za-z0-9+/]+=*)$/i.exec(text)?.[1];
  if (!base64) return undefined;
  try {
    return Event.safeParse(JSON.parse(Buffer.from(base64, "base64").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

const tag = ({ tags }: Event, name: string) => tags.find(([key]) => key === name)?.[1];

/** A body is signed for by its digest; a request without one needs none. */
function isPayload(event: Event, bytes: Uint8Array): boolean {
  const signed = tag(event, "payload");
  if (signed === undefined) return bytes.length === 0;
  return signed === sha256(bytes).toString("hex");
}

/** The id is the digest of what was signed (NIP-01), and the signature is over the id. */
async function isSigned({ id, pubkey, created_at, kind, tags, content, sig }: Event): Promise<boolean> {
  const digest = sha256(JSON.stringify([0, pubkey, created_at, kind, tags, content]));
  if (digest.toString("hex") !== id) return false;
  // Curves are computed when they load: a start does not wait for them.
  const { schnorr } = await import("@noble/curves/secp256k1.js");
  const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));
  return schnorr.verify(bytes(sig), new Uint8Array(digest), bytes(pubkey));
}

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();

/** A public key as people know it: `npub1…` (NIP-19). */
export const npubOf = (pubkey: string): string =>
  bech32.encodeFromBytes("npub", new Uint8Array(Buffer.from(pubkey, "hex")));
