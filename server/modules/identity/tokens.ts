import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, type JWK, jwtVerify, SignJWT } from "jose";

import type { Ctx } from "#server/platform/ctx.ts";

export const tokenSeconds = 15 * 60;

interface Keys {
  privateKey: KeyObject;
  publicKey: KeyObject;
  jwk: JWK;
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS8. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

const made = new Map<string, Promise<Keys>>();

/** The key pair comes from our secret: all processes have the same, and none is stored. */
function keysOf({ settings }: Pick<Ctx, "settings">): Promise<Keys> {
  const secret = settings.secrets.tokens;
  const known = made.get(secret) ?? makeKeys(secret);
  made.set(secret, known);
  return known;
}

async function makeKeys(secret: string): Promise<Keys> {
  const seed = Buffer.from(secret, "base64url").subarray(0, 32);
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  return { privateKey, publicKey, jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), use: "sig", alg: "EdDSA" } };
}

/** The public half, for others who want to read our tokens. */
export async function publicKeys(ctx: Pick<Ctx, "settings">): Promise<{ keys: JWK[] }> {
  return { keys: [(await keysOf(ctx)).jwk] };
}

/** A token that says for fifteen minutes which session its bearer has. It is dead with that session. */
export async function accessToken(
  ctx: Pick<Ctx, "settings" | "now">,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<{ accessToken: string; expiresIn: number }> {
  const { privateKey, jwk } = await keysOf(ctx);
  const { publicUrl } = ctx.settings;
  const since = Math.floor(ctx.now().getTime() / 1000);
  const token = await new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: jwk.kid ?? "" })
    .setIssuer(publicUrl)
    .setAudience(publicUrl)
    .setSubject(userId)
    .setIssuedAt(since)
    .setExpirationTime(since + tokenSeconds)
    .sign(privateKey);
  return { accessToken: token, expiresIn: tokenSeconds };
}

/** The session that a token of ours is for, while it is young; whether the session lives is for the caller to ask. */
export async function sessionOfToken(ctx: Pick<Ctx, "settings" | "now">, token: string): Promise<string | undefined> {
  const { publicKey } = await keysOf(ctx);
  const { publicUrl } = ctx.settings;
  try {
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ["EdDSA"],
      typ: "at+jwt",
      issuer: publicUrl,
      audience: publicUrl,
      currentDate: ctx.now(),
    });
    return typeof payload.sid === "string" ? payload.sid : undefined;
  } catch {
    return undefined;
  }
}
