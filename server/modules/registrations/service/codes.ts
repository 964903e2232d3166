import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { toString as drawSvg } from "qrcode";

import { claimBytes, readTicket, type TicketClaim, typedCode, writeTicket } from "#domain/ticketing/code.ts";
import type { Ctx } from "#server/platform/ctx.ts";

type Keys = { publicKey: KeyObject; id: number };
const known = new WeakMap<KeyObject, Keys>();

/** The public half of the ticket key, and the number by which codes name it. */
function keysOf(privateKey: KeyObject): Keys {
  const seen = known.get(privateKey);
  if (seen) return seen;
  const publicKey = createPublicKey(privateKey);
  const bytes = publicKey.export({ format: "der", type: "spki" });
  const keys = { publicKey, id: createHash("sha256").update(bytes).digest().readUInt32BE(0) };
  known.set(privateKey, keys);
  return keys;
}

/** What a ticket shows at the door: the text of its QR code, and the short one to be typed. */
export function codesOf(
  ctx: Pick<Ctx, "settings">,
  ticketId: string,
  version: number,
): { code: string; typedCode: string } {
  const { ticketKey } = ctx.settings;
  const bytes = claimBytes({ keyId: keysOf(ticketKey).id, ticketId, version });
  return { code: writeTicket(bytes, sign(null, bytes, ticketKey)), typedCode: typedCode(ticketId) };
}

/** Reads a QR code that we have signed; nothing for any other text. */
export function verifiedClaim(ctx: Pick<Ctx, "settings">, text: string): TicketClaim | undefined {
  const read = readTicket(text);
  if (!read) return undefined;
  const { publicKey, id } = keysOf(ctx.settings.ticketKey);
  const holds = read.claim.keyId === id && verify(null, read.signed, publicKey, read.signature);
  return holds ? read.claim : undefined;
}

/** Draws a code as a picture that any size suits. */
export const drawCode = (code: string): Promise<string> =>
  drawSvg(code, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
