import type { MagicInput } from "#contract/security.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { magicLetter } from "#server/modules/identity/emails/magic.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { countGuess } from "#server/modules/identity/sign-in.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";

/** Writes to an address a link that signs in once, or that it has no account: a letter in either case. */
export async function askLink(ctx: Ctx, { email, next }: MagicInput): Promise<Record<string, never>> {
  refuseWithoutMail(ctx);
  await countGuess(ctx, "letter", email);
  await inTx(ctx, async (tctx) => {
    const account = await accounts.findByEmail(tctx.db, email);
    const { publicUrl } = tctx.settings;
    const token = account && (await beginStep(tctx, "magic", { userId: account.id, next: next ?? "" }));
    const letter = magicLetter({
      locale: account?.locale ?? tctx.locale,
      publicUrl,
      to: { address: email, name: account?.name ?? "" },
      url: token && `${publicUrl}/sign-in/link?token=${token}`,
    });
    await post(tctx, letter, { key: `magic/${tctx.from.requestId}`, lane: "urgent" });
    if (account) await audit(tctx, "identity.link_asked", { kind: "user", id: account.id });
  });
  return {};
}

/** Signs in with a letter's link, which is used up by that. */
export function useLink(ctx: Ctx, token: string): Promise<Entered> {
  return letIn(ctx, async (tctx) => {
    const step = await endStep(tctx, "magic", token);
    const account = step.userId && (await accounts.findEntrant(tctx.db, step.userId));
    if (!account) throw new Problem("auth.link_invalid");
    return enter(tctx, account, { by: "link", next: step.next });
  });
}
