import { isNothing, leftOf, noTerms, type Said, type Terms } from "#domain/entitlement/terms.ts";
import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format, Side } from "#domain/registrations/places.ts";
import { placeOf, type RegistrationStatus } from "#domain/registrations/states.ts";
import type { RoomStatus } from "#domain/rooms/states.ts";

export const doors = [
  "page",
  "register",
  "ticket",
  "foyer",
  "lobby",
  "room",
  "breakout",
  "stage",
  "channel",
  "resource",
  "recording",
  "replay",
] as const;
export type Door = (typeof doors)[number];

export const teamRoles = ["owner", "cohost", "moderator", "speaker", "door"] as const;
export type TeamRole = (typeof teamRoles)[number];

/** What is known of one person at one gathering, loaded by `access` alone. */
export interface Standing {
  role: TeamRole | null;
  isAdmin: boolean;
  /** The registration that speaks for them: the best one, when there are several. */
  registration: { status: RegistrationStatus; side: Side } | null;
  isInvited: boolean;
  /** Shut out of the platform, of everything of this organizer, or of this gathering. */
  isBanned: boolean;
  /** What the lobby said; `none` for who has not knocked. */
  lobby: "none" | "waiting" | "admitted" | "denied" | "removed";
  hasConsented: boolean;
  /** What they have said to the terms. */
  said: Said;
  /** Whether they are in the room now: they were asked when they came in. */
  isInside: boolean;
}

export interface Place {
  status: GatheringStatus;
  visibility: "public" | "unlisted" | "invite_only" | "private";
  format: Format;
  startTime: Date;
  endTime: Date;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  room: { status: RoomStatus; opensAt: Date; isSuspended: boolean } | null;
}

export interface Policy {
  hasWaitingRoom: boolean;
  needsConsent: boolean;
  terms: Terms;
}

/** Why a door stays shut. Each is a problem code, whose sentence says what the person can do. */
export type Because =
  | "gathering.not_found"
  | "gathering.cancelled"
  | "access.banned"
  | "access.registration_needed"
  | "access.approval_pending"
  | "access.waitlisted"
  | "access.payment_due"
  | "access.offer_open"
  | "access.other_side"
  | "access.team_only"
  | "access.lobby_waiting"
  | "access.lobby_denied"
  | "access.consent_needed"
  | "access.terms_needed"
  | "registration.closed"
  | "registration.invitation_needed"
  | "room.off"
  | "room.not_open"
  | "room.ended"
  | "room.removed";

export type As = "visitor" | "attendee" | "speaker" | "moderator" | "host" | "door";
export type Answer = { allowed: true; as: As } | { allowed: false; because: Because; until?: Date };

export interface Question {
  standing: Standing;
  gathering: Place;
  policy: Policy;
  now: Date;
}

/**
 * Decides whether a person may pass a door of a gathering, and as whom.
 *
 * The one answer for pages, tickets, lobbies, rooms, channels, resources and recordings. Whoever may not see that a
 * gathering exists is told at every door that there is none.
 */
export function mayEnter(question: Question, door: Door): Answer {
  const page = seePage(question);
  if (door === "page" || !page.allowed) return page;
  return ask[door](question);
}

const yes = (as: As): Answer => ({ allowed: true, as });
const no = (because: Because, until?: Date): Answer =>
  until ? { allowed: false, because, until } : { allowed: false, because };

const ask: Record<Exclude<Door, "page">, (question: Question) => Answer> = {
  register: mayRegister,
  ticket: mayHaveTicket,
  foyer: belongs,
  lobby: mayKnock,
  room: mayJoinRoom,
  breakout: mayJoinRoom,
  stage: mayTakeStage,
  channel: mayTakePart,
  resource: belongs,
  recording: mayWatch,
  replay: mayWatch,
};

function seePage({ standing, gathering }: Question): Answer {
  const as = roleOf(standing);
  if (as || standing.isAdmin) return yes(as ?? "visitor");
  if (gathering.status === "planned") return no("gathering.not_found");
  const knowsOfIt = standing.isInvited || standing.registration !== null;
  if (gathering.visibility === "private" && (!knowsOfIt || standing.isBanned)) return no("gathering.not_found");
  return yes(standing.registration?.status === "confirmed" ? "attendee" : "visitor");
}

function mayRegister({ standing, gathering, now }: Question): Answer {
  const { registrationOpensAt: opensAt, registrationClosesAt: closesAt, endTime, visibility } = gathering;
  if (gathering.status === "cancelled") return no("gathering.cancelled");
  if (gathering.status === "planned") return no("registration.closed");
  if (standing.isBanned) return no("access.banned");
  if (now >= endTime) return no("registration.closed");
  // Who runs it adds people whatever its window says.
  if (roleOf(standing) === "host") return yes("host");
  if (closesAt && now >= closesAt) return no("registration.closed");
  if (opensAt && now < opensAt) return no("registration.closed", opensAt);
  const byInvitation = visibility === "invite_only" || visibility === "private";
  if (byInvitation && !standing.isInvited && !roleOf(standing)) return no("registration.invitation_needed");
  return yes("visitor");
}

// A ticket stays readable after a cancellation of the gathering: its page says what happened.
function mayHaveTicket({ standing }: Question): Answer {
  if (standing.isBanned) return no("access.banned");
  return registered(standing);
}

/** Whether somebody belongs to a gathering, whatever the hour: its team, and who has a place. */
function belongs({ standing, gathering }: Question): Answer {
  if (standing.isBanned) return no("access.banned");
  const as = roleOf(standing);
  if (as) return yes(as);
  if (gathering.status === "cancelled") return no("gathering.cancelled");
  return registered(standing);
}

function registered({ registration }: Standing): Answer {
  if (!registration) return no("access.registration_needed");
  if (placeOf(registration.status) === "taken") return yes("attendee");
  return no(missing[registration.status] ?? "access.registration_needed");
}

const missing: Partial<Record<RegistrationStatus, Because>> = {
  pending: "access.approval_pending",
  awaiting_payment: "access.payment_due",
  waitlisted: "access.waitlisted",
  offered: "access.offer_open",
};

/** What those who have gone in hear and say: also from outside, nobody does without having accepted its terms. */
function mayTakePart(question: Question): Answer {
  const answer = belongs(question);
  // A correction of the terms puts nobody out who is in.
  const isAsked = hasToAccept(question) && !question.standing.isInside;
  return answer.allowed && isAsked ? no("access.terms_needed") : answer;
}

/** The place before the room: everybody who will be let in some time, and has not been sent away. */
function mayKnock(question: Question): Answer {
  const { standing, gathering } = question;
  if (standing.isBanned) return no("access.banned");
  if (standing.lobby === "removed") return no("room.removed");
  if (gathering.status === "cancelled") return no("gathering.cancelled");
  if (gathering.format === "in_person" || !gathering.room) return no("room.off");
  if (standing.lobby === "denied") return no("access.lobby_denied");
  const answer = belongs(question);
  if (!answer.allowed) return answer;
  if (answer.as === "attendee" && standing.registration?.side === "in_person") return no("access.other_side");
  return gathering.room.status === "ended" ? no("room.ended") : answer;
}

function mayJoinRoom(question: Question): Answer {
  const answer = mayKnock(question);
  const { standing, gathering, policy } = question;
  const { room } = gathering;
  if (!answer.allowed || !room) return answer;
  if (room.status !== "open") return no("room.not_open", room.opensAt);
  const runsIt = answer.as === "host" || answer.as === "moderator";
  if (room.isSuspended && !runsIt) return no("room.not_open");
  if (hasToAccept(question)) return no("access.terms_needed");
  if (policy.needsConsent && !standing.hasConsented) return no("access.consent_needed");
  // A waiting room that is set up meanwhile puts nobody out who is in.
  const isLetIn = standing.lobby === "admitted" || standing.isInside;
  const waits = policy.hasWaitingRoom && answer.as === "attendee" && !isLetIn;
  return waits ? no("access.lobby_waiting") : answer;
}

/** What somebody has still to accept. The team is not asked. */
export const termsLeft = ({ standing, policy }: Question): Terms =>
  roleOf(standing) === null ? leftOf(policy.terms, standing.said) : noTerms;

const hasToAccept = (question: Question): boolean => !isNothing(termsLeft(question));

function mayTakeStage(question: Question): Answer {
  const answer = mayJoinRoom(question);
  if (!answer.allowed) return answer;
  return answer.as === "attendee" || answer.as === "door" ? no("access.team_only") : answer;
}

function mayWatch(question: Question): Answer {
  const { gathering } = question;
  const answer = belongs(question);
  if (!answer.allowed) return answer;
  if (hasToAccept(question)) return no("access.terms_needed");
  // What is recorded can be seen by its team at once, by everybody else once the gathering is over.
  const isOver = gathering.room ? gathering.room.status === "ended" : question.now >= gathering.endTime;
  return isOver || answer.as === "host" ? answer : no("room.not_open", gathering.endTime);
}

const roles: Record<TeamRole, As> = {
  owner: "host",
  cohost: "host",
  moderator: "moderator",
  speaker: "speaker",
  door: "door",
};

const roleOf = ({ role, isBanned }: Standing): As | null => (role && !isBanned ? roles[role] : null);
