import type { AttendeeAdd, Booking, BookingChange, BookingsQuery } from "#contract/scheduling-bookings.ts";
import type { BookingsFilter } from "#contract/scheduling-desk.ts";
import { toInstant } from "#domain/time/wall.ts";
import * as audit from "#server/modules/audit/service.ts";
import { listMine, type Membership } from "#server/modules/organizers/service.ts";
import { takeAnswers } from "#server/modules/questions/service/answers.ts";
import { changeInvitee } from "#server/modules/registrations/service/booked.ts";
import { booked } from "#server/modules/scheduling/facts.ts";
import { mayHost, mayOpen } from "#server/modules/scheduling/policy.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { bookingsOf } from "#server/modules/scheduling/service/booking-views.ts";
import {
  approve,
  cancel,
  cancelParty,
  close,
  decline,
  lockBooking,
  move,
  reopen,
} from "#server/modules/scheduling/service/deciding.ts";
import { withNearest } from "#server/modules/scheduling/service/managing.ts";
import { seat } from "#server/modules/scheduling/service/seating.ts";
import {
  approveAll,
  cancelAll,
  declineAll,
  lockMeant,
  type Member,
  moveAll,
} from "#server/modules/scheduling/service/series-changes.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** The organizer whose bookings are meant: the named one, else the one last used. Who has none has no bookings either. */
export async function organizerOf(ctx: Ctx, wanted: string | undefined): Promise<Membership | undefined> {
  const mine = await listMine(ctx);
  const organizer = wanted === undefined ? mine[0] : mine.find(({ id }) => id === wanted);
  if (!organizer && wanted !== undefined) throw new Problem("organizer.not_found");
  return organizer;
}

/** From the first date's midnight to the last one's, by the clocks of a zone. */
export const midnights = (first: string, last: string, zone: string): { from: Date; until: Date } => ({
  from: toInstant(`${first}T00:00`, zone),
  until: toInstant(`${Temporal.PlainDate.from(last).add({ days: 1 }).toString()}T00:00`, zone),
});

/** What is asked for, as the database reads it. */
export function readFilter(
  ctx: Ctx,
  query: BookingsFilter,
  organizer: Membership,
): Omit<repo.Filter, "after" | "limit"> {
  const zone = query.timezone ?? organizer.timeZone;
  const { start_date: first, end_date: last } = query;
  return {
    organizerId: organizer.id,
    eventTypeId: query.event_type_id ?? null,
    hostId: query.host_id ?? null,
    status: query.status ?? null,
    when: query.when,
    from: first === undefined ? null : midnights(first, first, zone).from,
    until: last === undefined ? null : midnights(last, last, zone).until,
    text: query.q || null,
    now: ctx.now(),
  };
}

/** The bookings of an organizer, for its team: what is to come soonest first, else the newest first. */
export async function listBookings(
  ctx: Ctx,
  query: BookingsQuery,
): Promise<{ items: Booking[]; nextCursor: string | null }> {
  const { organizer_id: wanted, cursor, limit } = query;
  const organizer = await organizerOf(ctx, wanted);
  if (!organizer) return { items: [], nextCursor: null };
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const after = cursor === undefined ? null : { at, id };
  const rows = await repo.list(ctx.db, { ...readFilter(ctx, query, organizer), after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: await bookingsOf(ctx, items, false),
    nextCursor: last ? writeCursor([last.startTime.toISOString(), last.id]) : null,
  };
}

/** A booking for its team and its hosts; nobody else learns that there is one. */
export async function findForTeam(ctx: Ctx | TxCtx, id: string): Promise<repo.BookingRow> {
  const row = await repo.find(ctx.db, id);
  if (!row || !(await mayOpen(ctx, row))) throw new Problem("booking.not_found");
  return row;
}

/** A booking with what was answered; what is sensitive only to who decides over it. */
export async function getBooking(ctx: Ctx, id: string, { withSensitive } = { withSensitive: true }): Promise<Booking> {
  const row = await findForTeam(ctx, id);
  const [booking] = await bookingsOf(ctx, [row], withSensitive && (await mayHost(ctx, row)));
  if (!booking) throw new Problem("booking.not_found");
  return booking;
}

const steps = {
  confirmed: (tctx: TxCtx, row: repo.BookingRow) =>
    row.status === "completed" || row.status === "no_show" ? reopen(tctx, row) : approve(tctx, row),
  rejected: (tctx: TxCtx, row: repo.BookingRow, reason: string) => decline(tctx, row, { reason }),
  cancelled: (tctx: TxCtx, row: repo.BookingRow, reason: string) => cancel(tctx, row, { by: "organizer", reason }),
  completed: (tctx: TxCtx, row: repo.BookingRow) => close(tctx, row, "complete", "organizer"),
  no_show: (tctx: TxCtx, row: repo.BookingRow) => close(tctx, row, "mark_no_show", "organizer"),
};

/** Answers, cancels, completes or moves a booking, or several of its series, as a host or an admin of its organizer. */
export async function changeBooking(ctx: Ctx, id: string, change: BookingChange): Promise<Booking> {
  const known = await findForTeam(ctx, id);
  const run = () =>
    editing(ctx, known.id, async (tctx, row) => {
      const { status, reason, startTime, scope } = change;
      const party = row.seats > 1 ? undefined : row.attendees.find(({ seriesId, guestOf }) => seriesId && !guestOf);
      if (scope !== "one" && party && status !== "completed" && status !== "no_show")
        await changeSeries(tctx, { row, party }, change);
      else if (startTime !== undefined) await move(tctx, row, { startTime: new Date(startTime), by: "organizer" });
      else if (status !== undefined) await steps[status](tctx, row, reason);
    });
  if (change.startTime === undefined) await run();
  else await withNearest(ctx, known, change.startTime, run);
  return getBooking(ctx, id);
}

async function changeSeries(tctx: TxCtx, one: Member, change: BookingChange): Promise<void> {
  const { status, reason, startTime, scope, exceptions } = change;
  const members = await lockMeant(tctx, { ...one, scope, by: "organizer" });
  for (const { row } of members) if (!(await mayHost(tctx, row))) throw new Problem("auth.forbidden");
  if (startTime !== undefined)
    return moveAll(tctx, members, { row: one.row, startTime: new Date(startTime), exceptions, by: "organizer" });
  if (status === "confirmed" || status === "rejected") {
    const asked = members.filter(({ row }) => row.status === "pending");
    if (asked.length === 0) throw new Problem("booking.wrong_status", { bookingStatus: one.row.status });
    return status === "confirmed" ? approveAll(tctx, asked) : declineAll(tctx, asked, reason);
  }
  return cancelAll(tctx, members, { by: "organizer", reason });
}

async function editing(
  ctx: Ctx,
  id: string,
  edit: (tctx: TxCtx, row: repo.BookingRow) => Promise<void>,
): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const row = await lockBooking(tctx, id);
    if (!(await mayOpen(tctx, row))) throw new Problem("booking.not_found");
    if (!(await mayHost(tctx, row))) throw new Problem("auth.forbidden");
    await edit(tctx, row);
  });
}

/** Adds somebody to a session of a group; they are written to like anybody who books. */
export async function addAttendee(ctx: Ctx, id: string, party: AttendeeAdd): Promise<Booking> {
  const { eventTypeId } = await findForTeam(ctx, id);
  // The host may not know everything of somebody else.
  const good = await takeAnswers(ctx, eventTypeId, { given: party.customAnswers, isLenient: true });
  await editing(ctx, id, async (tctx, row) => {
    if (row.status !== "confirmed" || row.endTime <= tctx.now())
      throw new Problem("booking.wrong_status", { bookingStatus: row.status });
    const attendeeId = await seat(tctx, row, { ...party, good });
    const change = { new: { attendeeId, seats: party.seats } };
    await audit.record(tctx, "booking.party_added", { kind: "booking", id }, change);
    await raiseEventType(tctx.db, row.eventTypeId);
    await record(tctx, booked({ bookingId: id, attendeeId }));
  });
  return getBooking(ctx, id);
}

/** Takes a party out of a booking; with the last one it is cancelled. */
export async function removeAttendee(ctx: Ctx, id: string, attendeeId: string, reason: string): Promise<Booking> {
  await findForTeam(ctx, id);
  await editing(ctx, id, (tctx, row) => cancelParty(tctx, row, attendeeId, { by: "organizer", reason }));
  return getBooking(ctx, id);
}

/** Says that a party did not come, or that it did after all. */
export async function setNoShow(ctx: Ctx, id: string, attendeeId: string, noShow: boolean): Promise<Booking> {
  await findForTeam(ctx, id);
  await editing(ctx, id, async (tctx, row) => {
    const party = row.attendees.find((one) => one.id === attendeeId);
    if (!party) throw new Problem("attendee.not_found");
    if (party.status !== "confirmed" || tctx.now() < row.startTime)
      throw new Problem("booking.wrong_status", { bookingStatus: row.status });
    await changeInvitee(tctx, attendeeId, { attendance: noShow ? "no_show" : "unknown" });
    const change = { new: { attendeeId, noShow } };
    await audit.record(tctx, "booking.no_show_set", { kind: "booking", id }, change);
  });
  return getBooking(ctx, id);
}

/** Completes what has ended and nobody has said otherwise of. */
export async function completeEnded(ctx: Ctx, gatheringId: string): Promise<void> {
  const known = await repo.find(ctx.db, gatheringId);
  if (known?.status !== "confirmed" || known.endTime > ctx.now()) return;
  await inTx(ctx, async (tctx) => {
    const row = await lockBooking(tctx, gatheringId);
    if (row.status === "confirmed" && row.endTime <= tctx.now()) await close(tctx, row, "complete", "system");
  });
}
