import { z } from "zod";
import { route } from "#contract/route.ts";
import { Email } from "#contract/values.ts";
import { teamRoles } from "#domain/entitlement/doors.ts";
import { teamInvitationStatuses } from "#domain/organizers/invitations.ts";
import { eventRoles, memberRoles } from "#domain/organizers/team.ts";

const Instant = z.iso.datetime();
const named = z.strictObject({ id: z.string().min(1).max(120) });
const ofMember = z.strictObject({ id: z.string().min(1).max(120), userId: z.uuid() });
const ofInvitation = z.strictObject({ id: z.uuid() });
const token = z.strictObject({ token: z.string().min(1).max(200) });
const allOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.null() });

export const MemberRole = z.enum(memberRoles);
export type MemberRole = z.infer<typeof MemberRole>;
export const EventRole = z.enum(eventRoles);
export type EventRole = z.infer<typeof EventRole>;
/** Every role there is in a team: of an organizer, or of one event. */
const AnyRole = z.enum([...memberRoles, ...eventRoles]);

const someone = {
  userId: z.uuid(),
  name: z.string(),
  /** For those who may invite; null for everybody else. */
  email: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  since: Instant,
  isMe: z.boolean(),
  /** Whether the caller may take them out; of oneself, whether one may leave. */
  mayRemove: z.boolean(),
};

/** Somebody who belongs to an organizer. */
export const Member = z.object({
  ...someone,
  role: MemberRole,
  /** Which other roles the caller may give them. */
  mayBecome: z.array(MemberRole),
});
export type Member = z.infer<typeof Member>;

/** Somebody who belongs to one event. */
export const EventMember = z.object({ ...someone, role: z.enum(teamRoles), mayBecome: z.array(EventRole) });
export type EventMember = z.infer<typeof EventMember>;

/** An invitation as the team sees it: by its address, whether somebody has an account there or not. */
export const TeamInvitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: AnyRole,
  isHandover: z.boolean(),
  status: z.enum(teamInvitationStatuses),
  invitedBy: z.string(),
  sentAt: Instant,
  endsAt: Instant,
  mayWithdraw: z.boolean(),
  mayResend: z.boolean(),
});
export type TeamInvitation = z.infer<typeof TeamInvitation>;

/** An invitation as who was invited sees it. */
export const TeamInvited = z.object({
  email: z.string(),
  role: AnyRole,
  isHandover: z.boolean(),
  status: z.enum(teamInvitationStatuses),
  invitedBy: z.string(),
  organizer: z.object({ id: z.uuid(), slug: z.string(), name: z.string(), hue: z.int().min(0).max(359) }),
  event: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  endsAt: Instant,
  /** Whether the account that looks is the one that was invited; null for who is not signed in. */
  isMine: z.boolean().nullable(),
});
export type TeamInvited = z.infer<typeof TeamInvited>;

/** One line in the history of a team. */
export const TeamStep = z.object({
  id: z.uuid(),
  at: Instant,
  what: z.enum(["invited", "withdrawn", "declined", "joined", "role_changed", "removed", "left", "handed_over"]),
  /** Who did it; null for an account that is gone. */
  by: z.string().nullable(),
  whom: z.string().nullable(),
  role: AnyRole.nullable(),
  event: z.string().nullable(),
});
export type TeamStep = z.infer<typeof TeamStep>;

const closed = [
  "team.invitation_expired",
  "team.invitation_accepted",
  "team.invitation_declined",
  "team.invitation_withdrawn",
] as const;

/** Why a member may not become something else, or nothing any more. */
const refusals = [
  "auth.required",
  "auth.forbidden",
  "auth.confirm_needed",
  "organizer.not_found",
  "team.member_not_found",
  "team.last_owner",
] as const;

/** Who runs an organizer. */
export const teams = {
  members: route({
    method: "GET",
    path: "/organizers/:id/members",
    summary: "Who belongs to an organizer, for its members",
    status: 200,
    who: "signedIn",
    params: named,
    reply: allOf(Member),
    problems: ["auth.required", "organizer.not_found", "auth.forbidden"],
  }),
  change: route({
    method: "PATCH",
    path: "/organizers/:id/members/:userId",
    summary: "Give a member another role",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: ofMember,
    body: z.strictObject({ role: MemberRole }),
    reply: Member,
    problems: refusals,
  }),
  remove: route({
    method: "DELETE",
    path: "/organizers/:id/members/:userId",
    summary: "Take somebody out of the team, or leave it",
    status: 204,
    who: "signedIn",
    limit: 60,
    params: ofMember,
    reply: z.undefined(),
    problems: refusals,
  }),
  handOver: route({
    method: "POST",
    path: "/organizers/:id/handover",
    summary: "Offer ownership to another member; it is theirs once they say yes",
    status: 201,
    who: "signedIn",
    limit: 20,
    params: named,
    body: z.strictObject({ userId: z.uuid() }),
    reply: TeamInvitation,
    problems: [
      "auth.required",
      "auth.forbidden",
      "auth.confirm_needed",
      "organizer.not_found",
      "team.member_not_found",
      "team.already_member",
      "team.already_invited",
      "mail.off",
    ],
  }),
  history: route({
    method: "GET",
    path: "/organizers/:id/team-history",
    summary: "Who came, went and changed in the team, newest first; for owners",
    status: 200,
    who: "signedIn",
    params: named,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(30),
      cursor: z.string().max(400).optional(),
    }),
    reply: z.object({ items: z.array(TeamStep), nextCursor: z.string().nullable() }),
    problems: ["auth.required", "auth.forbidden", "organizer.not_found", "request.invalid"],
  }),
  invitations: route({
    method: "GET",
    path: "/organizers/:id/team-invitations",
    summary: "Who is invited to the team of an organizer and has not joined; for who may invite",
    status: 200,
    who: "signedIn",
    params: named,
    reply: allOf(TeamInvitation),
    problems: ["auth.required", "auth.forbidden", "organizer.not_found"],
  }),
  invite: route({
    method: "POST",
    path: "/organizers/:id/team-invitations",
    summary: "Invite an address to the team; the answer is the same whether it has an account or not",
    status: 201,
    who: "signedIn",
    limit: 30,
    params: named,
    body: z.strictObject({ email: Email, role: MemberRole }),
    reply: TeamInvitation,
    problems: [
      "auth.required",
      "auth.forbidden",
      "auth.confirm_needed",
      "organizer.not_found",
      "team.already_member",
      "team.already_invited",
      "team.too_many",
      "mail.off",
    ],
  }),
};

/** Who runs one event. */
export const eventTeams = {
  members: route({
    method: "GET",
    path: "/events/:id/team",
    summary: "Who is named for one event, beside the members of its organizer; for its team",
    status: 200,
    who: "signedIn",
    params: named,
    reply: allOf(EventMember),
    problems: ["auth.required", "auth.forbidden", "event.not_found"],
  }),
  change: route({
    method: "PATCH",
    path: "/events/:id/team/:userId",
    summary: "Give somebody another role at one event",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: ofMember,
    body: z.strictObject({ role: EventRole }),
    reply: EventMember,
    problems: ["auth.required", "auth.forbidden", "event.not_found", "team.member_not_found"],
  }),
  remove: route({
    method: "DELETE",
    path: "/events/:id/team/:userId",
    summary: "Take somebody out of one event's team, or leave it",
    status: 204,
    who: "signedIn",
    limit: 60,
    params: ofMember,
    reply: z.undefined(),
    problems: ["auth.required", "auth.forbidden", "event.not_found", "team.member_not_found"],
  }),
  invitations: route({
    method: "GET",
    path: "/events/:id/team-invitations",
    summary: "Who is invited to one event's team and has not joined; for who may invite",
    status: 200,
    who: "signedIn",
    params: named,
    reply: allOf(TeamInvitation),
    problems: ["auth.required", "auth.forbidden", "event.not_found"],
  }),
  invite: route({
    method: "POST",
    path: "/events/:id/team-invitations",
    summary: "Invite an address to one event's team; the answer is the same whether it has an account or not",
    status: 201,
    who: "signedIn",
    limit: 30,
    params: named,
    body: z.strictObject({ email: Email, role: EventRole }),
    reply: TeamInvitation,
    problems: [
      "auth.required",
      "auth.forbidden",
      "event.not_found",
      "team.already_member",
      "team.already_invited",
      "team.too_many",
      "mail.off",
    ],
  }),
};

/** One invitation: for who gave it, and for who holds its link. */
export const teamInvitations = {
  mine: route({
    method: "GET",
    path: "/me/team-invitations",
    summary: "The teams that I am invited to",
    status: 200,
    who: "signedIn",
    reply: allOf(TeamInvited.extend({ token: z.string() })),
    problems: ["auth.required"],
  }),
  resend: route({
    method: "POST",
    path: "/team-invitations/:id/resend",
    summary: "Send an invitation to a team once more; it holds for two weeks again",
    status: 200,
    who: "signedIn",
    limit: 30,
    params: ofInvitation,
    reply: TeamInvitation,
    problems: ["auth.required", "auth.forbidden", "team.invitation_not_found", ...closed, "mail.off"],
  }),
  withdraw: route({
    method: "DELETE",
    path: "/team-invitations/:id",
    summary: "Withdraw an invitation to a team",
    status: 200,
    who: "signedIn",
    limit: 60,
    params: ofInvitation,
    reply: TeamInvitation,
    problems: ["auth.required", "auth.forbidden", "team.invitation_not_found", "team.invitation_accepted"],
  }),
  open: route({
    method: "POST",
    path: "/team-invitations/open",
    summary: "What a link in a letter invites to",
    status: 200,
    who: "anyone",
    limit: 60,
    body: token,
    reply: TeamInvited,
    problems: ["auth.link_invalid"],
  }),
  accept: route({
    method: "POST",
    path: "/team-invitations/accept",
    summary: "Join a team, with the account of the address that was invited",
    status: 200,
    who: "signedIn",
    limit: 60,
    body: token,
    reply: TeamInvited,
    problems: ["auth.required", "auth.link_invalid", "team.other_account", ...closed],
  }),
  decline: route({
    method: "POST",
    path: "/team-invitations/decline",
    summary: "Say no to a team",
    status: 200,
    who: "anyone",
    limit: 60,
    body: token,
    reply: TeamInvited,
    problems: ["auth.link_invalid", "team.invitation_accepted", "team.invitation_withdrawn"],
  }),
};
