import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Tokens for links in letters: an HMAC over what the link is for, which thing it opens and at which version. Nothing
 * secret is stored, a later letter can carry the same link, and raising the version makes all older ones void.
 */
export type LinkKind =
  | "registration"
  | "claim"
  | "invitation"
  | "verify"
  | "reset"
  | "unsubscribe"
  | "feed"
  | "team"
  | "order"
  | "booking"
  | "step"
  | "address";

export interface LinkSubject {
  kind: LinkKind;
  id: string;
  version: number;
}

const keyId = "1";

/** The token: `1.<kind letter>.<id>.<version>.<signature of 160 bits>`, safe in an address. */
export function linkToken(secret: string, { kind, id, version }: LinkSubject): string {
  const subject = `${keyId}.${kind}.${Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url")}.${version.toString(36)}`;
  return `${subject}.${sign(secret, subject)}`;
}

/** What a token is about, if we made it; whether its version is still the one in force is for the caller to ask. */
export function readLinkToken(secret: string, token: string): LinkSubject | undefined {
  const match = /^(1\.([a-z]+)\.([\w-]{22})\.([0-9a-z]{1,7}))\.([\w-]{27})$/.exec(token);
  if (!match) return undefined;
  const [, subject = "", kind = "", id = "", version = "", signature = ""] = match;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, subject)))) return undefined;
  const hex = Buffer.from(id, "base64url").toString("hex");
  return {
    kind: kind as LinkKind,
    id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    version: Number.parseInt(version, 36),
  };
}

/** A text in which no token opens anything any more. */
export const withoutLinkTokens = (text: string): string =>
  text.replace(/\b1\.[a-z]+\.[\w-]{22}\.[0-9a-z]{1,14}\.[\w-]{27}/g, "…");

const sign = (secret: string, subject: string) =>
  createHmac("sha256", secret).update(`link ${subject}`).digest().subarray(0, 20).toString("base64url");
