import type { Security } from "#contract/security.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { npubOf } from "#server/modules/identity/nostr.ts";
import { isPassword } from "#server/modules/identity/passwords.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import { findKey } from "#server/modules/identity/repo/nostr.ts";
import { listPasskeys } from "#server/modules/identity/repo/passkeys.ts";
import { findSummary } from "#server/modules/identity/repo/second-factors.ts";
import * as repo from "#server/modules/identity/repo/sessions.ts";
import { countGuess } from "#server/modules/identity/sign-in.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const minutes = 10;

/** Shows the account that asks how it signs in. */
export async function getSecurity(ctx: Ctx): Promise<Security> {
  const found = await accounts.findCredentials(ctx.db, userOf(ctx).userId);
  if (!found) throw new Problem("auth.required");
  const [until, factor, passkeys, key] = await Promise.all([
    confirmedUntil(ctx),
    findSummary(ctx.db, found.id),
    listPasskeys(ctx.db, found.id),
    findKey(ctx.db, found.id),
  ]);
  return {
    email: found.email ?? "",
    hasPassword: found.passwordHash !== null,
    passkeys: passkeys.length,
    nostrKey: key === undefined ? null : npubOf(key),
    secondFactor: factor ? { since: factor.since.toISOString(), codesLeft: factor.codesLeft } : null,
    confirmedUntil: until && until > ctx.now() ? until.toISOString() : null,
  };
}

/** Takes the password of the account that asks once more; for ten minutes its session may change what is guarded. */
export async function confirmByPassword(ctx: Ctx, password: string): Promise<void> {
  const account = await accounts.findCredentials(ctx.db, userOf(ctx).userId);
  if (!account) throw new Problem("auth.required");
  const forget = await countGuess(ctx, "password", account.email ?? account.id);
  if (!(await isPassword(ctx, account.passwordHash, password))) throw new Problem("auth.wrong");
  await forget();
  await inTx(ctx, noteConfirmed);
}

/** Notes that who sits at this session has just shown that it is them. */
export async function noteConfirmed(tctx: TxCtx): Promise<void> {
  const { userId, sessionId } = sessionOf(tctx);
  await repo.setConfirmed(tctx.db, sessionId, tctx.now());
  await audit(tctx, "identity.confirmed", { kind: "user", id: userId });
}

/** Refuses who has not shown a password or a passkey in the last ten minutes: a session left open must change nothing. */
export async function needConfirmed(ctx: Ctx | TxCtx): Promise<{ userId: string; sessionId: string }> {
  const until = await confirmedUntil(ctx);
  if (!until || until <= ctx.now()) throw new Problem("auth.confirm_needed");
  return sessionOf(ctx);
}

async function confirmedUntil(ctx: Ctx | TxCtx): Promise<Date | undefined> {
  const at = await repo.findConfirmedAt(ctx.db, sessionOf(ctx).sessionId);
  return at ? new Date(at.getTime() + minutes * 60_000) : undefined;
}

function sessionOf({ actor }: Pick<Ctx, "actor">): { userId: string; sessionId: string } {
  if (actor.kind !== "user") throw new Problem("auth.required");
  return actor;
}
