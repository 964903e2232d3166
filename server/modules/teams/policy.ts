import { mayEnter, type TeamRole } from "#domain/entitlement/doors.ts";
import { hasRight } from "#domain/entitlement/rights.ts";
import type { MemberRole } from "#domain/organizers/team.ts";
import { standingAt } from "#server/modules/access/service.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import { getOrganizer } from "#server/modules/organizers/service.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** The organizer that a path names, and what the caller is there; refuses who is nothing there. */
export async function asMember(ctx: Ctx, name: string): Promise<{ organizerId: string; role: MemberRole }> {
  const { id, role } = await getOrganizer(ctx, name);
  if (role === null) throw new Problem("auth.forbidden");
  return { organizerId: id, role };
}

export interface EventTeamOf {
  eventId: string;
  organizerId: string;
  role: TeamRole;
}

/** The event that a path names, and what the caller is there; admins of the house are as its owners. */
export async function asEventTeam(ctx: Ctx, name: string): Promise<EventTeamOf> {
  const { id, kind, sourceId, organizerId } = await pick(ctx, name);
  const known = await standingAt(ctx, id);
  if (!known || kind !== "occurrence") throw new Problem("event.not_found");
  const { isAdmin, isBanned, role } = known.question.standing;
  const as = isAdmin ? "owner" : role;
  if (as !== null && !isBanned && hasRight(as, "seeTeam")) return { eventId: sourceId, organizerId, role: as };
  throw new Problem(mayEnter(known.question, "page").allowed ? "auth.forbidden" : "event.not_found");
}
