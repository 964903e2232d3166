import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import type { WaitlistEntry, WaitlistJoin, WaitlistQuery } from "#contract/scheduling-waitlist.ts";
import { findSlots } from "#domain/availability/slots.ts";
import * as audit from "#server/modules/audit/service.ts";
import { byQuestion, readAnswers } from "#server/modules/questions/service/answers.ts";
import { seatOfferEnds, seatsLeft, sit } from "#server/modules/registrations/service/booked.ts";
import { mayHost, mayRead } from "#server/modules/scheduling/policy.ts";
import * as bookings from "#server/modules/scheduling/repo/bookings.ts";
import type * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import * as repo from "#server/modules/scheduling/repo/waitlist.ts";
import {
  type AnsweredWish,
  beginWithin,
  partyOf,
  readWish,
  showMade,
} from "#server/modules/scheduling/service/booking.ts";
import { isWaiting } from "#server/modules/scheduling/service/booking-views.ts";
import { organizerOf } from "#server/modules/scheduling/service/bookings.ts";
import { cancelParty, lockBooking } from "#server/modules/scheduling/service/deciding.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { inLane } from "#server/modules/scheduling/service/lane.ts";
import { seat } from "#server/modules/scheduling/service/seating.ts";
import { type Asking, hasWaitlist, questionOf, spanOf } from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;

/**
 * Puts a visitor's party in the queue for a session that is full.
 *
 * The same rules as for booking decide which times there are; where there are seats enough, they are told to book.
 */
export async function join(ctx: Ctx, input: WaitlistJoin): Promise<OwnBooking> {
  const { type, asking, wish } = await readWish(ctx, { ...input, guests: [] });
  const made = await inLane(type.id, () => inTx(ctx, (tctx) => joinWithin(tctx, type.id, asking, wish)));
  return showMade(ctx, made);
}

async function joinWithin(tctx: TxCtx, eventTypeId: string, asking: Asking, wish: AnsweredWish) {
  const type = await beginWithin(tctx, eventTypeId, wish, 1);
  if (!hasWaitlist(type)) throw new Problem("waitlist.not_enabled");
  const session = await findFull(tctx, type, asking);
  const attendeeId = await seat(tctx, session, partyOf(wish), { waits: true });
  const change = { new: { attendeeId, seats: asking.attendeeCount } };
  await audit.record(tctx, "booking.waitlist_joined", { kind: "booking", id: session.id }, change);
  return { bookingId: session.id, attendeeId };
}

async function findFull(tctx: TxCtx, type: types.EventTypeRow, asking: Asking): Promise<bookings.BookingRow> {
  const { from: start, duration, attendeeCount } = asking;
  if (start <= tctx.now().getTime()) throw new Problem("waitlist.past");
  const time = { startTime: new Date(start), endTime: new Date(start + duration * minuteMs) };
  const session = (await bookings.listSessions(tctx.db, type.id, [time])).get(start);
  if (session && (await seatsLeft(tctx, session.id)) >= attendeeCount) throw new Problem("waitlist.not_full");
  const hosts = await readHosts(tctx, type, spanOf(type, asking, tctx.now().getTime()));
  const { starts } = findSlots(questionOf(tctx, type, hosts, { ...asking, withFull: true }));
  if (starts[0] !== start) throw new Problem("waitlist.unknown_time");
  if (!session) throw new Problem("waitlist.not_full");
  if (attendeeCount > session.seats) throw new Problem("booking.capacity_exceeded", { max: session.seats });
  return session;
}

/** Offers seats to a party out of its turn, as the host. */
export async function offerNow(ctx: Ctx, id: string, overbook: boolean): Promise<WaitlistEntry> {
  await editing(ctx, id, async (tctx, row, party) => {
    if (party.status === "offered") return;
    if (party.status !== "waitlisted" || row.status !== "confirmed")
      throw new Problem("booking.wrong_status", { bookingStatus: row.status });
    if (row.startTime <= tctx.now()) throw new Problem("waitlist.past");
    const offerEndsAt = seatOfferEnds(tctx.now(), row.startTime);
    const moves = { ids: [id], action: "offer", seats: party.seats, offerEndsAt, overbook } as const;
    await sit(tctx, row.seats, { gatheringId: row.id, moves, by: "organizer" });
    const change = { new: { attendeeId: id, overbook } };
    await audit.record(tctx, "booking.offer_made", { kind: "booking", id: row.id }, change);
    await raiseEventType(tctx.db, row.eventTypeId);
  });
  const [entry] = await entriesOf(ctx, await repo.list(ctx.db, { id, now: ctx.now() }));
  if (!entry) throw new Problem("waitlist.not_found");
  return entry;
}

/** Takes a party off the waitlist, as the host; an offer that it had goes to the next. */
export async function remove(ctx: Ctx, id: string): Promise<void> {
  await editing(ctx, id, async (tctx, row, party) => {
    if (isWaiting(party)) await cancelParty(tctx, row, id, { by: "organizer", reason: "" });
  });
}

async function editing(
  ctx: Ctx,
  id: string,
  edit: (tctx: TxCtx, row: bookings.BookingRow, party: bookings.AttendeeRow) => Promise<void>,
): Promise<void> {
  const known = await bookings.findOfAttendee(ctx.db, id);
  if (!known || !(await mayRead(ctx, known))) throw new Problem("waitlist.not_found");
  await inTx(ctx, async (tctx) => {
    const row = await lockBooking(tctx, known.id);
    const party = row.attendees.find((one) => one.id === id && one.entryId !== null);
    if (!party) throw new Problem("waitlist.not_found");
    if (!(await mayHost(tctx, row))) throw new Problem("auth.forbidden");
    await edit(tctx, row, party);
  });
}

/** Who waits for seats of an organizer's sessions, for its team: by their times, and in turn. */
export async function list(
  ctx: Ctx,
  { organizer_id: wanted, event_type_id: eventTypeId, status, when, limit, cursor }: WaitlistQuery,
): Promise<{ items: WaitlistEntry[]; nextCursor: string | null }> {
  const organizer = await organizerOf(ctx, wanted);
  if (!organizer) return { items: [], nextCursor: null };
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const after = cursor === undefined ? null : { at, id };
  const filter = { organizerId: organizer.id, eventTypeId, status, when, after, limit: limit + 1, now: ctx.now() };
  const rows = await repo.list(ctx.db, filter);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: await entriesOf(ctx, rows.slice(0, limit)),
    nextCursor: last ? writeCursor([last.startTime.toISOString(), last.id]) : null,
  };
}

async function entriesOf(ctx: Ctx, rows: readonly repo.EntryRow[]): Promise<WaitlistEntry[]> {
  const said = await readAnswers(
    ctx,
    rows.map(({ id }) => id),
    { withSensitive: false },
  );
  return rows.map(({ startTime, endTime, joinedAt, offeredAt, offerEndsAt, typeId, typeName, hue, ...row }) => ({
    ...row,
    eventType: { id: typeId, name: typeName, hue },
    desiredStartTime: startTime.toISOString(),
    desiredEndTime: endTime.toISOString(),
    notifyWhenAvailable: true,
    joinedAt: joinedAt.toISOString(),
    notifiedAt: offeredAt?.toISOString() ?? null,
    expiresAt: (offerEndsAt ?? startTime).toISOString(),
    convertedBooking: row.status === "converted" ? row.bookingId : null,
    customAnswers: byQuestion(said.get(row.id) ?? []),
  }));
}
