import { deleteEndedFormer } from "#server/modules/identity/repo/former-addresses.ts";
import { deleteEndedProofs } from "#server/modules/identity/repo/nostr.ts";
import { deleteExpired } from "#server/modules/identity/repo/sessions.ts";
import { deleteSignUpsBefore } from "#server/modules/identity/repo/sign-ups.ts";
import { deleteEndedSteps } from "#server/modules/identity/repo/steps.ts";
import { deleteTriesBefore } from "#server/modules/identity/repo/tries.ts";
import { signUpsSince } from "#server/modules/identity/service/sign-up.ts";
import type { Ctx } from "#server/platform/ctx.ts";

const day = 86_400_000;

/** Forgets what has no use any more: sessions that are over, wishes nobody verified, old tries. */
export async function tidy(ctx: Ctx): Promise<void> {
  await deleteExpired(ctx.db, ctx.now());
  await deleteEndedSteps(ctx.db, ctx.now());
  await deleteEndedFormer(ctx.db, ctx.now());
  await deleteEndedProofs(ctx.db, ctx.now());
  await deleteSignUpsBefore(ctx.db, signUpsSince(ctx));
  await deleteTriesBefore(ctx.db, new Date(ctx.now().getTime() - day));
}
