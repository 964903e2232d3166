import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const teamInvitationStatuses = ["invited", "expired", "accepted", "declined", "withdrawn"] as const;
export type TeamInvitationStatus = (typeof teamInvitationStatuses)[number];

export type TeamInvitationAction = "accept" | "decline" | "withdraw" | "resend" | "invite";

// Expired is derived from the time. "invite" is the same person invited anew: with another link, so that the old one is void.
export const teamInvitationTable: StateTable<TeamInvitationStatus, TeamInvitationAction> = {
  invited: { accept: "accepted", decline: "declined", withdraw: "withdrawn", resend: "invited", invite: "-" },
  expired: { accept: "-", decline: "declined", withdraw: "withdrawn", resend: "invited", invite: "invited" },
  accepted: { accept: "-", decline: "-", withdraw: "-", resend: "-", invite: "invited" },
  declined: { accept: "-", decline: "declined", withdraw: "withdrawn", resend: "-", invite: "invited" },
  withdrawn: { accept: "-", decline: "-", withdraw: "withdrawn", resend: "-", invite: "invited" },
};

/** Moves an invitation to a team; each status that refuses says so by a code of its own. */
export const moveTeamInvitation = (
  from: TeamInvitationStatus,
  action: TeamInvitationAction,
): Move<TeamInvitationStatus, `team.invitation_${TeamInvitationStatus}`> =>
  move(teamInvitationTable, from, action, `team.invitation_${from}`);
