import { type MemberRole, memberRoles } from "#domain/organizers/team.ts";
import * as repo from "#server/modules/organizers/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";

/** What the caller is at an organizer; null for strangers. */
export async function roleAt(ctx: Ctx | TxCtx, organizerId: string): Promise<MemberRole | null> {
  if (ctx.actor.kind !== "user" && ctx.actor.kind !== "key") return null;
  return repo.findRole(ctx.db, organizerId, ctx.actor.userId);
}

/** Whether the caller is at least that at an organizer. */
export async function mayAct(ctx: Ctx | TxCtx, organizerId: string, atLeast: MemberRole = "member"): Promise<boolean> {
  const role = await roleAt(ctx, organizerId);
  return role !== null && memberRoles.indexOf(role) <= memberRoles.indexOf(atLeast);
}
