import type { Me } from "#contract/identity.ts";
import { recordOwn } from "#server/modules/audit/service.ts";
import { findSummary } from "#server/modules/identity/repo/second-factors.ts";
import { profileOf } from "#server/modules/identity/service/profile.ts";
import { openSession } from "#server/modules/identity/sign-in.ts";
import { beginStep } from "#server/modules/identity/steps.ts";
import { accessToken } from "#server/modules/identity/tokens.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** What somebody has shown to get in. */
export type Way = "password" | "link" | "passkey" | "provider" | "nostr";

export interface Entered {
  user: Me;
  next: string | null;
  sessionId: string;
}
/** The first half is shown: the token stands for it. */
interface Halfway {
  step: string;
}

interface How {
  by: Way;
  next?: string;
  /** The second factor is shown too. */
  isWhole?: boolean;
}

/**
 * Opens a session for an account, or takes down that its second factor is still to be shown.
 *
 * Who has just shown a password or a passkey need not show it again for ten minutes.
 */
export async function enter(
  tctx: TxCtx,
  account: { id: string; bannedAt: Date | null },
  { by, next = "", isWhole = false }: How,
): Promise<Entered | Halfway> {
  if (account.bannedAt) throw new Problem("auth.banned");
  if (!isWhole && (await findSummary(tctx.db, account.id))) {
    return { step: await beginStep(tctx, "second", { userId: account.id, secret: by, next }) };
  }
  const isConfirmed = by === "password" || by === "passkey";
  const sessionId = await openSession(tctx, account.id, { isConfirmed });
  await recordOwn(tctx, "identity.signed_in", account.id, { new: { by } });
  return { user: await profileOf(tctx.db, account.id), next: next || null, sessionId };
}

/** Runs what ends in `enter`, and asks for the second factor, once what came before is kept. */
export async function letIn(ctx: Ctx, run: (tctx: TxCtx) => Promise<Entered | Halfway>): Promise<Entered> {
  const entered = await inTx(ctx, run);
  if ("step" in entered) throw new Problem("auth.second_step", { step: entered.step });
  return entered;
}

/** Adds an access token for who asked for one. */
export async function withToken(ctx: Ctx, entered: Entered, wanted: string | undefined) {
  if (wanted !== "true") return entered;
  return { ...entered, ...(await accessToken(ctx, { userId: entered.user.id, sessionId: entered.sessionId })) };
}

/** A fresh access token for the session that asks; a token cannot prolong itself. */
export async function freshToken(ctx: Ctx): Promise<{ accessToken: string; expiresIn: number }> {
  if (ctx.actor.kind !== "user" || ctx.actor.byToken) throw new Problem("auth.forbidden");
  return accessToken(ctx, ctx.actor);
}
