import { rightChanged } from "#server/modules/access/facts.ts";
import { cancelled, moved, scheduled } from "#server/modules/gatherings/facts.ts";
import * as busy from "#server/modules/gatherings/repo/busy.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import { letGo, wake } from "#server/modules/gatherings/service/waking.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** A host's time that a booking takes, buffers included. */
export interface HostTime {
  userId: string;
  from: Date;
  until: Date;
}

/**
 * Makes the gatherings of bookings that differ in their times: scheduled at once, or planned while they wait for a yes.
 *
 * Hosts' times are taken apart, by `takeTimes`.
 */
export async function book(
  tctx: TxCtx,
  { isPlanned, ...shared }: Omit<repo.Planned, "visibility"> & { isPlanned: boolean },
  ones: readonly (repo.Times & { id: string })[],
): Promise<void> {
  const status = isPlanned ? "planned" : "scheduled";
  await repo.insertBookings(tctx.db, { ...shared, status, visibility: "private" }, ones, tctx.now());
  if (!isPlanned)
    await announce(
      tctx,
      ones.map((one) => ({ ...one, sequence: 0 })),
    );
}

type Announced = Pick<Gathering, "id" | "startTime" | "endTime" | "sequence">;

async function announce(tctx: TxCtx, all: readonly Announced[]): Promise<void> {
  await wake(tctx, all);
  const told = ({ id: gatheringId, sequence }: Announced) => [
    scheduled({ gatheringId, sequence }),
    rightChanged({ gatheringId }),
  ];
  await record(tctx, ...all.flatMap(told));
}

/** Takes hosts' times for bookings, where nothing firm has them: the database alone decides between two. Says which it got. */
export const takeTimes = (tctx: TxCtx, times: readonly (HostTime & { gatheringId: string })[]) =>
  busy.takeTimes(tctx.db, times);

export const takeTime = async (tctx: TxCtx, gatheringId: string, time: HostTime): Promise<boolean> =>
  (await takeTimes(tctx, [{ gatheringId, ...time }])).length > 0;

/** Gives the hosts' times of a booking back. */
export const releaseTimes = (tctx: TxCtx, gatheringId: string): Promise<void> =>
  busy.writeBusy(tctx.db, [gatheringId], []);

/** Schedules the gathering of a booking that has got its yes. */
export async function confirmBooking(tctx: TxCtx, gatheringId: string): Promise<void> {
  const one = await lockBooking(tctx, gatheringId);
  const change = { status: "scheduled" as const, reason: "", now: tctx.now(), raises: false };
  await repo.updateStatus(tctx.db, [gatheringId], change);
  await announce(tctx, [one]);
}

/** Gives the gathering of a booking another time; calendars and rooms follow its next number. */
export async function moveBooking(tctx: TxCtx, gatheringId: string, times: repo.Times): Promise<void> {
  const { sequence, status, timeZone } = await lockBooking(tctx, gatheringId);
  await repo.updateTime(tctx.db, gatheringId, times, timeZone);
  await repo.raiseSequence(tctx.db, gatheringId, tctx.now());
  if (status !== "scheduled") return;
  await wake(tctx, [{ id: gatheringId, ...times }]);
  await record(tctx, moved({ gatheringId, sequence: sequence + 1 }));
}

/** Cancels the gathering of a booking and gives its hosts' times back. */
export async function cancelBooking(tctx: TxCtx, gatheringId: string, reason: string): Promise<void> {
  const { sequence } = await lockBooking(tctx, gatheringId);
  const change = { status: "cancelled" as const, reason, now: tctx.now(), raises: true };
  await repo.updateStatus(tctx.db, [gatheringId], change);
  await letGo(tctx, [gatheringId]);
  await record(tctx, cancelled({ gatheringId, sequence: sequence + 1 }), rightChanged({ gatheringId }));
}

async function lockBooking(tctx: TxCtx, gatheringId: string): Promise<Gathering> {
  const one = await repo.lock(tctx.db, gatheringId);
  if (!one?.startTime || !one.endTime) throw new Problem("gathering.not_found");
  return one;
}
