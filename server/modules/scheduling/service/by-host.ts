import type { Booking } from "#contract/scheduling-bookings.ts";
import type { BookingLetter, HostBookingCreate } from "#contract/scheduling-desk.ts";
import { takeAnswers } from "#server/modules/questions/service/answers.ts";
import { booked } from "#server/modules/scheduling/facts.ts";
import { mayHost } from "#server/modules/scheduling/policy.ts";
import { listLetters as listKept } from "#server/modules/scheduling/repo/desk.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseHosts } from "#server/modules/scheduling/repo/hosts.ts";
import { assertDetails, freeOrNearest } from "#server/modules/scheduling/service/booking.ts";
import { findForTeam, getBooking } from "#server/modules/scheduling/service/bookings.ts";
import { findForTeam as findType } from "#server/modules/scheduling/service/event-types.ts";
import { type NewParty, seat, takeSlot } from "#server/modules/scheduling/service/seating.ts";
import { type Asking, durationOf } from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * Books for somebody else, as one of the hosts or as an admin of the organizer; nobody has to say yes to it.
 *
 * At any time that is not taken, if that is asked for: opening hours, notice, horizon and limits bind visitors.
 */
export async function bookForGuest(ctx: Ctx, input: HostBookingCreate): Promise<Booking> {
  const known = await findType(ctx, input.eventTypeId);
  await assertHosts(ctx, known);
  if (input.attendeeCount > known.maxAttendees)
    throw new Problem("booking.capacity_exceeded", { max: known.maxAttendees });
  assertDetails(known, input.inviteePhone);
  const start = new Date(input.startTime).getTime();
  const duration = durationOf(known, input.duration);
  const asking = { from: start, to: start + 1, duration, attendeeCount: input.attendeeCount };
  // The host may not know everything of somebody else.
  const good = await takeAnswers(ctx, known.id, { given: input.customAnswers, isLenient: true });
  const id = await freeOrNearest(ctx, known, asking, () => inTx(ctx, (tctx) => take(tctx, asking, { ...input, good })));
  // The reply is kept for a while, in case it is asked for again: nothing that is sealed elsewhere may stand in it.
  return getBooking(ctx, id, { withSensitive: false });
}

async function assertHosts(ctx: Ctx | TxCtx, type: types.EventTypeRow): Promise<void> {
  const hostIds = type.hosts.map(({ userId }) => userId);
  if (!(await mayHost(ctx, { ...type, hostIds }))) throw new Problem("auth.forbidden");
}

async function take(tctx: TxCtx, asking: Asking, input: HostBookingCreate & Pick<NewParty, "good">): Promise<string> {
  const type = await types.lock(tctx.db, input.eventTypeId);
  if (!type || type.deletedAt) throw new Problem("event_type.not_found");
  const row = await takeSlot(tctx, type, asking, { anyTime: input.anyTime });
  const attendeeId = await seat(tctx, row, {
    name: input.inviteeName,
    email: input.inviteeEmail,
    phone: input.inviteePhone,
    timeZone: input.inviteeTimezone ?? type.timeZone,
    seats: input.attendeeCount,
    notes: input.notes,
    good: input.good,
  });
  await record(tctx, booked({ bookingId: row.id, attendeeId }));
  await raiseHosts(tctx.db, [...row.hostIds, ...type.hosts.map(({ userId }) => userId)]);
  return row.id;
}

/** Which letters about a booking went to whom, for its team; never what they say. */
export async function listLetters(ctx: Ctx, id: string): Promise<{ items: BookingLetter[]; nextCursor: null }> {
  const row = await findForTeam(ctx, id);
  const kept = await listKept(
    ctx.db,
    row.attendees.map((party) => party.id),
  );
  return {
    items: kept.map(({ createdAt, handedOverAt, ...letter }) => ({
      ...letter,
      createdAt: createdAt.toISOString(),
      handedOverAt: handedOverAt?.toISOString() ?? null,
    })),
    nextCursor: null,
  };
}
