import type { TeamRole } from "#domain/entitlement/doors.ts";

/** What the team of a gathering may do there, and who of it. The one table: servers decide by it, and pages show by it. */
export const rights = {
  /** Its texts, times and tickets; publishing and cancelling; letters to those who come. */
  edit: ["owner", "cohost"],
  /** Who may come: approving, adding, moving, inviting. */
  decide: ["owner", "cohost"],
  seePeople: ["owner", "cohost", "moderator", "door"],
  keepDoor: ["owner", "cohost", "door"],
  runRoom: ["owner", "cohost"],
  keepOrder: ["owner", "cohost", "moderator"],
  seeAttendance: ["owner", "cohost", "moderator"],
  seeTeam: ["owner", "cohost", "moderator", "speaker", "door"],
} as const satisfies Record<string, readonly TeamRole[]>;

export type Right = keyof typeof rights;
export const allRights = Object.keys(rights) as [Right, ...Right[]];

/** Whether somebody in this role has this right; who has no role has none. */
export const hasRight = (role: TeamRole | null, right: Right): boolean =>
  role !== null && (rights[right] as readonly TeamRole[]).includes(role);
