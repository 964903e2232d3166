import type { EventRole } from "#domain/organizers/team.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import * as busy from "#server/modules/gatherings/repo/busy.ts";
import * as repo from "#server/modules/gatherings/repo/roles.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";

export type { Named } from "#server/modules/gatherings/repo/roles.ts";

/** Who is named for the gatherings of a source, beside the members of its organizer. Who may know is for the caller to ask. */
export const listNamed = (ctx: Ctx | TxCtx, sourceId: string): Promise<repo.Named[]> =>
  repo.listNamed(ctx.db, sourceId);

interface Someone {
  userId: string;
  personId: string;
}

/** Gives somebody one role at all gatherings of a source, or none any more; who hosts it is busy then. */
export async function nameFor(
  tctx: TxCtx,
  sourceId: string,
  { userId, personId, role }: Someone & { role: EventRole | null },
): Promise<void> {
  await repo.writeRole(tctx.db, { sourceId, userId, role, now: tctx.now() });
  if (role === "cohost") await busy.insertBusy(tctx.db, sourceId, userId);
  else await busy.deleteBusy(tctx.db, { sourceId }, userId);
  await record(tctx, rightChanged({ personId }));
}

/** Takes somebody who has left its team out of all that they were named for at an organizer. */
export async function unname(tctx: TxCtx, organizerId: string, { userId, personId }: Someone): Promise<void> {
  await repo.deleteRolesAt(tctx.db, organizerId, userId);
  await busy.deleteBusy(tctx.db, { organizerId }, userId);
  await record(tctx, rightChanged({ personId }));
}

/** Whoever is gone has no part at any gathering, and no time taken by one. */
export const forgetUser = (ctx: Ctx, userId: string): Promise<void> => repo.deletePartsOf(ctx.db, userId);
