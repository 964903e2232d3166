import * as repo from "#server/modules/organizers/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";

const ranks = { member: 1, admin: 2, owner: 3 } as const;

/** What the caller is at an organizer; null for strangers. */
export async function roleAt(ctx: Ctx | TxCtx, organizerId: string): Promise<keyof typeof ranks | null> {
  if (ctx.actor.kind !== "user" && ctx.actor.kind !== "key") return null;
  return repo.findRole(ctx.db, organizerId, ctx.actor.userId);
}

/** Whether the caller is at least that at an organizer. */
export async function mayAct(
  ctx: Ctx | TxCtx,
  organizerId: string,
  atLeast: keyof typeof ranks = "member",
): Promise<boolean> {
  const role = await roleAt(ctx, organizerId);
  return role !== null && ranks[role] >= ranks[atLeast];
}
