import { randomUUIDv7 } from "node:crypto";

import { fileUrl } from "#contract/files.ts";
import type { EventMember } from "#contract/teams.ts";
import type { TeamRole } from "#domain/entitlement/doors.ts";
import { changeRole, type EventRole, eventLadder, eventRoles, mayGive } from "#domain/organizers/team.ts";
import * as audit from "#server/modules/audit/service.ts";
import { listNamed, type Named, nameFor } from "#server/modules/gatherings/service/roles.ts";
import { lockMembers } from "#server/modules/organizers/service.ts";
import { removed, roleChanged } from "#server/modules/teams/facts.ts";
import { asEventTeam, type EventTeamOf } from "#server/modules/teams/policy.ts";
import { withdrawGiven } from "#server/modules/teams/repo.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** Lists who is named for one event, with what the caller may do to each. */
export async function listEventMembers(ctx: Ctx, name: string): Promise<{ items: EventMember[]; nextCursor: null }> {
  const { eventId, role } = await asEventTeam(ctx, name);
  const rows = await listNamed(ctx, eventId);
  return { items: rows.map((one) => viewOf(ctx, one, role)), nextCursor: null };
}

// An event's owners are its organizer's: whoever is named here may always go.
const decide = (ctx: Ctx | TxCtx, { userId, role: from }: Named, by: TeamRole, to: EventRole | null) => {
  const isSelf = userOf(ctx).userId === userId;
  // Who belongs to the organizer too may be more than they are named for.
  return changeRole(eventLadder, { by: isSelf ? from : by, isSelf, from, to, owners: Number.POSITIVE_INFINITY });
};

function viewOf(ctx: Ctx | TxCtx, one: Named, by: TeamRole): EventMember {
  const { userId, name, role, since, pictureId } = one;
  return {
    userId,
    name,
    email: mayGive(eventLadder, by, "door") ? one.email : null,
    pictureUrl: pictureId ? fileUrl(pictureId, 640) : null,
    since: since.toISOString(),
    isMe: userOf(ctx).userId === userId,
    role,
    mayBecome: eventRoles.filter((to) => to !== role && decide(ctx, one, by, to).allowed),
    mayRemove: decide(ctx, one, by, null).allowed,
  };
}

async function lockChange(
  tctx: TxCtx,
  { eventId, organizerId, role: by }: EventTeamOf,
  userId: string,
  to: EventRole | null,
): Promise<Named> {
  await lockMembers(tctx, organizerId);
  const whom = (await listNamed(tctx, eventId)).find((one) => one.userId === userId);
  if (!whom) throw new Problem("team.member_not_found");
  const decision = decide(tctx, whom, by, to);
  if (!decision.allowed) throw new Problem(decision.because);
  return whom;
}

const aboutOf = (tctx: TxCtx, { eventId, organizerId }: EventTeamOf, userId: string) => {
  return { changeId: randomUUIDv7(), organizerId, eventId, userId, byUserId: userOf(tctx).userId };
};

/** Gives somebody another role at one event. */
export async function changeEventMember(ctx: Ctx, name: string, userId: string, role: EventRole): Promise<EventMember> {
  const team = await asEventTeam(ctx, name);
  return inTx(ctx, async (tctx) => {
    const whom = await lockChange(tctx, team, userId, role);
    if (whom.role !== role) {
      await nameFor(tctx, team.eventId, { ...whom, role });
      const change = { old: { role: whom.role }, new: { userId, role, eventId: team.eventId } };
      await audit.record(tctx, "team.role_changed", { kind: "organizer", id: team.organizerId }, change);
      await record(tctx, roleChanged({ ...aboutOf(tctx, team, userId), role }));
    }
    return viewOf(tctx, { ...whom, role }, whom.userId === userOf(tctx).userId ? role : team.role);
  });
}

/** Takes somebody out of one event's team; they keep what else they are at its organizer. */
export async function removeEventMember(ctx: Ctx, name: string, userId: string): Promise<void> {
  const team = await asEventTeam(ctx, name);
  const { eventId, organizerId } = team;
  await inTx(ctx, async (tctx) => {
    const whom = await lockChange(tctx, team, userId, null);
    await nameFor(tctx, eventId, { ...whom, role: null });
    await withdrawGiven(tctx.db, { organizerId, eventId, userId }, tctx.now());
    const isSelf = userOf(tctx).userId === userId;
    const change = { old: { role: whom.role }, new: { userId, eventId } };
    await audit.record(tctx, isSelf ? "team.left" : "team.removed", { kind: "organizer", id: organizerId }, change);
    await record(tctx, removed(aboutOf(tctx, team, userId)));
  });
}
