import { mayEnter } from "#domain/entitlement/doors.ts";
import { mayAs, standingAt } from "#server/modules/access/service.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Whether a registration is the caller's own: by their account, or by a link they have shown. */
export const isHolder = (ctx: Ctx, registration: { id: string; personId: string | null }): boolean =>
  ctx.holds.some(({ of, id }) => of === "registration" && id === registration.id) ||
  ("personId" in ctx.actor && ctx.actor.personId === registration.personId);

/** Who decides over registrations. */
export const mayDecide = (ctx: Ctx, gatheringId: string): Promise<boolean> => mayAs(ctx, gatheringId, "decide");
/** Who may see who is registered. */
export const mayRead = (ctx: Ctx, gatheringId: string): Promise<boolean> => mayAs(ctx, gatheringId, "seePeople");
/** Who lets people in. */
export const mayKeepDoor = (ctx: Ctx, gatheringId: string): Promise<boolean> => mayAs(ctx, gatheringId, "keepDoor");

/** Lets the team pass; who may not even see the page is told that there is none. */
export async function assertTeam(
  ctx: Ctx,
  gatheringId: string,
  mayDo: (ctx: Ctx, gatheringId: string) => Promise<boolean>,
): Promise<void> {
  if (await mayDo(ctx, gatheringId)) return;
  const known = await standingAt(ctx, gatheringId);
  const seesPage = known !== undefined && mayEnter(known.question, "page").allowed;
  throw new Problem(seesPage ? "auth.forbidden" : "event.not_found");
}
