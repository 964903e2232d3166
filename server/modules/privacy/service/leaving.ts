import type { LeaveInput, Leaving } from "#contract/privacy.ts";
import { upcomingOf } from "#server/modules/gatherings/service/reading.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { erase } from "#server/modules/identity/service/leaving.ts";
import { getMe } from "#server/modules/identity/service/profile.ts";
import { countComing } from "#server/modules/registrations/service/persons.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Says what deleting the account would do, and what stands in its way. */
export async function getLeaving(ctx: Ctx): Promise<Leaving> {
  const { userId, personId } = userOf(ctx);
  const [{ email }, bound, places] = await Promise.all([
    getMe(ctx),
    upcomingOf(ctx, userId),
    countComing(ctx, personId),
  ]);
  return { email, bound, places };
}

/** Deletes the account that asks, unless something to come would be left without anybody who runs it. */
export async function leave(ctx: Ctx, { confirm }: LeaveInput): Promise<void> {
  const { userId } = await needConfirmed(ctx);
  const { email } = await getMe(ctx);
  if (confirm !== email) {
    throw new Problem("request.invalid", { fields: [{ at: "body.confirm", code: "other_address" }] });
  }
  await inTx(ctx, async (tctx) => {
    await erase(tctx, userId);
    const bound = await upcomingOf(tctx, userId);
    if (bound.length > 0) throw new Problem("leaving.bound", { bound });
  });
}
