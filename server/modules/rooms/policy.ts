import { type Answer, type As, type Door, mayEnter } from "#domain/entitlement/doors.ts";
import { noTerms } from "#domain/entitlement/terms.ts";
import { type Known, mayAs, standingAt } from "#server/modules/access/service.ts";
import { findAsker } from "#server/modules/rooms/repo/members.ts";
import type { Actor, Ctx } from "#server/platform/ctx.ts";

/** Whether a person, known by nothing but their id, may pass a door: asked for tokens on their way in, and for those inside. */
export async function personMay(ctx: Ctx, gatheringId: string, personId: string, door: Door): Promise<Answer> {
  const asker = await findAsker(ctx.db, personId, gatheringId);
  if (!asker) return { allowed: false, because: "access.registration_needed" };
  const { userId, isAdmin, registrationIds } = asker;
  const actor: Actor =
    userId === null ? { kind: "anonymous" } : { kind: "user", userId, personId, sessionId: "", isAdmin };
  const holds = registrationIds.map((id) => ({ of: "registration" as const, id }));
  const known = await standingAt({ ...ctx, actor, holds }, gatheringId);
  if (!known) return { allowed: false, because: "gathering.not_found" };
  // They were asked when they got their pass: terms that have changed since put nobody out.
  const { question } = known;
  return mayEnter({ ...question, policy: { ...question.policy, terms: noTerms } }, door);
}

/** Hosts and moderators keep order in a room. */
export const mayKeepOrder = (ctx: Ctx, gatheringId: string): Promise<boolean> => mayAs(ctx, gatheringId, "keepOrder");

/** Hosts open and end it. */
export const mayRunRoom = (ctx: Ctx, gatheringId: string): Promise<boolean> => mayAs(ctx, gatheringId, "runRoom");

export const maySeeAttendance = (ctx: Ctx, gatheringId: string): Promise<boolean> =>
  mayAs(ctx, gatheringId, "seeAttendance");

/** What the caller is there, and what two doors say: the room's, and the lobby's before it. */
export async function askRoomDoors(
  ctx: Ctx,
  gatheringId: string,
): Promise<{ known: Known; room: Answer; page: Answer; as: As | null } | undefined> {
  const known = await standingAt(ctx, gatheringId);
  if (!known) return undefined;
  const room = mayEnter(known.question, "room");
  const belongs = mayEnter(known.question, "foyer");
  return { known, room, page: mayEnter(known.question, "page"), as: belongs.allowed ? belongs.as : null };
}
