import { erasePerson, listComing, movePerson } from "#server/modules/registrations/repo/persons.ts";
import { giveUp } from "#server/modules/registrations/service/decide.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { say } from "#server/platform/words.ts";

/** Gives an account what its new address had registered for as a guest. */
export function takeOver(ctx: Ctx, { personId, formerId }: { personId: string; formerId: string }): Promise<void> {
  return inTx(ctx, (tctx) => movePerson(tctx.db, { from: formerId, to: personId }));
}

/** How many places somebody has or wishes for where it is not over. */
export const countComing = async (ctx: Ctx, personId: string): Promise<number> =>
  (await listComing(ctx.db, personId, ctx.now())).length;

/** Gives up every place of somebody who is gone, to those who wait, and takes their names from what was. */
export async function forgetPerson(ctx: Ctx, personId: string): Promise<void> {
  const coming = Map.groupBy(await listComing(ctx.db, personId, ctx.now()), ({ gatheringId }) => gatheringId);
  for (const [gatheringId, rows] of coming) {
    await giveUp(
      ctx,
      gatheringId,
      rows.map(({ id }) => id),
    );
  }
  await inTx(ctx, (tctx) => erasePerson(tctx.db, personId, say(ctx.locale, "privacy.nameless"), tctx.now()));
}
