import * as repo from "#server/modules/scheduling/repo/leaving.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

/** Forgets somebody who is gone, as a host and as an invitee. */
export function forgetPerson(ctx: Ctx, { personId, userId }: { personId: string; userId?: string }): Promise<void> {
  return inTx(ctx, async (tctx) => {
    if (userId) await repo.eraseHost(tctx.db, userId);
    await repo.eraseInvitee(tctx.db, personId);
  });
}
