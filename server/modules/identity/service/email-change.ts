import { record as audit, recordOwn } from "#server/modules/audit/service.ts";
import { emailChangeLetter } from "#server/modules/identity/emails/email-change.ts";
import { addressTakenOver } from "#server/modules/identity/facts.ts";
import * as repo from "#server/modules/identity/repo/accounts.ts";
import { deleteStepsOf } from "#server/modules/identity/repo/steps.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { countGuess } from "#server/modules/identity/sign-in.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * Writes to the new address the link that makes it the account's own, and to the old one that this was asked for.
 *
 * An address that has an account gets a letter that says so: the answer is the same.
 */
export async function askEmailChange(ctx: Ctx, email: string): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  const { userId } = await needConfirmed(ctx);
  await countGuess(ctx, "letter", email);
  await inTx(ctx, async (tctx) => {
    const account = await repo.findCredentials(tctx.db, userId);
    if (!account) throw new Problem("auth.required");
    const { publicUrl } = tctx.settings;
    const isFree = !(await repo.findByEmail(tctx.db, email));
    const token = isFree && (await beginStep(tctx, "email", { userId, email }));
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
 * Makes the address whose link is shown the account's own.
 *
 * Registrations that the address took as a guest come along; links made before are dead.
 */
export function confirmEmailChange(ctx: Ctx, token: string): Promise<void> {
  return inTx(ctx, async (tctx) => {
    const { userId, email } = await endStep(tctx, "email", token);
    const account = userId && (await repo.findCredentials(tctx.db, userId));
    if (!account || !email) throw new Problem("auth.link_invalid");
    if (!(await repo.setEmail(tctx.db, { userId, email, now: tctx.now() }))) throw new Problem("auth.link_invalid");
    const formerId = await repo.releaseAddress(tctx.db, email);
    const personId = await repo.setPersonEmail(tctx.db, userId, email);
    await deleteStepsOf(tctx.db, userId);
    await recordOwn(tctx, "identity.email_changed", userId);
    if (formerId) await record(tctx, addressTakenOver({ personId, formerId }));
    await tellOwner(tctx, account, "emailChanged");
  });
}
