import { mayAct } from "#server/modules/organizers/service.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";

interface Owned {
  organizerId: string;
  createdBy: string;
}

const isOwn = ({ actor }: Pick<Ctx, "actor">, { createdBy }: Owned) => "userId" in actor && actor.userId === createdBy;

/** Who may see an event type and its bookings: the members of its organizer. */
export const mayRead = (ctx: Ctx | TxCtx, { organizerId }: Pick<Owned, "organizerId">): Promise<boolean> =>
  mayAct(ctx, organizerId, "member");

/** Who may change it: whoever made it, as long as they are a member, and the organizer's admins. */
export const mayEdit = (ctx: Ctx | TxCtx, owned: Owned): Promise<boolean> =>
  mayAct(ctx, owned.organizerId, isOwn(ctx, owned) ? "member" : "admin");

/** Who may look at a booking: the team, and whoever hosts it, even when they have left the team since. */
export const mayOpen = async (
  ctx: Ctx | TxCtx,
  booking: Pick<Owned, "organizerId"> & { hostIds: readonly string[] },
): Promise<boolean> =>
  ("userId" in ctx.actor && booking.hostIds.includes(ctx.actor.userId)) || (await mayRead(ctx, booking));

/** Who may answer, move or cancel a booking: its hosts, whoever made its event type, and the organizer's admins. */
export const mayHost = (ctx: Ctx | TxCtx, booking: Owned & { hostIds: readonly string[] }): Promise<boolean> => {
  const isHost = "userId" in ctx.actor && booking.hostIds.includes(ctx.actor.userId);
  return isHost ? mayAct(ctx, booking.organizerId, "member") : mayEdit(ctx, booking);
};
