import { type TeamRole, teamRoles } from "#domain/entitlement/doors.ts";

/** What one can be at an organizer, the highest first. */
export const memberRoles = ["owner", "admin", "member"] as const;
export type MemberRole = (typeof memberRoles)[number];

/** What one can be at a single event without belonging to its organizer; its owners are the organizer's. */
export const eventRoles = ["cohost", "moderator", "speaker", "door"] as const;
export type EventRole = (typeof eventRoles)[number];

/** What somebody is at each event of an organizer that they belong to. */
export const roleAtEvents = (role: MemberRole): TeamRole => (role === "member" ? "cohost" : "owner");

/** A team: its roles, the highest first, and the ones that may give and take. */
export interface Ladder<Role extends string> {
  roles: readonly Role[];
  givers: readonly Role[];
}

export const memberLadder: Ladder<MemberRole> = { roles: memberRoles, givers: ["owner", "admin"] };
export const eventLadder: Ladder<TeamRole> = { roles: teamRoles, givers: ["owner", "cohost"] };

const rank = <Role extends string>({ roles }: Ladder<Role>, role: Role) => roles.length - roles.indexOf(role);

/** Whether somebody may give a role: owners any, other givers up to their own. */
export const mayGive = <Role extends string>(ladder: Ladder<Role>, by: Role | null, role: Role): boolean =>
  by !== null && ladder.givers.includes(by) && rank(ladder, by) >= rank(ladder, role);

/** Whether somebody may take a role from another: owners any, other givers what is below their own. */
export const mayTake = <Role extends string>(ladder: Ladder<Role>, by: Role | null, role: Role): boolean =>
  by !== null && ladder.givers.includes(by) && (by === ladder.roles[0] || rank(ladder, by) > rank(ladder, role));

export interface RoleChange<Role extends string> {
  /** What they are who change it; null for strangers. */
  by: Role | null;
  isSelf: boolean;
  from: Role;
  /** Null to be in the team no longer. */
  to: Role | null;
  /** How many owners the team has now; without them nobody could run it. */
  owners: number;
}

export type RoleDecision =
  | { allowed: true; isSensitive: boolean }
  | { allowed: false; because: "auth.forbidden" | "team.last_owner" };

/**
 * Decides whether a role may become another one.
 *
 * One may always step down or leave, but for the last owner, who hands over first. Ownership given to somebody or taken
 * from somebody is sensitive: the one who does it shows once more that it is them.
 */
export function changeRole<Role extends string>(ladder: Ladder<Role>, change: RoleChange<Role>): RoleDecision {
  const { by, isSelf, from, to, owners } = change;
  const [owner] = ladder.roles;
  const stepsDown = to === null || rank(ladder, to) <= rank(ladder, from);
  const mayDo = isSelf
    ? by === from && stepsDown
    : mayTake(ladder, by, from) && (to === null || mayGive(ladder, by, to));
  if (!mayDo) return { allowed: false, because: "auth.forbidden" };
  if (from === owner && to !== owner && owners <= 1) return { allowed: false, because: "team.last_owner" };
  return { allowed: true, isSensitive: !isSelf && from !== to && (from === owner || to === owner) };
}

/** The higher of two roles: who has one already loses nothing by accepting a lower one. */
export const higherOf = <Role extends string>(ladder: Ladder<Role>, one: Role, other: Role | null): Role =>
  other !== null && rank(ladder, other) > rank(ladder, one) ? other : one;
