import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/scheduling/repo/leaving.ts";
import { isLiving, isWaiting } from "#server/modules/scheduling/service/booking-views.ts";
import { cancel, cancelParty, lockBooking } from "#server/modules/scheduling/service/deciding.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

/** Cancels what somebody who is gone had booked, or would have hosted alone, and forgets what they said of it. */
export async function forgetPerson(
  ctx: Ctx,
  { personId, userId }: { personId: string; userId?: string },
): Promise<void> {
  for (const { bookingId, attendeeId } of await repo.listComingOf(ctx.db, personId, ctx.now())) {
    await inTx(ctx, async (tctx) => {
      const row = await lockBooking(tctx, bookingId);
      const party = row.attendees.find(({ id }) => id === attendeeId);
      if (!party || !(isLiving(party) || isWaiting(party))) return;
      if (row.seats > 1 || party.guestOf !== null)
        await cancelParty(tctx, row, attendeeId, { by: "invitee", reason: "" });
      else await cancel(tctx, row, { by: "invitee", reason: "" });
    });
  }
  if (userId) await forgetHost(ctx, userId);
  await inTx(ctx, (tctx) => repo.eraseInvitee(tctx.db, personId));
}

async function forgetHost(ctx: Ctx, userId: string): Promise<void> {
  for (const bookingId of await repo.listHosted(ctx.db, userId, ctx.now())) {
    await inTx(ctx, async (tctx) => {
      const row = await lockBooking(tctx, bookingId);
      const others = row.hostIds.filter((id) => id !== userId);
      if (others.length === 0) return cancel(tctx, row, { by: "organizer", reason: "" });
      await repo.removeHost(tctx.db, bookingId, userId);
      await audit.record(tctx, "booking.host_left", { kind: "booking", id: bookingId }, { old: { hostId: userId } });
    });
  }
  await inTx(ctx, (tctx) => repo.eraseHost(tctx.db, userId));
}

/** Offers the times of who has left a team there no longer. Nobody's appointment is called off behind their back. */
export const leaveTeam = (ctx: Ctx, organizerId: string, userId: string): Promise<void> =>
  inTx(ctx, (tctx) => repo.withdrawHost(tctx.db, organizerId, userId));
