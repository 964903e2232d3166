import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import type { ManageInput } from "#contract/scheduling-own.ts";
import * as audit from "#server/modules/audit/service.ts";
import { get as getGathering, icsForAll } from "#server/modules/gatherings/service/reading.ts";
import { changeInvitee, raiseLink, resizeParty } from "#server/modules/registrations/service/booked.ts";
import { keepLink } from "#server/modules/registrations/service/views.ts";
import * as repo from "#server/modules/scheduling/repo/bookings.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import { listSeries } from "#server/modules/scheduling/repo/series.ts";
import { answerAgain, showQuestions } from "#server/modules/scheduling/service/answering.ts";
import { freeOrNearest } from "#server/modules/scheduling/service/booking.ts";
import {
  changesUntil,
  hasOnlyWaited,
  isLiving,
  isWaiting,
  linkEnds,
  manageUrl,
  ownBookingOf,
} from "#server/modules/scheduling/service/booking-views.ts";
import { cancel, cancelParty, lockBooking, move } from "#server/modules/scheduling/service/deciding.ts";
import { acceptOffer } from "#server/modules/scheduling/service/offers.ts";
import { cancelAll, lockMeant, moveAll } from "#server/modules/scheduling/service/series-changes.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;

interface Opened {
  row: repo.BookingRow;
  party: repo.AttendeeRow;
}

/** The booking and the party that a link opens; each way in which it may not has a refusal of its own. */
export async function findByToken(ctx: Ctx, token: string): Promise<Opened> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  if (link?.kind !== "booking") throw new Problem("booking.link_invalid");
  const row = await repo.findOfAttendee(ctx.db, link.id);
  const party = row?.attendees.find(({ id }) => id === link.id);
  if (!row || !party) throw new Problem("booking.not_found");
  if (party.linkVersion !== link.version || ctx.now() >= linkEnds(row, party))
    throw new Problem("booking.link_expired");
  return { row, party };
}

/** Shows a booking to whoever has its link; this browser is let into its room from now on. */
export async function open(ctx: Ctx, token: string): Promise<OwnBooking> {
  const { row, party } = await findByToken(ctx, token);
  await keepLink(ctx, party.id);
  return ownBookingOf(ctx, row, party);
}

/** What the party of a link was asked. */
export const askedBy = async (ctx: Ctx, token: string) => showQuestions(ctx, await findByToken(ctx, token));

/** Does what an invitee asks on the page of their link: to their own party, and no other. */
export async function manage(ctx: Ctx, token: string, input: ManageInput): Promise<OwnBooking> {
  const { row, party } = await findByToken(ctx, token);
  const run = () => inTx(ctx, (tctx) => act(tctx, { row, party }, input));
  if (input.action === "reschedule") await withNearest(ctx, row, input.startTime, run);
  else await run();
  const after = await repo.find(ctx.db, row.id);
  const own = after?.attendees.find(({ id }) => id === party.id);
  if (!after || !own) throw new Error("A booking is gone.");
  if (input.action === "regenerate") await keepLink(ctx, own.id);
  return ownBookingOf(ctx, after, own);
}

/** Moves a booking; when the time is gone, the refusal names the nearest free ones. */
export async function withNearest(
  ctx: Ctx,
  row: repo.BookingRow,
  startTime: string,
  run: () => Promise<void>,
): Promise<void> {
  const type = await types.find(ctx.db, row.eventTypeId);
  if (!type) throw new Problem("booking.not_found");
  const from = new Date(startTime).getTime();
  const duration = (row.endTime.getTime() - row.startTime.getTime()) / minuteMs;
  await freeOrNearest(ctx, type, { from, to: from + 1, duration, attendeeCount: 1, rescheduleOf: row }, run);
}

async function act(tctx: TxCtx, known: Opened, input: ManageInput): Promise<void> {
  const row = await lockBooking(tctx, known.row.id);
  const party = row.attendees.find(({ id }) => id === known.party.id);
  if (!party) throw new Problem("booking.link_invalid");
  switch (input.action) {
    case "cancel":
      if (input.scope !== "one" && party.seriesId) {
        const members = await lockMeant(tctx, { row, party, scope: input.scope, by: "invitee" });
        return cancelAll(tctx, members, { by: "invitee", reason: input.reason });
      }
      if (isLiving(party) && party.guestOf === null) assertInTime(tctx, row);
      if (row.seats > 1 || party.guestOf !== null)
        return cancelParty(tctx, row, party.id, { by: "invitee", reason: input.reason });
      return cancel(tctx, row, { by: "invitee", reason: input.reason });
    case "reschedule":
      if (party.guestOf !== null) throw new Problem("booking.guests_follow");
      if (row.seats > 1) throw new Problem("booking.group_moves");
      assertInTime(tctx, row);
      if (input.scope !== "one" && party.seriesId) {
        const members = await lockMeant(tctx, { row, party, scope: input.scope, by: "invitee" });
        const startTime = new Date(input.startTime);
        return moveAll(tctx, members, { row, startTime, exceptions: input.exceptions, by: "invitee" });
      }
      return move(tctx, row, { startTime: new Date(input.startTime), holdId: input.holdId, by: "invitee" });
    case "accept":
      return acceptOffer(tctx, row, party);
    case "answer":
      return answerAgain(tctx, { row, party }, input);
    case "resize":
      if (party.guestOf !== null) throw new Problem("booking.guests_follow");
      return resize(tctx, row, party, input.attendeeCount);
    case "regenerate":
      // Whoever has seen this page has seen those of the whole series.
      for (const id of await partiesOf(tctx, party)) await raiseLink(tctx, id);
      return audit.record(
        tctx,
        "booking.link_renewed",
        { kind: "booking", id: row.id },
        { new: { attendeeId: party.id } },
      );
    default:
      return changeParty(tctx, row, party, input);
  }
}

async function partiesOf(tctx: TxCtx, { id, seriesId }: repo.AttendeeRow): Promise<string[]> {
  if (seriesId === null) return [id];
  return (await listSeries(tctx.db, seriesId)).map(({ attendeeId }) => attendeeId);
}

function assertInTime(tctx: TxCtx, row: repo.BookingRow): void {
  if (tctx.now() < changesUntil(row)) return;
  throw new Problem("booking.too_late", { until: changesUntil(row).toISOString() });
}

/**
 * Gives a party other seats than it has or waits for.
 *
 * Who waits for fewer keeps their number; who waits for more is put last, since those behind them would wait longer.
 */
async function resize(tctx: TxCtx, row: repo.BookingRow, party: repo.AttendeeRow, seats: number): Promise<void> {
  if (row.status !== "confirmed" || (party.status !== "confirmed" && !isWaiting(party)))
    throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  if (!isWaiting(party)) assertInTime(tctx, row);
  else if (row.startTime <= tctx.now()) throw new Problem("waitlist.past");
  else if (party.offerEndsAt !== null && new Date(party.offerEndsAt) <= tctx.now())
    throw new Problem("waitlist.offer_over");
  if (seats > row.seats) throw new Problem("booking.capacity_exceeded", { max: row.seats });
  if (seats === party.seats) return;
  await resizeParty(tctx, row.seats, { gatheringId: row.id, party, seats });
  await repo.updateAttendee(tctx.db, party.id, { seats });
  const change = { old: { attendeeId: party.id, seats: party.seats }, new: { seats } };
  await audit.record(tctx, "booking.party_resized", { kind: "booking", id: row.id }, change);
  await raiseEventType(tctx.db, row.eventTypeId);
}

async function changeParty(
  tctx: TxCtx,
  row: repo.BookingRow,
  party: repo.AttendeeRow,
  { name, phone, notes, timeZone }: Extract<ManageInput, { action: "change" }>,
): Promise<void> {
  if (!isLiving(party) && !isWaiting(party)) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  await changeInvitee(tctx, party.id, { name, timeZone });
  await repo.updateAttendee(tctx.db, party.id, { phone, notes });
  const fields = Object.entries({ name, phone, notes, timeZone }).filter(([, value]) => value !== undefined);
  const change = { new: { attendeeId: party.id, fields: fields.map(([field]) => field) } };
  await audit.record(tctx, "booking.party_changed", { kind: "booking", id: row.id }, change);
}

async function calendarOfSeries(ctx: Ctx, seriesId: string): Promise<string | undefined> {
  const members = await listSeries(ctx.db, seriesId);
  const partyIds = members.map(({ attendeeId }) => attendeeId);
  return calendarOfAll(ctx, await membersOf(ctx, partyIds));
}

/** The bookings of some parties, in the order of their times. */
export async function membersOf(ctx: Ctx | TxCtx, attendeeIds: readonly string[]): Promise<Opened[]> {
  const rows = await repo.listOfAttendees(ctx.db, attendeeIds);
  return rows.flatMap((row) =>
    row.attendees.flatMap((party) => (attendeeIds.includes(party.id) ? [{ row, party }] : [])),
  );
}

/** The calendar entry of a party, or those of its series; a later one replaces it, and one that was cancelled takes it away. */
export async function calendar(ctx: Ctx, token: string): Promise<string> {
  const { row, party } = await findByToken(ctx, token);
  const entry = await (party.seriesId ? calendarOfSeries(ctx, party.seriesId) : calendarOf(ctx, row, party));
  if (entry === undefined) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  ctx.reply.header("content-disposition", 'attachment; filename="booking.ics"');
  return entry;
}

/** The same for letters; what has got no yes is in nobody's calendar. */
export const calendarOf = (
  ctx: Ctx | TxCtx,
  row: repo.BookingRow,
  party?: repo.AttendeeRow,
): Promise<string | undefined> => calendarOfAll(ctx, [{ row, party }]);

/** One file of several bookings. */
export async function calendarOfAll(
  ctx: Ctx | TxCtx,
  all: readonly { row: repo.BookingRow; party: repo.AttendeeRow | undefined }[],
): Promise<string | undefined> {
  const entries = [];
  for (const { row, party } of all) {
    if (party && hasOnlyWaited(party)) continue;
    if (row.status === "pending" || row.status === "rejected" || row.status === "rescheduled") continue;
    const gathering = await getGathering(ctx, row.id);
    if (gathering.status === "planned") continue;
    const isWithdrawn = party?.status === "cancelled" && row.status !== "cancelled";
    const url = party ? manageUrl(ctx, party) : `${ctx.settings.publicUrl}/bookings/${row.id}`;
    entries.push({ gathering, url, steps: isWithdrawn ? 1 : 0, isWithdrawn });
  }
  return entries.length > 0 ? icsForAll(ctx, entries) : undefined;
}
