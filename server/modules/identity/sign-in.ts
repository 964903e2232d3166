import { createHash, createHmac, randomUUIDv7, timingSafeEqual } from "node:crypto";

import * as sessions from "#server/modules/identity/repo/sessions.ts";
import { countTry, forgetTry } from "#server/modules/identity/repo/tries.ts";
import { hashToken, newSessionToken, sessionCookie, sessionDays } from "#server/modules/identity/sessions.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { networkOf } from "#server/platform/limits.ts";
import { type LinkKind, linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

const minute = 60_000;
const day = 86_400_000;

/** Opens a session for an account: a row with a digest here, the token itself only in the caller's cookie. */
export async function openSession(
  tctx: TxCtx,
  userId: string,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<string> {
  const { actor, from, settings } = tctx;
  const now = tctx.now();
  // Whoever signs in anew in a browser leaves nothing open behind them.
  if (actor.kind === "user") await sessions.deleteSession(tctx.db, actor.userId, actor.sessionId);
  const token = newSessionToken();
  const id = randomUUIDv7();
  await sessions.insertSession(tctx.db, {
    id,
    tokenHash: hashToken(token),
    userId,
    address: from.address,
    agent: from.agent,
    now,
    confirmedAt: isConfirmed ? now : null,
    expiresAt: new Date(now.getTime() + sessionDays * day),
  });
  tctx.reply.setCookie(sessionCookie(settings.publicUrl), token, (sessionDays * day) / 1000);
  return id;
}

/**
 * How often what may be tried, per account and per network; kept in the database, so for all processes together.
 *
 * A network may be a whole school, so it is given more; the routes' own limits per minute stand before these.
 */
const allowed = {
  "sign-in": { account: 10, network: 300, minutes: 15 },
  code: { account: 10, network: 300, minutes: 60 },
  letter: { account: 5, network: 1000, minutes: 60 },
  second: { account: 10, network: 300, minutes: 15 },
  password: { account: 10, network: 300, minutes: 15 },
} as const;

interface Try {
  /** Set when it is one too many: how long to wait. */
  waitSeconds: number | undefined;
  /** Takes it back, when it was no guess. */
  forget: () => Promise<void>;
}

/**
 * Counts a try before it is made, so that many at once are no way around the limit.
 *
 * An account is an address, whether somebody has it or not: the limit tells nothing about that.
 */
export async function tryOnce(ctx: Ctx, kind: keyof typeof allowed, address: string): Promise<Try> {
  const { minutes, ...most } = allowed[kind];
  const now = ctx.now();
  const subjects = { account: accountOf(address), network: `network/${networkOf(ctx.from.address)}` };
  let waitSeconds: number | undefined;
  for (const by of ["account", "network"] as const) {
    const { count, since } = await countTry(ctx.db, { subject: subjects[by], kind, now, minutes });
    if (count <= most[by]) continue;
    waitSeconds = Math.max(waitSeconds ?? 1, Math.ceil((since.getTime() + minutes * minute - now.getTime()) / 1000));
  }
  const forget = async () => {
    for (const subject of Object.values(subjects)) await forgetTry(ctx.db, subject, kind);
  };
  return { waitSeconds, forget };
}

/** The same, and refuses the one too many. */
export async function countGuess(ctx: Ctx, kind: keyof typeof allowed, address: string): Promise<() => Promise<void>> {
  const { waitSeconds, forget } = await tryOnce(ctx, kind, address);
  if (waitSeconds === undefined) return forget;
  ctx.reply.header("retry-after", String(waitSeconds));
  throw new Problem("rate.limited", { retryAfterSeconds: waitSeconds });
}

const accountOf = (address: string) => `account/${createHash("sha256").update(address).digest("base64url")}`;

/** Links carry when they were made, in steps of ten minutes, beside the version they are for: nothing is stored. */
const step = 10 * minute;
const stepsPerVersion = 10_000_000;

export function datedToken(ctx: Pick<Ctx, "settings" | "now">, kind: LinkKind, id: string, version: number): string {
  const madeAt = Math.floor(ctx.now().getTime() / step);
  return linkToken(ctx.settings.secrets.links, { kind, id, version: version * stepsPerVersion + madeAt });
}

/** What a dated link is for, while it is young enough. */
export function readDatedToken(
  ctx: Pick<Ctx, "settings" | "now">,
  token: string,
  expected: { kind: LinkKind; minutes: number },
): { id: string; version: number } | undefined {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  if (link?.kind !== expected.kind) return undefined;
  const age = Math.floor(ctx.now().getTime() / step) - (link.version % stepsPerVersion);
  if (age < 0 || age * step > expected.minutes * minute) return undefined;
  return { id: link.id, version: Math.floor(link.version / stepsPerVersion) };
}

const codeStep = 15 * minute;

/** The six digits that stand in a letter now: of our secret, what they are for, and the quarter of an hour. */
export function codeFor(ctx: Pick<Ctx, "settings" | "now">, subjectId: string, stepsAgo = 0): string {
  const at = Math.floor(ctx.now().getTime() / codeStep) - stepsAgo;
  const mac = createHmac("sha256", ctx.settings.secrets.links).update(`code ${subjectId} ${at}`).digest();
  // 2^48 is no multiple of a million, but so much larger that no code is likelier than another by 4 in a billion.
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, "0");
}

/** Whether this code stood in a letter of the last half an hour or so. */
export function isCode(ctx: Pick<Ctx, "settings" | "now">, subjectId: string, code: string): boolean {
  return [0, 1, 2].some((ago) => timingSafeEqual(Buffer.from(codeFor(ctx, subjectId, ago)), Buffer.from(code)));
}
