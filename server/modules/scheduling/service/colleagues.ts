import type { Colleague, PossibleHost } from "#contract/scheduling-teams.ts";
import { mayEdit } from "#server/modules/scheduling/policy.ts";
import * as repo from "#server/modules/scheduling/repo/teams.ts";
import { findForTeam } from "#server/modules/scheduling/service/event-types.ts";
import { withPicture } from "#server/modules/scheduling/service/teams.ts";
import { type Ctx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Who could host an event type, and who still has bookings of it to come, for whoever may change it. */
export async function listPossibleHosts(ctx: Ctx, id: string): Promise<{ items: PossibleHost[]; nextCursor: null }> {
  const type = await findForTeam(ctx, id);
  if (!(await mayEdit(ctx, type))) throw new Problem("auth.forbidden");
  const rows = await repo.listPossibleHosts(ctx.db, type, ctx.now());
  return { items: rows.map(withPicture), nextCursor: null };
}

/** Who could stand in for the caller. */
export async function listColleagues(ctx: Ctx): Promise<{ items: Colleague[]; nextCursor: null }> {
  const rows = await repo.listColleagues(ctx.db, userOf(ctx).userId);
  return { items: rows.map(withPicture), nextCursor: null };
}
