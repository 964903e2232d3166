import * as audit from "#server/modules/audit/service.ts";
import { sit } from "#server/modules/registrations/service/booked.ts";
import { booked } from "#server/modules/scheduling/facts.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { assertLimit } from "#server/modules/scheduling/service/booking.ts";
import { cancel, isDeserted, lockBooking } from "#server/modules/scheduling/service/deciding.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** Takes the seats that are kept for a party; doing it again changes nothing. */
export async function acceptOffer(
  tctx: TxCtx,
  row: repo.BookingRow,
  { id, entryId, status, seats, email, offerEndsAt }: repo.AttendeeRow,
): Promise<void> {
  if (entryId !== null && status === "confirmed") return;
  const isKept = status === "offered" && offerEndsAt !== null && new Date(offerEndsAt) > tctx.now();
  if (!isKept || row.status !== "confirmed") throw new Problem("waitlist.offer_over");
  await assertLimit(tctx, { id: row.eventTypeId, rules: row.rules }, email, 1);
  const moves = { ids: [id], action: "accept", seats } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, moves, by: "attendee" });
  await audit.record(tctx, "booking.offer_accepted", { kind: "booking", id: row.id }, { new: { attendeeId: id } });
  await record(tctx, booked({ bookingId: row.id, attendeeId: id }));
}

/** Lets an offer lapse whose time has come: its seats go to the next. One that was accepted or left meanwhile stays. */
export async function lapse(ctx: Ctx, { entryId, gatheringId }: { entryId: string; gatheringId: string }) {
  if (!(await repo.find(ctx.db, gatheringId))) return;
  await inTx(ctx, async (tctx) => {
    const row = await lockBooking(tctx, gatheringId);
    const party = row.attendees.find((one) => one.entryId === entryId);
    if (party?.status !== "offered" || !party.offerEndsAt || new Date(party.offerEndsAt) > tctx.now()) return;
    const moves = { ids: [party.id], action: "lapse", seats: party.seats } as const;
    await sit(tctx, row.seats, { gatheringId, moves, by: "system" });
    await raiseEventType(tctx.db, row.eventTypeId);
    const after = await lockBooking(tctx, gatheringId);
    // Nobody comes and nobody waits: its host has the time back.
    if (after.status === "confirmed" && isDeserted(tctx, after))
      await cancel(tctx, after, { by: "system", reason: "" });
  });
}
