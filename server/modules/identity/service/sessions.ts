import type { LoginInput, SessionView } from "#contract/identity.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { isPassword } from "#server/modules/identity/passwords.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/sessions.ts";
import { findNewestSignUp } from "#server/modules/identity/repo/sign-ups.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { postVerification, signUpsSince } from "#server/modules/identity/service/sign-up.ts";
import { sessionCookie } from "#server/modules/identity/sessions.ts";
import { countGuess, tryOnce } from "#server/modules/identity/sign-in.ts";
import { askAgain } from "#server/platform/channels.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * Signs in by address and password.
 *
 * An address without an account is refused like a wrong password and as slowly. Whoever knows the password of a wish
 * that is not verified gets its letter once more.
 */
export async function login(ctx: Ctx, { email, password }: LoginInput): Promise<Entered> {
  const forget = await countGuess(ctx, "sign-in", email);
  const account = await accounts.findByEmail(ctx.db, email);
  const signUp = await findNewestSignUp(ctx.db, email, signUpsSince(ctx));
  const passwordHash = account ? account.passwordHash : signUp?.passwordHash;
  if (!(await isPassword(ctx, passwordHash, password))) throw new Problem("auth.wrong");
  await forget();
  if (account) return letIn(ctx, (tctx) => enter(tctx, account, { by: "password" }));
  const { waitSeconds } = await tryOnce(ctx, "letter", email);
  if (signUp && waitSeconds === undefined) await inTx(ctx, (tctx) => postVerification(tctx, signUp));
  throw new Problem("auth.unverified");
}

/** Ends the session that asks; there may be none. */
export async function logout(ctx: Ctx): Promise<void> {
  ctx.reply.setCookie(sessionCookie(ctx.settings.publicUrl), "", 0);
  const { actor } = ctx;
  // Gone already when the same button was pressed twice.
  if (actor.kind === "user") await end(ctx, actor.sessionId);
}

/** Lists where the account is signed in, newest first. */
export async function listSessions(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: SessionView[]; nextCursor: string | null }> {
  const { userId } = userOf(ctx);
  const current = ctx.actor.kind === "user" ? ctx.actor.sessionId : undefined;
  const rows = await repo.listSessions(ctx.db, { userId, now: ctx.now(), before: cursor, most: limit + 1 });
  const items = rows.slice(0, limit).map(({ createdAt, lastSeenAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isCurrent: row.id === current,
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Ends one session of the account that asks; it is dead with the next request, and its sockets at once. */
export async function endSession(ctx: Ctx, sessionId: string): Promise<void> {
  if (!(await end(ctx, sessionId))) throw new Problem("session.not_found");
}

function end(ctx: Ctx, sessionId: string): Promise<boolean> {
  const { userId, personId } = userOf(ctx);
  return inTx(ctx, async (tctx) => {
    if (!(await repo.deleteSession(tctx.db, userId, sessionId))) return false;
    await audit(tctx, "identity.session_ended", { kind: "user", id: userId }, { old: { sessionId } });
    await askAgain(tctx, { personId });
    return true;
  });
}

/** Ends every session of the account but the one that asks. */
export async function endOtherSessions(ctx: Ctx): Promise<void> {
  const { userId, personId } = userOf(ctx);
  const current = ctx.actor.kind === "user" ? ctx.actor.sessionId : undefined;
  await inTx(ctx, async (tctx) => {
    const ended = await repo.deleteSessions(tctx.db, userId, current);
    await audit(tctx, "identity.sessions_ended", { kind: "user", id: userId }, { old: { sessions: ended } });
    await askAgain(tctx, { personId });
  });
}
