import { eventTeams, teamInvitations, teams } from "#contract/teams.ts";
import { accept, decline, listMine, open } from "#server/modules/teams/service/answering.ts";
import { changeEventMember, listEventMembers, removeEventMember } from "#server/modules/teams/service/event-members.ts";
import {
  handOver,
  inviteMember,
  inviteToEvent,
  listEventInvitations,
  listInvitations,
  resend,
  withdraw,
} from "#server/modules/teams/service/inviting.ts";
import { changeMember, listHistory, listMembers, removeMember } from "#server/modules/teams/service/members.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(teams.members, (ctx, { params }) => listMembers(ctx, params.id));
answer(teams.change, (ctx, { params, body }) => changeMember(ctx, params.id, params.userId, body.role));
answer(teams.remove, async (ctx, { params }) => void (await removeMember(ctx, params.id, params.userId)));
answer(teams.handOver, (ctx, { params, body }) => handOver(ctx, params.id, body.userId));
answer(teams.history, (ctx, { params, query }) => listHistory(ctx, params.id, query));
answer(teams.invitations, (ctx, { params }) => listInvitations(ctx, params.id));
answer(teams.invite, (ctx, { params, body }) => inviteMember(ctx, params.id, body));
answer(eventTeams.members, (ctx, { params }) => listEventMembers(ctx, params.id));
answer(eventTeams.change, (ctx, { params, body }) => changeEventMember(ctx, params.id, params.userId, body.role));
answer(eventTeams.remove, async (ctx, { params }) => void (await removeEventMember(ctx, params.id, params.userId)));
answer(eventTeams.invitations, (ctx, { params }) => listEventInvitations(ctx, params.id));
answer(eventTeams.invite, (ctx, { params, body }) => inviteToEvent(ctx, params.id, body));
answer(teamInvitations.mine, listMine);
answer(teamInvitations.resend, (ctx, { params }) => resend(ctx, params.id));
answer(teamInvitations.withdraw, (ctx, { params }) => withdraw(ctx, params.id));
answer(teamInvitations.open, (ctx, { body }) => open(ctx, body.token));
answer(teamInvitations.accept, (ctx, { body }) => accept(ctx, body.token));
answer(teamInvitations.decline, (ctx, { body }) => decline(ctx, body.token));
