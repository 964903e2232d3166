import { randomUUIDv7 } from "node:crypto";

import type { Me, SignUpInput, VerifyInput } from "#contract/identity.ts";
import { record as audit, recordOwn } from "#server/modules/audit/service.ts";
import { accountKnownLetter } from "#server/modules/identity/emails/account-known.ts";
import { verifyLetter } from "#server/modules/identity/emails/verify.ts";
import { verified } from "#server/modules/identity/facts.ts";
import { hashPassword } from "#server/modules/identity/passwords.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/sign-ups.ts";
import { profileOf } from "#server/modules/identity/service/profile.ts";
import {
  codeFor,
  countGuess,
  datedToken,
  isCode,
  openSession,
  readDatedToken,
} from "#server/modules/identity/sign-in.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";

const linkMinutes = 24 * 60;
/** A little longer than the youngest link lives. */
const signUpDays = 7;
const day = 86_400_000;

/** Wishes older than this are as if they had never been. */
export const signUpsSince = (ctx: Pick<Ctx, "now">) => new Date(ctx.now().getTime() - signUpDays * day);

/**
 * Takes somebody's wish for an account, and writes to the address: how to verify it, or that it has an account already.
 *
 * Says the same and works as long in both cases, so that only the mailbox learns which it was.
 */
export async function register(ctx: Ctx, input: SignUpInput): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  await countGuess(ctx, "letter", input.email);
  const passwordHash = await hashPassword(ctx, input.password);
  const signUp: repo.SignUp = {
    id: randomUUIDv7(),
    email: input.email,
    name: input.name,
    passwordHash,
    locale: ctx.locale,
    timeZone: input.timeZone ?? "UTC",
    next: input.next ?? "",
  };
  await inTx(ctx, async (tctx) => {
    const account = await accounts.findByEmail(tctx.db, input.email);
    if (account) {
      const to = { address: input.email, name: account.name };
      const letter = accountKnownLetter({ locale: account.locale, publicUrl: tctx.settings.publicUrl, to });
      await post(tctx, letter, { key: `account-known/${account.id}/${tctx.from.requestId}`, lane: "urgent" });
    } else {
      await repo.insertSignUp(tctx.db, { ...signUp, now: tctx.now() });
      await postVerification(tctx, signUp);
    }
    await audit(tctx, "identity.sign_up_asked", { kind: "user", id: account?.id ?? signUp.id });
  });
  return {};
}

/** Nobody could ever get in where no letter goes out. */
export function refuseWithoutMail(ctx: Ctx): void {
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
}

/** Counts a letter that a stranger asks for: no mailbox gets more than a few in an hour, whoever has it. */
export const countLetter = async (ctx: Ctx, email: string): Promise<void> =>
  void (await countGuess(ctx, "letter", email));

/** Writes the link and the code of a wish to its address, once per request. */
export async function postVerification(tctx: TxCtx, { id, email, name, locale }: repo.SignUp): Promise<void> {
  const { publicUrl } = tctx.settings;
  const letter = verifyLetter({
    locale,
    publicUrl,
    to: { address: email, name },
    url: `${publicUrl}/verify?token=${datedToken(tctx, "verify", id, 1)}`,
    code: codeFor(tctx, id),
  });
  await post(tctx, letter, { key: `verify/${id}/${tctx.from.requestId}`, lane: "urgent" });
}

/**
 * Makes the account whose link or code is shown, takes over what its address had as a guest, and signs in.
 *
 * All other wishes of the address end with it, so a link serves once.
 */
export async function verify(ctx: Ctx, input: VerifyInput): Promise<{ user: Me; next: string | null }> {
  const shown = await wishOf(ctx, input);
  return inTx(ctx, async (tctx) => {
    const wishes = await repo.lockSignUps(tctx.db, shown.email, signUpsSince(tctx));
    const signUp = wishes.find(({ id }) => id === shown.id);
    if (!signUp) throw new Problem("auth.link_invalid");
    const userId = randomUUIDv7();
    const now = tctx.now();
    if (!(await accounts.insertUser(tctx.db, { ...signUp, id: userId, now }))) throw new Problem("auth.link_invalid");
    const personId = await accounts.linkPerson(tctx.db, { ...signUp, id: randomUUIDv7(), userId, now });
    await repo.deleteSignUps(tctx.db, signUp.email);
    await openSession(tctx, userId, { isConfirmed: false });
    await recordOwn(tctx, "identity.verified", userId, { new: { signUpId: signUp.id } });
    await record(tctx, verified({ userId, personId }));
    return { user: await profileOf(tctx.db, userId), next: signUp.next || null };
  });
}

async function wishOf(ctx: Ctx, input: VerifyInput): Promise<repo.SignUp> {
  const wish = "token" in input ? await wishOfLink(ctx, input.token) : await wishOfCode(ctx, input);
  if (!wish) throw new Problem("auth.link_invalid");
  return wish;
}

async function wishOfLink(ctx: Ctx, token: string): Promise<repo.SignUp | undefined> {
  const link = readDatedToken(ctx, token, { kind: "verify", minutes: linkMinutes });
  return link && repo.findSignUp(ctx.db, link.id);
}

async function wishOfCode(
  ctx: Ctx,
  { email, code }: { email: string; code: string },
): Promise<repo.SignUp | undefined> {
  const forget = await countGuess(ctx, "code", email);
  const wishes = await repo.listSignUps(ctx.db, email, signUpsSince(ctx));
  const wish = wishes.find(({ id }) => isCode(ctx, id, code));
  if (wish) await forget();
  return wish;
}
