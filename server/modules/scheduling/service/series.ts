import { randomUUIDv7 } from "node:crypto";

import type { BookingCreate, OwnBooking } from "#contract/scheduling-bookings.ts";
import type { OwnSeriesMember, SeriesDate, SeriesMember } from "#contract/scheduling-series.ts";
import type { Wish } from "#domain/recurrence/plan.ts";
import { seriesChanged } from "#server/modules/scheduling/facts.ts";
import { raiseEventType } from "#server/modules/scheduling/repo/hosts.ts";
import * as repo from "#server/modules/scheduling/repo/series.ts";
import {
  type AnsweredWish,
  beginWithin,
  create,
  partyOf,
  readWish,
  showMade,
} from "#server/modules/scheduling/service/booking.ts";
import { manageUrl } from "#server/modules/scheduling/service/booking-views.ts";
import { getBooking } from "#server/modules/scheduling/service/bookings.ts";
import { inLane } from "#server/modules/scheduling/service/lane.ts";
import { findByToken } from "#server/modules/scheduling/service/managing.ts";
import { repeatedFrom, wishesOf } from "#server/modules/scheduling/service/recurrence.ts";
import { guestsOf, occupy, partiesAt, seatAll } from "#server/modules/scheduling/service/seating.ts";
import { check, refuseTaken, seriesDateOf } from "#server/modules/scheduling/service/series-check.ts";
import { type Asking, durationOf, findPublic, questionOf } from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";

interface Asked {
  start_time: string;
  times: number;
  duration?: number | undefined;
  attendee_count: number;
  hold_id?: string | undefined;
}

/** The dates on which a time would repeat, and what is nearest to those that are taken. */
export async function checkSeries(
  ctx: Ctx,
  at: { organizerSlug: string; eventTypeSlug: string },
  query: Asked,
): Promise<{ items: SeriesDate[]; endsOn: string | null; nextCursor: null }> {
  const type = await findPublic(ctx, at.organizerSlug, at.eventTypeSlug);
  const duration = durationOf(type, query.duration);
  const from = Date.parse(query.start_time);
  const asking = { from, to: from + 1, duration, attendeeCount: query.attendee_count, holdId: query.hold_id };
  const { wishes, endsOn } = repeatedFrom(type, from, query.times);
  const { checked } = await check(ctx, type, asking, wishes);
  return { items: checked.map((one) => seriesDateOf(one, duration)), endsOn, nextCursor: null };
}

/** Books a time for a visitor: once, or as often as they say. */
export function book(ctx: Ctx, input: BookingCreate): Promise<OwnBooking> {
  return input.recurrence ? bookSeries(ctx, input, input.recurrence) : create(ctx, input);
}

/** All of a series or none: what is not free is named, with what is nearest, and nothing is booked. */
async function bookSeries(
  ctx: Ctx,
  input: BookingCreate,
  recurrence: NonNullable<BookingCreate["recurrence"]>,
): Promise<OwnBooking> {
  const { type, asking, wish } = await readWish(ctx, input);
  const wishes = wishesOf(type, asking.from, recurrence);
  const made = await inLane(type.id, () =>
    inTx(ctx, (tctx) => bookAll(tctx, { input: wish, asking, wishes }, type.id)),
  );
  return showMade(ctx, made);
}

async function bookAll(
  tctx: TxCtx,
  { input, asking, wishes }: { input: AnsweredWish; asking: Asking; wishes: readonly Wish[] },
  eventTypeId: string,
) {
  const type = await beginWithin(tctx, eventTypeId, input, wishes.length);
  const { hosts, checked } = await check(tctx, type, asking, wishes);
  refuseTaken(checked, asking.duration);
  const id = randomUUIDv7();
  const starts = checked.map(({ start }) => start);
  const rows = await occupy(tctx, type, starts, {
    questionAt: (start) => questionOf(tctx, type, hosts, { ...asking, from: start, to: start + 1 }),
    duration: asking.duration,
  });
  refuseTaken(
    checked.map((one, n) => ({ ...one, isFree: rows[n] !== undefined })),
    asking.duration,
  );
  const party = partyOf(input);
  const guests = guestsOf(input);
  // The invitee and each guest have a series of their own.
  const ids = new Map([[party.email, id], ...guests.map((email) => [email, randomUUIDv7()] as const)]);
  const parties = checked.flatMap(({ sequence, isException }, n) => {
    const row = rows[n];
    const seriesOf = (email: string) => ({ id: ids.get(email) ?? id, sequence, isException });
    return row ? partiesAt(row, party, guests, seriesOf) : [];
  });
  await seatAll(tctx, parties);
  const [first] = parties;
  if (!first) throw new Error("A series of nothing was booked.");
  const kind = type.rules.needsApproval ? "asked" : "booked";
  const attendeeIds = parties.map((one) => one.id);
  await record(tctx, seriesChanged({ seriesId: id, kind, attendeeIds, change: id }));
  await raiseEventType(tctx.db, type.id);
  return { bookingId: first.row.id, attendeeId: first.id };
}

/** All bookings that were made with one, for its team. */
export async function listSeries(ctx: Ctx, id: string): Promise<{ items: SeriesMember[]; nextCursor: null }> {
  const { recurrenceId } = await getBooking(ctx, id);
  if (recurrenceId === null) return { items: [], nextCursor: null };
  return { items: (await repo.listSeries(ctx.db, recurrenceId)).map(memberOf), nextCursor: null };
}

/** The same for their invitee, each with its own page. */
export async function listOwnSeries(ctx: Ctx, token: string): Promise<{ items: OwnSeriesMember[]; nextCursor: null }> {
  const { party } = await findByToken(ctx, token);
  if (party.seriesId === null) return { items: [], nextCursor: null };
  const members = await repo.listSeries(ctx.db, party.seriesId);
  return {
    items: members.map((member) => ({
      ...memberOf(member),
      manageUrl: manageUrl(ctx, { id: member.attendeeId, linkVersion: member.linkVersion }),
      isThis: member.attendeeId === party.id,
    })),
    nextCursor: null,
  };
}

function memberOf(member: repo.MemberRow): SeriesMember {
  const { bookingId, sequence, startTime, endTime, bookingStatus, partyStatus, isException } = member;
  return {
    ...{ bookingId, sequence, isException },
    startTime: startTime.toISOString(),
    endTime: endTime.toISOString(),
    // A party may have left a session that goes on without it.
    status: partyStatus === "cancelled" ? "cancelled" : bookingStatus,
  };
}
