import { randomUUIDv7 } from "node:crypto";

import type { SeriesException, SeriesScope } from "#contract/scheduling-recurrence.ts";
import { shifted } from "#domain/recurrence/occurrences.ts";
import { releaseTimes } from "#server/modules/gatherings/service/bookings.ts";
import { type SeriesChange, seriesChanged } from "#server/modules/scheduling/facts.ts";
import * as bookings from "#server/modules/scheduling/repo/bookings.ts";
import * as types from "#server/modules/scheduling/repo/event-types.ts";
import * as repo from "#server/modules/scheduling/repo/series.ts";
import { changesUntil, isLiving } from "#server/modules/scheduling/service/booking-views.ts";
import {
  approve,
  type By,
  cancel,
  cancelParty,
  decline,
  minutesOf,
  relocate,
} from "#server/modules/scheduling/service/deciding.ts";
import type { Hosts } from "#server/modules/scheduling/service/hosts.ts";
import { applied } from "#server/modules/scheduling/service/recurrence.ts";
import { check, orTaken, refuseTaken } from "#server/modules/scheduling/service/series-check.ts";
import { questionOf } from "#server/modules/scheduling/service/slots.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** A booking of a series, and the party of it that the series is about. */
export interface Member {
  row: bookings.BookingRow;
  party: bookings.AttendeeRow;
}

interface Meant extends Member {
  scope: SeriesScope;
  by: By;
}

/**
 * Holds those of a series that are meant and may still be changed, in the order of their numbers.
 *
 * What has begun stays as it is; so does what an invitee is too late for, when others can still be changed.
 */
export async function lockMeant(tctx: TxCtx, { row, party, scope, by }: Meant): Promise<Member[]> {
  if (scope === "one" || party.seriesId === null) return [{ row, party }];
  const all = await repo.listSeries(tctx.db, party.seriesId);
  const wanted = all.filter(({ sequence }) => scope === "all" || sequence >= (party.seriesSequence ?? 0));
  const members: Member[] = [];
  for (const { bookingId, attendeeId } of wanted) {
    const one = await bookings.lock(tctx.db, bookingId);
    const own = one?.attendees.find(({ id }) => id === attendeeId);
    if (!one || !own || !isLiving(own) || !(one.status === "pending" || one.status === "confirmed")) continue;
    if (one.startTime > tctx.now()) members.push({ row: one, party: own });
  }
  // Guests may say at any time that they do not come.
  const inTime =
    by === "invitee" && party.guestOf === null
      ? members.filter(({ row: one }) => tctx.now() < changesUntil(one))
      : members;
  if (inTime.length === 0 && members.length > 0)
    throw new Problem("booking.too_late", { until: changesUntil(row).toISOString() });
  if (inTime.length === 0) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  return inTime;
}

/** Cancels the parties of several bookings, and tells of it once. */
export async function cancelAll(tctx: TxCtx, members: readonly Member[], how: { by: By; reason: string }) {
  const quietly = { ...how, isTold: true };
  for (const { row, party } of members)
    await (row.seats > 1 || party.guestOf !== null
      ? cancelParty(tctx, row, party.id, quietly)
      : cancel(tctx, row, quietly));
  await tell(tctx, "cancelled", members);
}

/** Says yes to several requests: to all of them, or to none. */
export async function approveAll(tctx: TxCtx, members: readonly Member[]): Promise<void> {
  for (const { row } of members) await approve(tctx, row, { isTold: true });
  await tell(tctx, "approved", members);
}

export async function declineAll(tctx: TxCtx, members: readonly Member[], reason: string): Promise<void> {
  for (const { row } of members) await decline(tctx, row, { reason, isTold: true });
  await tell(tctx, "declined", members);
}

/**
 * Moves several bookings by as much as one of them, on the clocks of its event type; all that are wished for, or none.
 *
 * None of them stands in the way of another. One that is left out, or that is there already, stays where it is.
 */
export async function moveAll(
  tctx: TxCtx,
  members: readonly Member[],
  to: { row: bookings.BookingRow; startTime: Date; exceptions: readonly SeriesException[]; by: By },
): Promise<void> {
  const type = await types.find(tctx.db, to.row.eventTypeId);
  if (!type) throw new Problem("booking.not_found");
  if (!members.some(({ row }) => row.id === to.row.id))
    throw new Problem("booking.wrong_status", { bookingStatus: to.row.status });
  const byNumber = new Map(members.map((member) => [member.party.seriesSequence ?? 0, member]));
  const from = members.map(({ row }) => row.startTime.getTime());
  const targets = shifted(from, to.row.startTime.getTime(), to.startTime.getTime(), type.timeZone);
  const wishes = applied(
    [...byNumber.keys()].map((sequence, n) => ({ sequence, start: targets[n] ?? 0, isException: false })),
    to.exceptions,
  ).filter(({ sequence, start }) => byNumber.get(sequence)?.row.startTime.getTime() !== start);
  if (wishes.length === 0) return;
  const moving = wishes.flatMap(({ sequence }) => byNumber.get(sequence) ?? []);
  const duration = minutesOf(to.row);
  const asking = { from: to.startTime.getTime(), to: to.startTime.getTime() + 1, duration, attendeeCount: 1 };
  const away = new Set(moving.map(({ row }) => row.id));
  const { hosts, checked } = await check(tctx, type, asking, wishes, (all) => without(all, away));
  refuseTaken(checked, duration);
  for (const { row } of moving) await releaseTimes(tctx, row.id);
  for (const wish of checked) {
    const row = byNumber.get(wish.sequence)?.row;
    if (!row) continue;
    const question = questionOf(tctx, type, hosts, { ...asking, from: wish.start, to: wish.start + 1 });
    await orTaken(() => relocate(tctx, row, type, { question, start: wish.start, by: to.by }), wish, asking);
  }
  const partyOf = (isException: boolean) =>
    checked.flatMap((wish) => (wish.isException === isException ? (byNumber.get(wish.sequence)?.party.id ?? []) : []));
  await repo.markExceptions(tctx.db, partyOf(false), false);
  await repo.markExceptions(tctx.db, partyOf(true), true);
  await tell(tctx, "moved", moving);
}

/** Hosts without some bookings in their way. */
function without(hosts: Hosts, ids: ReadonlySet<string>): Hosts {
  const clear = <B extends { blocks: readonly { bookingId: string | undefined }[] }>(busy: B): B => ({
    ...busy,
    blocks: busy.blocks.filter(({ bookingId }) => bookingId === undefined || !ids.has(bookingId)),
  });
  return {
    ...hosts,
    groups: hosts.groups.map((group) => group.map((host) => ({ ...host, busy: clear(host.busy) }))),
    elsewhere: hosts.elsewhere && clear(hosts.elsewhere),
  };
}

async function tell(tctx: TxCtx, kind: SeriesChange, members: readonly Member[]): Promise<void> {
  const [first] = members;
  if (!first?.party.seriesId) return;
  // Who was brought along hears of it too.
  const attendeeIds = members.flatMap(({ row, party }) => [
    party.id,
    ...row.attendees.filter((one) => one.guestOf === party.id && isLiving(one)).map(({ id }) => id),
  ]);
  await record(tctx, seriesChanged({ seriesId: first.party.seriesId, kind, attendeeIds, change: randomUUIDv7() }));
}
