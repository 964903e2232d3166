import type { BookingCreate, OwnBooking } from "#contract/scheduling-bookings.ts";
import type { Slot } from "#contract/scheduling-public.ts";
import { type GoodAnswers, takeAnswers } from "#server/modules/questions/service/answers.ts";
import { asked, booked } from "#server/modules/scheduling/facts.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import * as busy from "#server/modules/scheduling/repo/busy.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { ownBookingOf } from "#server/modules/scheduling/service/booking-views.ts";
import { inLane } from "#server/modules/scheduling/service/lane.ts";
import { guestsOf, type NewParty, partiesAt, seatAll, takeSlot } from "#server/modules/scheduling/service/seating.ts";
import { type Asking, durationOf, findPublic, slotOf, slotsOf } from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const dayMs = 86_400_000;
const deadlock = "40P01";

/**
 * Books a time for a visitor, by the same rules that offered it.
 *
 * Of all who want the same time at once one gets it, or in a group as many as there are seats; the others are told the
 * nearest free times. What its host has to say yes to waits for that.
 */
export async function create(ctx: Ctx, input: BookingCreate): Promise<OwnBooking> {
  const { type, asking, wish } = await readWish(ctx, input);
  return freeOrNearest(ctx, type, asking, async () => {
    const made = await inLane(type.id, async () => {
      // Most of those who are too late are told so here.
      const { starts } = await slotsOf(ctx, type, asking);
      if (starts[0] !== asking.from) throw new Problem("scheduling.slot_taken");
      return inTx(ctx, (tctx) => bookWithin(tctx, type.id, asking, wish));
    });
    return showMade(ctx, made);
  });
}

/** What a visitor wants, as far as their event type has it. */
export async function readWish(
  ctx: Ctx,
  input: BookingCreate,
): Promise<{ type: types.EventTypeRow; asking: Asking; wish: AnsweredWish }> {
  const type = await findPublic(ctx, input.organizerSlug, input.eventTypeSlug);
  const duration = durationOf(type, input.duration);
  const start = new Date(input.startTime).getTime();
  assertDetails(type, input.inviteePhone);
  if (input.attendeeCount > type.maxAttendees)
    throw new Problem("booking.capacity_exceeded", { max: type.maxAttendees });
  const mostGuests = type.maxAttendees > 1 ? 0 : type.rules.maxGuests;
  if (input.guests.length > mostGuests) throw new Problem("booking.too_many_guests", { max: mostGuests });
  const { attendeeCount, holdId } = input;
  const good = await takeAnswers(ctx, type.id, { given: input.customAnswers });
  const asking = { from: start, to: start + 1, duration, attendeeCount, holdId };
  return { type, asking, wish: { ...input, good } };
}

/** What a visitor wants, once their answers are known to be good. */
export interface AnsweredWish extends BookingCreate {
  good: GoodAnswers | undefined;
}

interface Made {
  bookingId: string;
  attendeeId: string;
}

/** What somebody has just booked, as they see it. */
export async function showMade(ctx: Ctx, { bookingId, attendeeId }: Made): Promise<OwnBooking> {
  const row = await repo.find(ctx.db, bookingId);
  const party = row?.attendees.find(({ id }) => id === attendeeId);
  if (!row || !party) throw new Error("A booking that was made is not there.");
  return ownBookingOf(ctx, row, party);
}

/** Runs what takes a time; when that is gone, the refusal names the nearest free ones. */
export async function freeOrNearest<T>(
  ctx: Ctx,
  type: types.EventTypeRow,
  asking: Asking,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await tryAgain(run);
  } catch (error) {
    const isTaken = error instanceof Problem && error.code === "scheduling.slot_taken";
    if (!isTaken) throw error;
    const code = (await hasFewerSeats(ctx, type, asking)) ? "booking.capacity_exceeded" : "scheduling.slot_taken";
    throw new Problem(code, { nearest: await nearestTo(ctx, type, asking) });
  }
}

/** Whether a smaller party could still come. */
async function hasFewerSeats(ctx: Ctx, type: types.EventTypeRow, asking: Asking): Promise<boolean> {
  if (asking.attendeeCount === 1) return false;
  const { starts } = await slotsOf(ctx, type, { ...asking, attendeeCount: 1 });
  return starts[0] === asking.from;
}

/** Two bookings that want the hosts of each other in another order: the database stops one, and it is tried again. */
async function tryAgain<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { code?: string }).code !== deadlock) throw error;
    return run();
  }
}

async function nearestTo(ctx: Ctx, type: types.EventTypeRow, asking: Asking): Promise<Slot[]> {
  const around = { ...asking, from: asking.from - 7 * dayMs, to: asking.from + 14 * dayMs };
  const { starts, seatsLeft } = await slotsOf(ctx, type, around);
  return starts
    .map((start, n) => ({ start, left: seatsLeft?.[n], far: Math.abs(start - asking.from) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, left }) => slotOf(start, asking.duration, left));
}

export function assertDetails({ rules }: types.EventTypeRow, phone: string): void {
  if (rules.locationType !== "phone_call" || rules.phoneCaller !== "host" || phone !== "") return;
  throw new Problem("booking.details_needed", {
    fields: [{ at: "body.inviteePhone", code: "required", key: "fields.phone_needed" }],
  });
}

async function bookWithin(tctx: TxCtx, eventTypeId: string, asking: Asking, input: AnsweredWish): Promise<Made> {
  const type = await beginWithin(tctx, eventTypeId, input, 1);
  const row = await takeSlot(tctx, type, asking);
  const parties = partiesAt(row, partyOf(input), guestsOf(input));
  await seatAll(tctx, parties);
  const about = { bookingId: row.id, attendeeId: parties[0].id };
  await record(tctx, row.status === "pending" ? asked(about) : booked(about));
  await raiseEventType(tctx.db, type.id);
  return about;
}

/** Holds the event type, and clears the way for a visitor who may have so many bookings more. */
export async function beginWithin(
  tctx: TxCtx,
  eventTypeId: string,
  { inviteeEmail, holdId }: BookingCreate,
  count: number,
): Promise<types.EventTypeRow> {
  const type = await types.lock(tctx.db, eventTypeId);
  if (!type?.isActive || type.deletedAt) throw new Problem("event_type.not_found");
  await assertLimit(tctx, type, inviteeEmail, count);
  if (holdId) await busy.deleteHold(tctx.db, holdId);
  await busy.deleteExpired(
    tctx.db,
    type.hosts.map(({ userId }) => userId),
    tctx.now(),
  );
  return type;
}

/** Refuses an address more bookings of an event type than one may have. */
export async function assertLimit(
  tctx: TxCtx,
  { id, rules }: Pick<types.EventTypeRow, "id" | "rules">,
  email: string,
  count: number,
): Promise<void> {
  const { maxBookingsPerInvitee: most } = rules;
  if (most !== null && (await repo.countOfInvitee(tctx.db, id, email, tctx.now())) + count > most)
    throw new Problem("booking.limit_reached");
}

/** The party that a visitor names. */
export const partyOf = (input: AnsweredWish): NewParty => ({
  name: input.inviteeName,
  email: input.inviteeEmail,
  phone: input.inviteePhone,
  timeZone: input.inviteeTimezone,
  seats: input.attendeeCount,
  notes: input.notes,
  good: input.good,
});
