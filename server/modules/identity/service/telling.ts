import { type Change, securityLetter } from "#server/modules/identity/emails/security.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";

/** Writes to the owner of an account that how it is signed in to has changed, in case it was not them. */
export async function tellOwner(
  tctx: TxCtx,
  { email, name, locale }: { email: string | null; name: string; locale: string },
  change: Change,
  { undoUrl, ...values }: { undoUrl?: string } & Record<string, string> = {},
): Promise<void> {
  if (!email) return;
  const { publicUrl } = tctx.settings;
  const letter = securityLetter({ locale, publicUrl, to: { address: email, name }, change, values, undoUrl });
  await post(tctx, letter, { key: `security/${change}/${tctx.from.requestId}`, lane: "urgent" });
}
