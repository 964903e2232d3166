import { randomUUIDv7 } from "node:crypto";

import { record as audit, recordOwn } from "#server/modules/audit/service.ts";
import { emailChangeLetter } from "#server/modules/identity/emails/email-change.ts";
import { addressTakenOver } from "#server/modules/identity/facts.ts";
import * as repo from "#server/modules/identity/repo/accounts.ts";
import * as former from "#server/modules/identity/repo/former-addresses.ts";
import { deleteSessions, findBegunAt } from "#server/modules/identity/repo/sessions.ts";
import { deleteStepsOf } from "#server/modules/identity/repo/steps.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { countGuess, datedToken } from "#server/modules/identity/sign-in.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { askAgain } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

const undoMs = 7 * 86_400_000;

/**
 * Writes to the new address the link that makes it the account's own, and to the old one that this was asked for.
 *
 * An address that has an account gets a letter that says so: the answer is the same.
 */
export async function askEmailChange(ctx: Ctx, email: string): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  const { userId, sessionId } = await needConfirmed(ctx);
  await countGuess(ctx, "letter", email);
  await inTx(ctx, async (tctx) => {
    const account = await repo.findCredentials(tctx.db, userId);
    if (!account) throw new Problem("auth.required");
    const { publicUrl } = tctx.settings;
    const isFree = !(await repo.findByEmail(tctx.db, email));
    const since = await findBegunAt(tctx.db, sessionId);
    const token = isFree && (await beginStep(tctx, "email", { userId, email, since: since ?? tctx.now() }));
    const letter = emailChangeLetter({
      locale: account.locale,
      publicUrl,
      to: { address: email, name: account.name },
      url: token ? `${publicUrl}/verify/email?token=${token}` : undefined,
    });
    await post(tctx, letter, { key: `email-change/${tctx.from.requestId}`, lane: "urgent" });
    await audit(tctx, "identity.email_change_asked", { kind: "user", id: userId });
    await tellOwner(tctx, account, "emailAsked");
  });
  return {};
}

/**
 * Makes the address whose link is shown the account's own, and writes to the old one how it is put back.
 *
 * Registrations that the address took as a guest come along; links made before are dead.
 */
export function confirmEmailChange(ctx: Ctx, token: string): Promise<void> {
  return inTx(ctx, async (tctx) => {
    const { userId, email, since } = await endStep(tctx, "email", token);
    const account = userId && (await repo.findCredentials(tctx.db, userId));
    if (!account || !email) throw new Problem("auth.link_invalid");
    await moveTo(tctx, { userId, email, taken: "auth.link_invalid" });
    await recordOwn(tctx, "identity.email_changed", userId);
    const undo = await keepFormer(tctx, account, { email, since: since ?? tctx.now() });
    await tellOwner(tctx, account, "emailChanged", undo);
  });
}

/**
 * Puts the address whose letter is shown back, and gives the token of a new password: whoever changed it was a stranger.
 *
 * All are signed out and the password is void. What the session that asked for the change may have added goes too; what stood
 * before stays, so that a thief of the old mailbox alone does not get past the owner's second factor.
 */
export function undoEmailChange(ctx: Ctx, token: string): Promise<{ token: string }> {
  return inTx(ctx, async (tctx) => {
    const link = readLinkToken(tctx.settings.secrets.links, token);
    const was = link?.kind === "address" && (await former.takeFormer(tctx.db, link.id, tctx.now()));
    if (!was) throw new Problem("auth.link_invalid");
    const { userId, email, since } = was;
    const account = await repo.findCredentials(tctx.db, userId);
    // Of those who have left nothing is kept here.
    if (!account) throw new Problem("auth.banned");
    const personId = await moveTo(tctx, { userId, email, taken: "auth.address_taken" });
    await former.closeWaysSince(tctx.db, userId, since);
    await deleteSessions(tctx.db, userId, undefined);
    await askAgain(tctx, { personId });
    await recordOwn(tctx, "identity.email_put_back", userId);
    await tellOwner(tctx, account, "emailPutBack");
    return { token: datedToken(tctx, "reset", userId, account.version + 1) };
  });
}

async function moveTo(
  tctx: TxCtx,
  { userId, email, taken }: { userId: string; email: string; taken: "auth.link_invalid" | "auth.address_taken" },
): Promise<string> {
  if (!(await repo.setEmail(tctx.db, { userId, email, now: tctx.now() }))) throw new Problem(taken);
  const formerId = await repo.releaseAddress(tctx.db, email);
  const personId = await repo.setPersonEmail(tctx.db, userId, email);
  await deleteStepsOf(tctx.db, userId);
  if (formerId) await record(tctx, addressTakenOver({ personId, formerId }));
  return personId;
}

/** The link that puts the old address back; none where the account has itself gone back to one that it had. */
async function keepFormer(
  tctx: TxCtx,
  account: { id: string; email: string | null },
  { email, since }: { email: string; since: Date },
): Promise<{ undoUrl?: string }> {
  const { db, settings } = tctx;
  // Else whoever came between would return by a link of their own.
  if (await former.deleteFormerFrom(db, account.id, email)) return {};
  if (account.email === null) return {};
  const now = tctx.now();
  const id = randomUUIDv7();
  const endsAt = new Date(now.getTime() + undoMs);
  await former.insertFormer(db, { id, userId: account.id, email: account.email, since, endsAt, now });
  const token = linkToken(settings.secrets.links, { kind: "address", id, version: 1 });
  return { undoUrl: `${settings.publicUrl}/verify/email/undo?token=${token}` };
}
