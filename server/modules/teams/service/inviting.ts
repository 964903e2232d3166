import { randomUUIDv7 } from "node:crypto";

import type { TeamInvitation } from "#contract/teams.ts";
import { moveTeamInvitation, type TeamInvitationAction } from "#domain/organizers/invitations.ts";
import {
  type EventRole,
  eventLadder,
  type Ladder,
  type MemberRole,
  mayGive,
  memberLadder,
} from "#domain/organizers/team.ts";
import * as audit from "#server/modules/audit/service.ts";
import { listNamed } from "#server/modules/gatherings/service/roles.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { knowPeople } from "#server/modules/identity/service/people.ts";
import { lockMembers, type Member } from "#server/modules/organizers/service.ts";
import { invited } from "#server/modules/teams/facts.ts";
import { asEventTeam, asMember } from "#server/modules/teams/policy.ts";
import * as repo from "#server/modules/teams/repo.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const dayMs = 86_400_000;
const days = 14;
const mostOpen = 100;

/** A team that somebody is invited to, and what the caller is there. */
interface Inviting {
  organizerId: string;
  eventId: string | null;
  by: string;
  ladder: Ladder<string>;
}

const ofOrganizer = async (ctx: Ctx, name: string): Promise<Inviting> => {
  const { organizerId, role } = await asMember(ctx, name);
  return { organizerId, eventId: null, by: role, ladder: memberLadder as Ladder<string> };
};

const ofEvent = async (ctx: Ctx, name: string): Promise<Inviting> => {
  const { organizerId, eventId, role } = await asEventTeam(ctx, name);
  return { organizerId, eventId, by: role, ladder: eventLadder as Ladder<string> };
};

const lowest = ({ ladder }: Inviting): string => ladder.roles.at(-1) ?? "";

function viewOf(row: repo.InvitationRow, { by, ladder }: Inviting): TeamInvitation {
  const may = (action: TeamInvitationAction) =>
    moveTeamInvitation(row.status, action).moved && mayGive(ladder, by, row.role);
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    isHandover: row.isHandover,
    status: row.status,
    invitedBy: row.inviterName,
    sentAt: row.sentAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    mayWithdraw: may("withdraw"),
    mayResend: may("resend"),
  };
}

async function list(ctx: Ctx, team: Inviting): Promise<{ items: TeamInvitation[]; nextCursor: null }> {
  if (!mayGive(team.ladder, team.by, lowest(team))) throw new Problem("auth.forbidden");
  const rows = await repo.listOf(ctx.db, team, ctx.now());
  return { items: rows.map((row) => viewOf(row, team)), nextCursor: null };
}

/** Lists who is invited to an organizer's team and has not joined; for those who may invite. */
export const listInvitations = async (ctx: Ctx, name: string) => list(ctx, await ofOrganizer(ctx, name));

/** Lists who is invited to one event's team and has not joined; for those who may invite. */
export const listEventInvitations = async (ctx: Ctx, name: string) => list(ctx, await ofEvent(ctx, name));

interface Wish {
  email: string;
  role: MemberRole | EventRole;
  isHandover?: boolean;
}

async function invite(ctx: Ctx, team: Inviting, { email, role, isHandover = false }: Wish): Promise<TeamInvitation> {
  if (!mayGive(team.ladder, team.by, role)) throw new Problem("auth.forbidden");
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  const { organizerId, eventId } = team;
  return inTx(ctx, async (tctx) => {
    const now = tctx.now();
    const members = await lockMembers(tctx, organizerId);
    if (role === "owner") await needConfirmed(tctx);
    if ((await repo.countOpen(tctx.db, organizerId, now)) >= mostOpen) throw new Problem("team.too_many");
    const person = (await knowPeople(tctx, [{ email, name: "" }])).get(email);
    if (!person) throw new Error("A person is not known after all.");
    const there: readonly { personId: string }[] = eventId === null ? members : await listNamed(tctx, eventId);
    if (!isHandover && there.some(({ personId }) => personId === person.id)) throw new Problem("team.already_member");
    const made = await repo.put(tctx.db, {
      ...{ id: randomUUIDv7(), organizerId, eventId, personId: person.id, role, isHandover, locale: tctx.locale },
      ...{ invitedBy: userOf(tctx).userId, now, endsAt: new Date(now.getTime() + days * dayMs) },
    });
    if (!made) throw new Problem("team.already_invited");
    const change = { new: { invitationId: made.id, role, ...(eventId === null ? {} : { eventId }) } };
    await audit.record(tctx, "team.invited", { kind: "organizer", id: organizerId }, change);
    await record(tctx, invited({ invitationId: made.id }));
    return viewOf(await get(tctx, made.id), team);
  });
}

async function get(tctx: TxCtx, id: string): Promise<repo.InvitationRow> {
  const row = await repo.find(tctx.db, id, tctx.now());
  if (!row) throw new Problem("team.invitation_not_found");
  return row;
}

/** Invites an address to an organizer's team. Whether it has an account is told to nobody but its mailbox. */
export const inviteMember = async (ctx: Ctx, name: string, wish: { email: string; role: MemberRole }) =>
  invite(ctx, await ofOrganizer(ctx, name), wish);

/** Invites an address to one event's team alone. */
export const inviteToEvent = async (ctx: Ctx, name: string, wish: { email: string; role: EventRole }) =>
  invite(ctx, await ofEvent(ctx, name), wish);

/** Offers ownership to another member; until they say yes, nothing changes. */
export async function handOver(ctx: Ctx, name: string, userId: string): Promise<TeamInvitation> {
  const team = await ofOrganizer(ctx, name);
  if (team.by !== "owner") throw new Problem("auth.forbidden");
  const { role, email } = await inTx(ctx, async (tctx): Promise<Member> => {
    const whom = (await lockMembers(tctx, team.organizerId)).find((one) => one.userId === userId);
    if (!whom) throw new Problem("team.member_not_found");
    return whom;
  });
  if (role === "owner") throw new Problem("team.already_member");
  return invite(ctx, team, { email, role: "owner", isHandover: true });
}

/** An invitation that the caller may see to; to everybody else there is none. */
async function findForTeam(ctx: Ctx, id: string): Promise<{ row: repo.InvitationRow; team: Inviting }> {
  const row = await repo.find(ctx.db, id, ctx.now());
  if (!row) throw new Problem("team.invitation_not_found");
  const team = await (row.eventId === null ? ofOrganizer(ctx, row.organizerId) : ofEvent(ctx, row.eventId)).catch(
    (error: unknown) => {
      throw error instanceof Problem ? new Problem("team.invitation_not_found") : error;
    },
  );
  if (!mayGive(team.ladder, team.by, row.role)) throw new Problem("team.invitation_not_found");
  return { row, team };
}

async function step(
  ctx: Ctx,
  id: string,
  action: "resend" | "withdraw",
  act: (tctx: TxCtx, row: repo.InvitationRow) => Promise<void>,
): Promise<TeamInvitation> {
  const { team } = await findForTeam(ctx, id);
  return inTx(ctx, async (tctx) => {
    const row = await repo.lock(tctx.db, id, tctx.now());
    if (!row) throw new Problem("team.invitation_not_found");
    const move = moveTeamInvitation(row.status, action);
    if (!move.moved) throw new Problem(move.because);
    if (action === "resend" || move.changed) await act(tctx, row);
    return viewOf(await get(tctx, id), team);
  });
}

/** Sends an invitation once more; it holds as long as a new one, and its link of before still works. */
export function resend(ctx: Ctx, id: string): Promise<TeamInvitation> {
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  return step(ctx, id, "resend", async (tctx) => {
    const now = tctx.now();
    await repo.renew(tctx.db, id, now, new Date(now.getTime() + days * dayMs));
    await record(tctx, invited({ invitationId: id }));
  });
}

/** Takes an invitation back; its link says so from then on. */
export function withdraw(ctx: Ctx, id: string): Promise<TeamInvitation> {
  return step(ctx, id, "withdraw", async (tctx, { organizerId, eventId, role }) => {
    await repo.settle(tctx.db, id, "withdrawn", tctx.now());
    const change = { new: { invitationId: id, role, ...(eventId === null ? {} : { eventId }) } };
    await audit.record(tctx, "team.invitation_withdrawn", { kind: "organizer", id: organizerId }, change);
  });
}

/** Takes back the invitations of an account that is gone. */
export const forgetUser = (ctx: Ctx, userId: string): Promise<void> =>
  inTx(ctx, (tctx) => repo.withdrawGiven(tctx.db, { userId }, tctx.now()));
