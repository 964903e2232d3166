import { randomUUIDv7 } from "node:crypto";

import type { BookingCreate, OwnBooking } from "#contract/scheduling-bookings.ts";
import type { OwnSeriesMember, SeriesDate, SeriesMember } from "#contract/scheduling-series.ts";
import type { Wish } from "#domain/recurrence/plan.ts";
import { seriesChanged } from "#server/modules/scheduling/facts.ts";
import * as bookings from "#server/modules/scheduling/repo/bookings.ts";
import type { EventTypeRow } from "#server/modules/scheduling/repo/event-types.ts";
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
import { wishesOf } from "#server/modules/scheduling/service/recurrence.ts";
import { bringGuests, guestsOf, occupy, seat } from "#server/modules/scheduling/service/seating.ts";
import { check, orTaken, refuseTaken, seriesDateOf } from "#server/modules/scheduling/service/series-check.ts";
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
): Promise<{ items: SeriesDate[] }> {
  const type = await findPublic(ctx, at.organizerSlug, at.eventTypeSlug);
  const duration = durationOf(type, query.duration);
  const from = Date.parse(query.start_time);
  const asking = { from, to: from + 1, duration, attendeeCount: query.attendee_count, holdId: query.hold_id };
  const wishes = wishesOf(type, from, { count: query.times, exceptions: [] });
  const { checked } = await check(ctx, type, asking, wishes);
  return { items: checked.map((one) => seriesDateOf(one, duration)) };
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
  const ofGuests = new Map(guestsOf(input).map((email) => [email, randomUUIDv7()]));
  const made: { bookingId: string; attendeeId: string; hostIds: string[]; guestIds: string[] }[] = [];
  for (const { sequence, start, isException } of checked) {
    const session = type.maxAttendees > 1 && (await sessionAt(tctx, type, start, asking.duration));
    const question = questionOf(tctx, type, hosts, { ...asking, from: start, to: start + 1 });
    const one = { question, start, duration: asking.duration, hostIds: made[0]?.hostIds ?? [] };
    const row = session || (await orTaken(() => occupy(tctx, type, one), { sequence, start, isException }, asking));
    const attendeeId = await seat(tctx, row, partyOf(input), { series: { id, sequence, isException } });
    const series = new Map([...ofGuests].map(([email, own]) => [email, { id: own, sequence, isException }]));
    const guestIds = await bringGuests(tctx, { row, attendeeId, input, series });
    made.push({ bookingId: row.id, attendeeId, hostIds: row.hostIds, guestIds });
  }
  const [first] = made;
  if (!first) throw new Error("A series of nothing was booked.");
  const kind = type.rules.needsApproval ? "asked" : "booked";
  const attendeeIds = made.flatMap(({ attendeeId, guestIds }) => [attendeeId, ...guestIds]);
  await record(tctx, seriesChanged({ seriesId: id, kind, attendeeIds, change: id }));
  await raiseEventType(tctx.db, type.id);
  return first;
}

const sessionAt = (tctx: TxCtx, type: EventTypeRow, start: number, duration: number) =>
  bookings.findSession(tctx.db, type.id, new Date(start), new Date(start + duration * 60_000));

/** All bookings that were made with one, for its team. */
export async function listSeries(ctx: Ctx, id: string): Promise<{ items: SeriesMember[] }> {
  const { recurrenceId } = await getBooking(ctx, id);
  if (recurrenceId === null) return { items: [] };
  return { items: (await repo.listSeries(ctx.db, recurrenceId)).map(memberOf) };
}

/** The same for their invitee, each with its own page. */
export async function listOwnSeries(ctx: Ctx, token: string): Promise<{ items: OwnSeriesMember[] }> {
  const { party } = await findByToken(ctx, token);
  if (party.seriesId === null) return { items: [] };
  const members = await repo.listSeries(ctx.db, party.seriesId);
  return {
    items: members.map((member) => ({
      ...memberOf(member),
      manageUrl: manageUrl(ctx, { id: member.attendeeId, linkVersion: member.linkVersion }),
      isThis: member.attendeeId === party.id,
    })),
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
