import { randomUUIDv7 } from "node:crypto";
import { findSlots, type SlotsQuestion } from "#domain/availability/slots.ts";
import { type BookingAction, moveBooking as nextStatus } from "#domain/scheduling/states.ts";
import * as audit from "#server/modules/audit/service.ts";
import {
  cancelBooking,
  confirmBooking,
  moveBooking,
  releaseTimes,
  takeTime,
} from "#server/modules/gatherings/service/bookings.ts";
import { timesOf } from "#server/modules/gatherings/service/planning.ts";
import { sit } from "#server/modules/registrations/service/booked.ts";
import {
  approved,
  cancelled,
  declined,
  moved,
  partyCancelled,
  waitlistLeft,
} from "#server/modules/scheduling/facts.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import * as busy from "#server/modules/scheduling/repo/busy.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { markExceptions } from "#server/modules/scheduling/repo/series.ts";
import { isLiving, isWaiting } from "#server/modules/scheduling/service/booking-views.ts";
import { candidatesFor, firstsOf, sharesOf, takeHosts, timeOf } from "#server/modules/scheduling/service/choosing.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { forgetReminders, remindOf } from "#server/modules/scheduling/service/reminding.ts";
import { questionOf, spanOf } from "#server/modules/scheduling/service/slots.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;

export type By = "organizer" | "invitee" | "system";

/** Who does something, and with which words. */
interface How {
  by: By;
  reason: string;
  /** One of several at once: whoever does that tells of all together. */
  isTold?: boolean;
}
const placeBy = { organizer: "organizer", invitee: "attendee", system: "system" } as const;

/** Holds a booking and, before it, its event type: everything about one event type happens one after another. */
export async function lockBooking(tctx: TxCtx, bookingId: string): Promise<repo.BookingRow> {
  const known = await repo.find(tctx.db, bookingId);
  if (!known) throw new Problem("booking.not_found");
  await types.lock(tctx.db, known.eventTypeId);
  const row = await repo.lock(tctx.db, bookingId);
  if (!row) throw new Problem("booking.not_found");
  return row;
}

/** Whether a step is one that changes something; what cannot be done is refused. */
function mayStep(row: repo.BookingRow, action: BookingAction): boolean {
  const answer = nextStatus(row.status, action);
  if (!answer.moved) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  return answer.changed;
}

const livingOf = (row: repo.BookingRow): string[] => row.attendees.filter(isLiving).map(({ id }) => id);

async function setStatus(
  tctx: TxCtx,
  row: repo.BookingRow,
  status: repo.BookingRow["status"],
  { by, reason = "" }: { by: By; reason?: string },
): Promise<void> {
  await repo.updateStatus(tctx.db, row.id, { status, by, reason }, tctx.now());
  const change = { old: { status: row.status }, new: { status, by } };
  await audit.record(tctx, `booking.${status}`, { kind: "booking", id: row.id }, change);
}

/** Cancels a booking for everybody; its time is free at once. */
export async function cancel(tctx: TxCtx, row: repo.BookingRow, how: How): Promise<void> {
  if (!mayStep(row, "cancel")) return;
  const attendeeIds = row.attendees.filter((one) => isLiving(one) || isWaiting(one)).map(({ id }) => id);
  const moves = { ids: attendeeIds, action: "cancel", seats: 1 } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, moves, by: placeBy[how.by] });
  await cancelBooking(tctx, row.id, how.reason);
  await forgetReminders(tctx, row.id);
  await setStatus(tctx, row, "cancelled", how);
  if (!how.isTold) await record(tctx, cancelled({ bookingId: row.id, attendeeIds }));
}

/** Whether nobody comes to a session, guests apart, and nobody who waits can still be offered a seat. */
export const isDeserted = (tctx: TxCtx, { attendees, startTime }: repo.BookingRow, without?: string): boolean =>
  !attendees.some(
    (one) =>
      one.id !== without && one.guestOf === null && (isLiving(one) || (isWaiting(one) && startTime > tctx.now())),
  );

/** Takes one party out of a session, or off its waitlist; with the last of them the session is cancelled. */
export async function cancelParty(tctx: TxCtx, row: repo.BookingRow, attendeeId: string, how: How): Promise<void> {
  const party = row.attendees.find(({ id }) => id === attendeeId);
  if (!party) throw new Problem("attendee.not_found");
  if (!isLiving(party) && !isWaiting(party)) return;
  if (party.guestOf === null && isDeserted(tctx, row, attendeeId)) {
    await repo.updateAttendee(tctx.db, attendeeId, { cancellationReason: how.reason });
    return cancel(tctx, row, how);
  }
  mayStep(row, "cancel");
  const moves = { ids: [attendeeId], action: "cancel", seats: 1 } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, moves, by: placeBy[how.by] });
  await repo.updateAttendee(tctx.db, attendeeId, { cancellationReason: how.reason });
  const change = { old: { attendeeId, seats: party.seats }, new: { by: how.by } };
  const [action, told] = isWaiting(party)
    ? (["booking.waitlist_left", waitlistLeft] as const)
    : (["booking.party_cancelled", partyCancelled] as const);
  await audit.record(tctx, action, { kind: "booking", id: row.id }, change);
  await raiseEventType(tctx.db, row.eventTypeId);
  if (!how.isTold) await record(tctx, told({ bookingId: row.id, attendeeId }));
}

/** Says yes to a request; where the time is somebody else's by now, it stays a request. */
export async function approve(tctx: TxCtx, row: repo.BookingRow, { isTold }: Pick<How, "isTold"> = {}): Promise<void> {
  if (!mayStep(row, "approve")) return;
  if (row.startTime <= tctx.now()) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  for (const { id, seats } of row.attendees.filter(isLiving)) {
    const moves = { ids: [id], action: "approve", seats } as const;
    await sit(tctx, row.seats, { gatheringId: row.id, moves, by: "organizer" });
  }
  const time = timeOf(row.startTime.getTime(), minutesOf(row), row.rules);
  await releaseTimes(tctx, row.id);
  for (const userId of row.hostIds.toSorted())
    if (!(await takeTime(tctx, row.id, { userId, ...time }))) throw new Problem("scheduling.slot_taken");
  await confirmBooking(tctx, row.id);
  await remindOf(tctx, row.id, row.startTime);
  await setStatus(tctx, row, "confirmed", { by: "organizer" });
  if (!isTold) await record(tctx, approved({ bookingId: row.id }));
}

/** Says no to a request, with words. */
export async function decline(
  tctx: TxCtx,
  row: repo.BookingRow,
  { reason, isTold }: Pick<How, "reason" | "isTold">,
): Promise<void> {
  if (!mayStep(row, "decline")) return;
  const moves = { ids: livingOf(row), action: "decline", seats: 1 } as const;
  await sit(tctx, row.seats, { gatheringId: row.id, moves, by: "organizer", note: reason });
  await releaseTimes(tctx, row.id);
  await setStatus(tctx, row, "rejected", { by: "organizer", reason });
  if (!isTold) await record(tctx, declined({ bookingId: row.id }));
}

/** Says how a booking ended: it took place, or nobody came. Not before it has begun. */
export async function close(
  tctx: TxCtx,
  row: repo.BookingRow,
  action: "complete" | "mark_no_show",
  by: By,
): Promise<void> {
  if (!mayStep(row, action)) return;
  if (tctx.now() < row.startTime) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  await setStatus(tctx, row, action === "complete" ? "completed" : "no_show", { by });
}

/** Takes back that it is over, as long as it is not. */
export async function reopen(tctx: TxCtx, row: repo.BookingRow): Promise<void> {
  if (tctx.now() >= row.endTime) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  if (mayStep(row, "reopen")) await setStatus(tctx, row, "confirmed", { by: "organizer" });
}

/**
 * Gives a booking another time under the same id; its old one stays behind as a tombstone.
 *
 * The rules are those of booking, with the booking itself out of its own way. The host stays where they are free.
 */
export async function move(
  tctx: TxCtx,
  row: repo.BookingRow,
  { startTime, holdId, by }: { startTime: Date; holdId?: string | undefined; by: By },
): Promise<void> {
  mayStep(row, "move");
  if (startTime.getTime() === row.startTime.getTime()) return;
  const type = await types.find(tctx.db, row.eventTypeId);
  if (!type) throw new Problem("booking.not_found");
  const start = startTime.getTime();
  if (holdId) await busy.deleteHold(tctx.db, holdId);
  const range = { from: start, to: start + 1 };
  const hosts = await readHosts(tctx, type, spanOf(type, range, tctx.now().getTime()));
  // A session is moved whole, onto a time where there is none.
  const asked = { ...range, duration: minutesOf(row), attendeeCount: 1, holdId, rescheduleOf: row };
  const question = questionOf(tctx, row.seats > 1 ? { ...type, maxAttendees: 1 } : type, hosts, asked);
  if (findSlots(question).starts[0] !== start) throw new Problem("scheduling.slot_taken");
  const tombstoneId = await relocate(tctx, row, type, { question, start, by });
  await markExceptions(tctx.db, livingOf(row), true);
  await record(tctx, moved({ bookingId: row.id, tombstoneId }));
}

export const minutesOf = ({ startTime, endTime }: repo.BookingRow) =>
  (endTime.getTime() - startTime.getTime()) / minuteMs;

/** Takes a time that the engine offers for a booking, in place of its own; the id is that of its tombstone. */
export async function relocate(
  tctx: TxCtx,
  row: repo.BookingRow,
  type: types.EventTypeRow,
  { question, start, by }: { question: SlotsQuestion; start: number; by: By },
): Promise<string> {
  const duration = minutesOf(row);
  const startTime = new Date(start);
  const candidates = candidatesFor(type, await sharesOf(tctx, type), question, { start, hostIds: row.hostIds });
  await releaseTimes(tctx, row.id);
  const takesTime = row.status !== "pending" || type.rules.pendingBlocks;
  const wanted = { gatheringId: row.id, candidates, time: timeOf(start, duration, type.rules) };
  const [hostIds] = takesTime ? await takeHosts(tctx, [wanted]) : [firstsOf(candidates)];
  if (!hostIds || hostIds.length === 0) throw new Problem("scheduling.slot_taken");
  const endTime = new Date(start + duration * minuteMs);
  const tombstoneId = randomUUIDv7();
  await moveBooking(tctx, row.id, timesOf(startTime, endTime, row.timeZone));
  await repo.moveTo(tctx.db, row.id, { tombstoneId, startTime, endTime, hostIds }, tctx.now());
  if (row.status === "confirmed") await remindOf(tctx, row.id, startTime);
  await audit.record(
    tctx,
    "booking.moved",
    { kind: "booking", id: row.id },
    { old: { startTime: row.startTime, hostIds: row.hostIds }, new: { startTime, hostIds, by, tombstoneId } },
  );
  return tombstoneId;
}
