import type { TeamInvited } from "#contract/teams.ts";
import { moveTeamInvitation, type TeamInvitationAction } from "#domain/organizers/invitations.ts";
import { type EventRole, eventLadder, higherOf, type MemberRole, memberLadder } from "#domain/organizers/team.ts";
import * as audit from "#server/modules/audit/service.ts";
import { listNamed, nameFor } from "#server/modules/gatherings/service/roles.ts";
import { becomeOrganizer } from "#server/modules/identity/service/profile.ts";
import { lockMembers, type Member, putMember } from "#server/modules/organizers/service.ts";
import { handedOver, joined } from "#server/modules/teams/facts.ts";
import * as repo from "#server/modules/teams/repo.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

/** The key to one invitation; void as soon as the same person is invited anew. */
export const tokenOf = (ctx: Pick<Ctx, "settings">, { id, linkVersion }: repo.InvitationRow): string =>
  linkToken(ctx.settings.secrets.links, { kind: "team", id, version: linkVersion });

async function findByToken(ctx: Ctx, token: string): Promise<repo.InvitationRow> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const row = link?.kind === "team" ? await repo.find(ctx.db, link.id, ctx.now()) : undefined;
  if (!row || row.linkVersion !== link?.version) throw new Problem("auth.link_invalid");
  return row;
}

function viewOf({ actor }: Pick<Ctx, "actor">, row: repo.InvitationRow): TeamInvited {
  const { email, role, isHandover, status, eventId, eventTitle } = row;
  return {
    ...{ email, role, isHandover, status, invitedBy: row.inviterName, endsAt: row.endsAt.toISOString() },
    organizer: { id: row.organizerId, slug: row.organizerSlug, name: row.organizerName, hue: row.hue },
    event: eventId === null ? null : { id: eventId, title: eventTitle ?? "" },
    isMine: "personId" in actor ? actor.personId === row.personId : null,
  };
}

/** Shows what the link of a letter invites to, whatever has become of it. */
export const open = async (ctx: Ctx, token: string): Promise<TeamInvited> => viewOf(ctx, await findByToken(ctx, token));

/** Lists the teams that the account that asks is invited to, each with the key to its invitation. */
export async function listMine(ctx: Ctx) {
  const rows = await repo.listFor(ctx.db, userOf(ctx).personId, ctx.now());
  return { items: rows.map((row) => ({ ...viewOf(ctx, row), token: tokenOf(ctx, row) })), nextCursor: null };
}

/** Answers an invitation while nobody else changes it or its team. */
function answer(
  ctx: Ctx,
  { id, organizerId, linkVersion }: repo.InvitationRow,
  action: TeamInvitationAction,
  act: (tctx: TxCtx, row: repo.InvitationRow, members: Member[]) => Promise<void>,
): Promise<TeamInvited> {
  return inTx(ctx, async (tctx) => {
    const members = await lockMembers(tctx, organizerId);
    const row = await repo.lock(tctx.db, id, tctx.now());
    if (row?.linkVersion !== linkVersion) throw new Problem("auth.link_invalid");
    const move = moveTeamInvitation(row.status, action);
    if (!move.moved) throw new Problem(move.because);
    if (move.changed) await act(tctx, row, members);
    return viewOf(tctx, { ...row, status: move.to });
  });
}

/** Joins a team as what one was invited to be; who is more there already stays that. Only for the address that was invited. */
export async function accept(ctx: Ctx, token: string): Promise<TeamInvited> {
  const found = await findByToken(ctx, token);
  const { userId, personId } = userOf(ctx);
  if (found.personId !== personId) throw new Problem("team.other_account");
  return answer(ctx, found, "accept", async (tctx, row, members) => {
    const me = { userId, personId };
    const role = await (row.eventId === null
      ? joinOrganizer(tctx, row, members, me)
      : joinEvent(tctx, row.eventId, row, me));
    await repo.settle(tctx.db, row.id, "accepted", tctx.now());
    const { eventId, organizerId, isHandover } = row;
    const change = { new: { invitationId: row.id, userId, role, ...(eventId === null ? {} : { eventId }) } };
    const action = isHandover ? "team.handed_over" : "team.joined";
    await audit.record(tctx, action, { kind: "organizer", id: organizerId }, change);
    await record(tctx, (isHandover ? handedOver : joined)({ invitationId: row.id }));
  });
}

interface Me {
  userId: string;
  personId: string;
}

async function joinOrganizer(
  tctx: TxCtx,
  { organizerId, role, isHandover, invitedBy }: repo.InvitationRow,
  members: readonly Member[],
  me: Me,
): Promise<MemberRole> {
  const held = members.find(({ userId }) => userId === me.userId)?.role ?? null;
  const becomes = higherOf(memberLadder, role as MemberRole, held);
  if (isHandover) {
    const giver = members.find(({ userId }) => userId === invitedBy);
    // What is not theirs any more, or not a colleague's any more, cannot be handed over.
    if (giver?.role !== "owner" || held === null) throw new Problem("team.invitation_withdrawn");
    await putMember(tctx, { ...giver, organizerId, role: "admin" });
  }
  await putMember(tctx, { ...me, organizerId, role: becomes });
  return becomes;
}

async function joinEvent(tctx: TxCtx, eventId: string, { role }: repo.InvitationRow, me: Me): Promise<string> {
  const held = (await listNamed(tctx, eventId)).find(({ userId }) => userId === me.userId)?.role ?? null;
  const becomes = higherOf(eventLadder, role as EventRole, held);
  if (becomes !== held) await nameFor(tctx, eventId, { ...me, role: becomes as EventRole });
  await becomeOrganizer(tctx, me.userId);
  return becomes;
}

/** Says no; whoever invited may ask anew. */
export async function decline(ctx: Ctx, token: string): Promise<TeamInvited> {
  return answer(ctx, await findByToken(ctx, token), "decline", async (tctx, row) => {
    await repo.settle(tctx.db, row.id, "declined", tctx.now());
    const { id, role, eventId, organizerId } = row;
    const change = { new: { invitationId: id, role, ...(eventId === null ? {} : { eventId }) } };
    await audit.record(tctx, "team.invitation_declined", { kind: "organizer", id: organizerId }, change);
  });
}
