import { createHmac, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";

import type { Ctx } from "#server/platform/ctx.ts";
import { seal, unseal } from "#server/platform/seal.ts";

const seconds = 30;

const about = (userId: string) => `second-factor/${userId}`;

export function newFactorSecret(ctx: Pick<Ctx, "settings">, userId: string): Buffer {
  return seal(ctx.settings.secrets.seals, about(userId), new Secret({ size: 20 }).bytes);
}

function totpOf(ctx: Pick<Ctx, "settings">, userId: string, sealed: Buffer, label = ""): TOTP {
  const bytes = unseal(ctx.settings.secrets.seals, about(userId), sealed);
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
  return new TOTP({ issuer: new URL(ctx.settings.publicUrl).host, label, secret, period: seconds });
}

/** What an authenticator program is told: as an address for a QR code, and as letters to type. */
export function describeFactor(ctx: Pick<Ctx, "settings">, userId: string, sealed: Buffer, label: string) {
  const totp = totpOf(ctx, userId, sealed, label);
  return { uri: totp.toString(), secret: totp.secret.base32 };
}

/** The thirty seconds that a code belongs to, if it is one of now, the last or the next; clocks of phones are a little off. */
export function stepOfCode(
  ctx: Pick<Ctx, "settings" | "now">,
  userId: string,
  sealed: Buffer,
  code: string,
): number | undefined {
  const timestamp = ctx.now().getTime();
  const delta = totpOf(ctx, userId, sealed).validate({ token: code, timestamp, window: 1 });
  return delta === null ? undefined : Math.floor(timestamp / (seconds * 1000)) + delta;
}

/** Without letters and digits that are taken for each other. */
const signs = "abcdefghjkmnpqrstuvwxyz23456789";

/** Ten codes of fifty bits each, for when the phone is lost. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const typed = Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join("");
    return `${typed.slice(0, 5)}-${typed.slice(5)}`;
  });

/** How a recovery code is stored: of no use without the key that is not in the database. */
export const hashRecoveryCode = (ctx: Pick<Ctx, "settings">, userId: string, code: string): Buffer =>
  createHmac("sha256", ctx.settings.secrets.seals)
    .update(`recovery ${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, "")}`)
    .digest();
