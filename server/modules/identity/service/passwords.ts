import type { ChangePasswordInput, ResetInput } from "#contract/identity.ts";
import { recordOwn } from "#server/modules/audit/service.ts";
import { resetLetter } from "#server/modules/identity/emails/reset.ts";
import { hashPassword, isPassword } from "#server/modules/identity/passwords.ts";
import * as repo from "#server/modules/identity/repo/accounts.ts";
import { deleteSessions } from "#server/modules/identity/repo/sessions.ts";
import { deleteStepsOf } from "#server/modules/identity/repo/steps.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { countGuess, datedToken, readDatedToken } from "#server/modules/identity/sign-in.ts";
import { askAgain } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";

const linkMinutes = 60;

/** Writes to an address how to get a new password, or that it has no account: a letter in either case. */
export async function forgotPassword(ctx: Ctx, email: string): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  await countGuess(ctx, "letter", email);
  await inTx(ctx, async (tctx) => {
    await postReset(tctx, email, await repo.findByEmail(tctx.db, email));
  });
  return {};
}

type Resettable = { id: string; name: string; locale: string; credentialsVersion: number };

/** Writes the link to a new password to an address, or that it has no account; once per request. */
export async function postReset(tctx: TxCtx, address: string, account: Resettable | undefined): Promise<void> {
  const { publicUrl } = tctx.settings;
  const token = account && datedToken(tctx, "reset", account.id, account.credentialsVersion);
  const letter = resetLetter({
    locale: account?.locale ?? tctx.locale,
    publicUrl,
    to: { address, name: account?.name ?? "" },
    url: token && `${publicUrl}/reset?token=${token}`,
  });
  await post(tctx, letter, { key: `reset/${tctx.from.requestId}`, lane: "urgent" });
}

/** Sets the password of the account whose link is shown, ends all its sessions, and opens one here. */
export async function resetPassword(ctx: Ctx, { token, password }: ResetInput): Promise<Entered> {
  const link = readDatedToken(ctx, token, { kind: "reset", minutes: linkMinutes });
  const account = link && (await repo.findCredentials(ctx.db, link.id));
  // Asked before the costly part; asked again when the password is set.
  if (!account || account.version !== link.version) throw new Problem("auth.link_invalid");
  const passwordHash = await hashPassword(ctx, password);
  return letIn(ctx, async (tctx) => {
    await setPassword(tctx, account, { passwordHash, keep: undefined, refusal: "auth.link_invalid" });
    return enter(tctx, { id: account.id, bannedAt: null }, { by: "password" });
  });
}

/** Sets a new password for the account that asks and knows the old one, or has none; every other session ends. */
export async function changePassword(ctx: Ctx, input: ChangePasswordInput): Promise<void> {
  const account = await repo.findCredentials(ctx.db, userOf(ctx).userId);
  if (!account) throw new Problem("auth.required");
  if (account.passwordHash === null) {
    await needConfirmed(ctx);
  } else {
    const forget = await countGuess(ctx, "password", account.email ?? account.id);
    if (!(await isPassword(ctx, account.passwordHash, input.currentPassword ?? ""))) throw new Problem("auth.wrong");
    await forget();
  }
  const passwordHash = await hashPassword(ctx, input.newPassword);
  const keep = ctx.actor.kind === "user" ? ctx.actor.sessionId : undefined;
  await inTx(ctx, (tctx) => setPassword(tctx, account, { passwordHash, keep, refusal: "auth.wrong" }));
}

type Account = NonNullable<Awaited<ReturnType<typeof repo.findCredentials>>>;

async function setPassword(
  tctx: TxCtx,
  account: Account,
  how: { passwordHash: string; keep: string | undefined; refusal: "auth.wrong" | "auth.link_invalid" },
): Promise<void> {
  const { id, version } = account;
  const isSet = await repo.setPassword(tctx.db, {
    userId: id,
    version,
    passwordHash: how.passwordHash,
    now: tctx.now(),
  });
  if (!isSet) throw new Problem(how.refusal);
  await deleteSessions(tctx.db, id, how.keep);
  await deleteStepsOf(tctx.db, id);
  await askAgain(tctx, {});
  await recordOwn(tctx, "identity.password_changed", id);
  await tellOwner(tctx, account, "passwordChanged");
}
