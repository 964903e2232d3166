import type { FactorSetup, SecondStepInput } from "#contract/security.ts";
import { record as audit, recordOwn } from "#server/modules/audit/service.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/second-factors.ts";
import {
  describeFactor,
  hashRecoveryCode,
  newFactorSecret,
  newRecoveryCodes,
  stepOfCode,
} from "#server/modules/identity/second-factor.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { type Entered, enter, letIn, type Way } from "#server/modules/identity/service/entering.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { countGuess } from "#server/modules/identity/sign-in.ts";
import { endStep, readStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Begins to set up a second factor, or goes on with what was begun: nothing is in force before the first right code. */
export async function beginFactor(ctx: Ctx): Promise<FactorSetup> {
  const { userId } = await needConfirmed(ctx);
  return inTx(ctx, async (tctx) => {
    await repo.insertFactor(tctx.db, { userId, secret: newFactorSecret(tctx, userId), now: tctx.now() });
    const [factor, account] = [await repo.findFactor(tctx.db, userId), await accountOf(tctx, userId)];
    if (!factor || factor.confirmedAt) throw new Problem("factor.on");
    return describeFactor(tctx, userId, factor.secret, account.email ?? "");
  });
}

/** Puts the second factor into force by its first code; the recovery codes are told this once. */
export async function confirmFactor(ctx: Ctx, code: string): Promise<{ recoveryCodes: string[] }> {
  const { userId } = await needConfirmed(ctx);
  const forget = await countGuess(ctx, "second", userId);
  const factor = await repo.findFactor(ctx.db, userId);
  if (!factor) throw new Problem("factor.off");
  const step = stepOfCode(ctx, userId, factor.secret, digits(code));
  if (step === undefined) throw new Problem("auth.code_wrong");
  await forget();
  return inTx(ctx, async (tctx) => {
    if (!(await repo.confirmFactor(tctx.db, userId, step, tctx.now()))) throw new Problem("factor.on");
    await audit(tctx, "identity.factor_added", { kind: "user", id: userId });
    await tellOwner(tctx, await accountOf(tctx, userId), "factorAdded");
    return { recoveryCodes: await renewCodes(tctx, userId) };
  });
}

/** Takes the second factor away. */
export async function removeFactor(ctx: Ctx): Promise<void> {
  const { userId } = await needConfirmed(ctx);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.deleteFactor(tctx.db, userId))) throw new Problem("factor.off");
    await audit(tctx, "identity.factor_removed", { kind: "user", id: userId });
    await tellOwner(tctx, await accountOf(tctx, userId), "factorRemoved");
  });
}

/** Makes new recovery codes, told this once; the old ones are void. */
export async function newCodes(ctx: Ctx): Promise<{ recoveryCodes: string[] }> {
  const { userId } = await needConfirmed(ctx);
  return inTx(ctx, async (tctx) => {
    if (!(await repo.findSummary(tctx.db, userId))) throw new Problem("factor.off");
    await audit(tctx, "identity.recovery_codes_made", { kind: "user", id: userId });
    await tellOwner(tctx, await accountOf(tctx, userId), "codesMade");
    return { recoveryCodes: await renewCodes(tctx, userId) };
  });
}

async function renewCodes(tctx: TxCtx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashRecoveryCode(tctx, userId, code));
  await repo.replaceCodes(tctx.db, { userId, hashes, now: tctx.now() });
  return codes;
}

/**
 * Lets in who has shown the first half and now shows the second: a code of now, or one of the recovery codes.
 *
 * A code serves once, and guesses are counted whichever way the first half was shown.
 */
export async function showSecond(ctx: Ctx, { step, code }: SecondStepInput): Promise<Entered> {
  const { userId } = await readStep(ctx, "second", step);
  const account = userId && (await accounts.findEntrant(ctx.db, userId));
  if (!account) throw new Problem("auth.link_invalid");
  const forget = await countGuess(ctx, "second", account.id);
  return letIn(ctx, async (tctx) => {
    if (!(await takeAny(tctx, account.id, code))) throw new Problem("auth.code_wrong");
    const begun = await endStep(tctx, "second", step);
    await forget();
    return enter(tctx, account, { by: begun.secret as Way, next: begun.next, isWhole: true });
  });
}

async function takeAny(tctx: TxCtx, userId: string, code: string): Promise<boolean> {
  const factor = await repo.findFactor(tctx.db, userId);
  if (factor && /^\d{6}$/.test(digits(code))) {
    const step = stepOfCode(tctx, userId, factor.secret, digits(code));
    return step !== undefined && repo.takeCode(tctx.db, userId, step);
  }
  const taken = await repo.takeRecoveryCode(tctx.db, userId, hashRecoveryCode(tctx, userId, code), tctx.now());
  if (taken) {
    await recordOwn(tctx, "identity.recovery_code_used", userId);
    await tellOwner(tctx, await accountOf(tctx, userId), "codeUsed");
  }
  return taken;
}

const digits = (code: string) => code.replace(/[\s-]/g, "");

async function accountOf(tctx: TxCtx, userId: string) {
  const account = await accounts.findCredentials(tctx.db, userId);
  if (!account) throw new Problem("auth.required");
  return account;
}
