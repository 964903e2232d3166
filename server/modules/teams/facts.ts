import type { EventRole, MemberRole } from "#domain/organizers/team.ts";
import { fact } from "#server/platform/facts.ts";

/** What is told of every change in a team. */
export interface Change {
  /** Tells this change from one before. */
  changeId: string;
  organizerId: string;
  /** Null where it is about the organizer's whole team. */
  eventId: string | null;
  userId: string;
  byUserId: string;
}

/** Somebody is invited, or invited once more. */
export const invited = fact<{ invitationId: string }>()("team.invited");
/** Somebody has said yes. */
export const joined = fact<{ invitationId: string }>()("team.joined");
/** Ownership went from who gave it to who said yes. */
export const handedOver = fact<{ invitationId: string }>()("team.handed_over");
export const roleChanged = fact<Change & { role: MemberRole | EventRole }>()("team.role_changed");
/** Somebody is in the team no longer; by themselves where `byUserId` is theirs. */
export const removed = fact<Change>()("team.removed");
