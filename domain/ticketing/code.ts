import { fromBase32, tidyTyped, toBase32 } from "#domain/ticketing/base32.ts";

/**
 * What a ticket's QR code says. `version` is raised when a ticket is handed on or sent anew, so that older codes stop
 * working; `keyId` tells which key signed it, so that keys can change.
 */
export interface TicketClaim {
  keyId: number;
  ticketId: string;
  version: number;
}

export interface ReadTicket {
  claim: TicketClaim;
  /** The bytes that were signed. */
  signed: Uint8Array;
  signature: Uint8Array;
}

const prefix = "PL1";
const claimLength = 22;
const signatureLength = 64;
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The bytes to sign for a claim: key id (4), ticket (16), version (2). */
export function claimBytes({ keyId, ticketId, version }: TicketClaim): Uint8Array {
  if (!uuidShape.test(ticketId)) throw new RangeError("A ticket id is a UUID in lower case.");
  const bytes = new Uint8Array(claimLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, keyId);
  const hex = ticketId.replaceAll("-", "");
  for (let n = 0; n < 16; n++) view.setUint8(4 + n, Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16));
  view.setUint16(20, version);
  return bytes;
}

/** The text of the QR code: a claim and its Ed25519 signature, 141 capital letters and digits. */
export function writeTicket(signed: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(claimLength + signatureLength);
  bytes.set(signed);
  bytes.set(signature, claimLength);
  return prefix + toBase32(bytes);
}

/** Reads the text of a QR code; null when it is none of ours. Whether the signature holds is for the caller to verify. */
export function readTicket(text: string): ReadTicket | null {
  if (!text.startsWith(prefix)) return null;
  const bytes = fromBase32(text.slice(prefix.length));
  if (bytes?.length !== claimLength + signatureLength) return null;
  const signed = bytes.slice(0, claimLength);
  const view = new DataView(signed.buffer);
  const hex = Array.from(signed.slice(4, 20), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const ticketId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return {
    claim: { keyId: view.getUint32(0), ticketId, version: view.getUint16(20) },
    signed,
    signature: bytes.slice(claimLength),
  };
}

const tailLength = 6;

/** The short code that stands below a QR code, for when no camera helps: the end of the ticket's id, `4F7K2-9QTRW`. */
export function typedCode(ticketId: string): string {
  const hex = ticketId.replaceAll("-", "").slice(-2 * tailLength);
  const bytes = Uint8Array.from({ length: tailLength }, (_, n) => Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16));
  const text = toBase32(bytes);
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** Whether a text can be a ticket's code at all, scanned or typed; which ticket it is of, and whether it is true, is not asked. */
export const looksLikeCode = (text: string): boolean =>
  text.startsWith(prefix) || /^[0-9A-Z]{10}$/.test(tidyTyped(text));

/** Reads a short code however it was typed: the last twelve hexadecimal digits of a ticket's id, or null. */
export function readTyped(text: string): string | null {
  const bytes = fromBase32(tidyTyped(text));
  if (bytes?.length !== tailLength) return null;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
