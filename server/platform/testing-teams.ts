import type { Ctx } from "#server/platform/ctx.ts";

/** Takes somebody into the team of an organizer, as if they had accepted an invitation. */
export async function joinTeam(
  t: Pick<Ctx, "db"> & { ctx: Pick<Ctx, "now"> },
  organizerId: string,
  { userId }: { userId: string },
  role: "owner" | "admin" | "member" = "member",
): Promise<void> {
  const now = t.ctx.now();
  await t.db
    .insertInto("organizer_members")
    .values({ organizer_id: organizerId, user_id: userId, role, created_at: now, last_used_at: now })
    .execute();
}
