import { randomUUIDv7 } from "node:crypto";

import { fileUrl } from "#contract/files.ts";
import type { Member, TeamStep } from "#contract/teams.ts";
import {
  changeRole,
  type MemberRole,
  mayGive,
  memberLadder,
  memberRoles,
  type RoleChange,
} from "#domain/organizers/team.ts";
import * as audit from "#server/modules/audit/service.ts";
import { unname } from "#server/modules/gatherings/service/roles.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import * as organizers from "#server/modules/organizers/service.ts";
import { removed, roleChanged } from "#server/modules/teams/facts.ts";
import { asMember } from "#server/modules/teams/policy.ts";
import * as repo from "#server/modules/teams/repo.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** Lists who belongs to an organizer, with what the caller may do to each. */
export async function listMembers(ctx: Ctx, name: string): Promise<{ items: Member[]; nextCursor: null }> {
  const { organizerId } = await asMember(ctx, name);
  const members = await organizers.listMembers(ctx, organizerId);
  return { items: members.map((one) => viewOf(ctx, one, members)), nextCursor: null };
}

function viewOf(ctx: Ctx | TxCtx, one: organizers.Member, members: readonly organizers.Member[]): Member {
  const { userId, name, role, since, pictureId } = one;
  const change = changeIn(ctx, one, members);
  const may = (to: MemberRole | null) => changeRole(memberLadder, { ...change, to }).allowed;
  return {
    userId,
    name,
    email: mayGive(memberLadder, change.by, "member") ? one.email : null,
    pictureUrl: pictureId ? fileUrl(pictureId, 640) : null,
    since: since.toISOString(),
    isMe: change.isSelf,
    role,
    mayBecome: memberRoles.filter((to) => to !== role && may(to)),
    mayRemove: may(null),
  };
}

/** All that decides over one member, but for what they shall become. */
function changeIn(
  ctx: Ctx | TxCtx,
  { userId, role: from }: organizers.Member,
  members: readonly organizers.Member[],
): Omit<RoleChange<MemberRole>, "to"> {
  const me = userOf(ctx).userId;
  const by = members.find((one) => one.userId === me)?.role ?? null;
  return { by, isSelf: me === userId, from, owners: members.filter(({ role }) => role === "owner").length };
}

/**
 * Finds a member whom the caller may change like this, and lets nobody else change the team meanwhile: of two owners who
 * take each other's role at once, the second is an owner no longer.
 */
async function lockChange(
  tctx: TxCtx,
  organizerId: string,
  userId: string,
  to: MemberRole | null,
): Promise<{ whom: organizers.Member; isSelf: boolean }> {
  const members = await organizers.lockMembers(tctx, organizerId);
  const me = userOf(tctx).userId;
  if (!members.some((one) => one.userId === me)) throw new Problem("auth.forbidden");
  const whom = members.find((one) => one.userId === userId);
  if (!whom) throw new Problem("team.member_not_found");
  const change = changeIn(tctx, whom, members);
  const decision = changeRole(memberLadder, { ...change, to });
  if (!decision.allowed) throw new Problem(decision.because);
  if (decision.isSensitive) await needConfirmed(tctx);
  return { whom, isSelf: change.isSelf };
}

/** Gives a member another role; the last owner stays one. */
export async function changeMember(ctx: Ctx, name: string, userId: string, role: MemberRole): Promise<Member> {
  const { organizerId } = await asMember(ctx, name);
  return inTx(ctx, async (tctx) => {
    const { whom } = await lockChange(tctx, organizerId, userId, role);
    if (whom.role !== role) {
      await organizers.putMember(tctx, { ...whom, organizerId, role });
      const change = { old: { role: whom.role }, new: { userId, role } };
      await audit.record(tctx, "team.role_changed", { kind: "organizer", id: organizerId }, change);
      const about = { changeId: randomUUIDv7(), organizerId, eventId: null, userId, byUserId: userOf(tctx).userId };
      await record(tctx, roleChanged({ ...about, role }));
    }
    const members = await organizers.listMembers(tctx, organizerId);
    return viewOf(tctx, { ...whom, role }, members);
  });
}

/** Takes somebody out of a team, with all they were named for at its events; what they made for it stays. */
export async function removeMember(ctx: Ctx, name: string, userId: string): Promise<void> {
  const { organizerId } = await asMember(ctx, name);
  await inTx(ctx, async (tctx) => {
    const { whom, isSelf } = await lockChange(tctx, organizerId, userId, null);
    await organizers.dropMember(tctx, { ...whom, organizerId });
    await unname(tctx, organizerId, whom);
    await repo.withdrawGiven(tctx.db, { organizerId, userId }, tctx.now());
    const change = { old: { role: whom.role }, new: { userId } };
    await audit.record(tctx, isSelf ? "team.left" : "team.removed", { kind: "organizer", id: organizerId }, change);
    const about = { changeId: randomUUIDv7(), organizerId, eventId: null, userId, byUserId: userOf(tctx).userId };
    await record(tctx, removed(about));
  });
}

/** Lists who came, went and changed in the team and at its events, the newest first; for owners. */
export async function listHistory(
  ctx: Ctx,
  name: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: TeamStep[]; nextCursor: string | null }> {
  const { organizerId, role } = await asMember(ctx, name);
  if (role !== "owner") throw new Problem("auth.forbidden");
  const after = cursor === undefined ? undefined : readCursor(cursor, ["instant", "id"]);
  const rows = await repo.listSteps(ctx.db, organizerId, { after, limit: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(({ action, at, role: given, ...row }) => ({
      ...row,
      at: at.toISOString(),
      what: action.replace(/^team\.(invitation_)?/, "") as TeamStep["what"],
      role: given as TeamStep["role"],
    })),
    nextCursor: last ? writeCursor([last.at.toISOString(), last.id]) : null,
  };
}
