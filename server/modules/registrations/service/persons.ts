import { movePerson } from "#server/modules/registrations/repo/persons.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

/** Gives an account what its new address had registered for as a guest. */
export function takeOver(ctx: Ctx, { personId, formerId }: { personId: string; formerId: string }): Promise<void> {
  return inTx(ctx, (tctx) => movePerson(tctx.db, { from: formerId, to: personId }));
}
