import { rightChanged } from "#server/modules/access/facts.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { forgetLetter } from "#server/modules/identity/emails/forget.ts";
import { leftLetter } from "#server/modules/identity/emails/left.ts";
import { left } from "#server/modules/identity/facts.ts";
import { hasOtherAdmin, lockLeaver } from "#server/modules/identity/repo/governing.ts";
import * as repo from "#server/modules/identity/repo/leaving.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { sessionCookie } from "#server/modules/identity/sessions.ts";
import { countGuess } from "#server/modules/identity/sign-in.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { burnLetters, post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

/** What stands where a name was, in the language of who bore it. */
const nameless = (locale: string) => say(locale, "privacy.nameless");

/**
 * Deletes an account: a nameless row is left, every session ends, and a last letter says so.
 *
 * What other modules keep of the person goes with the fact.
 */
export async function erase(tctx: TxCtx, userId: string): Promise<void> {
  const account = await lockLeaver(tctx.db, userId);
  if (!account) throw new Problem("auth.required");
  if (account.role === "admin" && !(await hasOtherAdmin(tctx.db, userId))) throw new Problem("user.last_admin");
  const { personId, email, name, locale } = account;
  const { publicUrl } = tctx.settings;
  if (email) await burnLetters(tctx, email);
  await repo.eraseAccount(tctx.db, userId, nameless(locale), tctx.now());
  await repo.erasePerson(tctx.db, personId, nameless(locale));
  await audit(tctx, "identity.left", { kind: "user", id: userId });
  await record(tctx, left({ personId, userId }), rightChanged({ personId }));
  if (email && tctx.gateways.mail.kind !== "off") {
    const letter = leftLetter({ locale, publicUrl, to: { address: email, name } });
    await post(tctx, letter, { key: `left/${userId}`, lane: "urgent" });
  }
  tctx.reply.setCookie(sessionCookie(publicUrl), "", 0);
}

/**
 * Writes to an address that somebody registered with as a guest the link that makes the house forget it.
 *
 * To the address of an account, how to delete that; to one that is not known, nothing. The answer is the same.
 */
export async function askToForget(ctx: Ctx, email: string): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  await countGuess(ctx, "letter", email);
  await inTx(ctx, async (tctx) => {
    const known = await repo.findAddressee(tctx.db, email);
    if (!known) return;
    const { publicUrl } = tctx.settings;
    const url = known.isAccount ? undefined : `${publicUrl}/forget?token=${await beginStep(tctx, "forget", { email })}`;
    const letter = forgetLetter({ locale: tctx.locale, publicUrl, to: { address: email, name: known.name }, url });
    await post(tctx, letter, { key: `forget/${tctx.from.requestId}`, lane: "urgent" });
    await audit(tctx, "person.forget_asked", { kind: "person", id: known.personId });
  });
  return {};
}

/** Forgets the guest whose letter's link is shown; the link serves once. */
export function forget(ctx: Ctx, token: string): Promise<void> {
  return inTx(ctx, async (tctx) => {
    const { email } = await endStep(tctx, "forget", token);
    const known = email === null ? undefined : await repo.findAddressee(tctx.db, email);
    // They have made an account since, and delete that.
    if (!email || !known || known.isAccount) throw new Problem("auth.link_invalid");
    const { personId } = known;
    await burnLetters(tctx, email);
    await repo.erasePerson(tctx.db, personId, nameless(tctx.locale));
    await audit(tctx, "person.forgotten", { kind: "person", id: personId });
    await record(tctx, left({ personId }), rightChanged({ personId }));
  });
}
