import { isDeepStrictEqual } from "node:util";

import type { GatheringSettings } from "#contract/gatherings.ts";
import { type GatheringAction, moveGathering } from "#domain/gatherings/states.ts";
import { toInstant, toWall } from "#domain/time/wall.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { may } from "#server/modules/access/service.ts";
import { icsFor } from "#server/modules/gatherings/calendar.ts";
import { cancelled, changed, ended, moved, rearranged, scheduled, started } from "#server/modules/gatherings/facts.ts";
import * as repo from "#server/modules/gatherings/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { allLater, type Fact, neverMind, record, type Timer } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

export { icsFor, icsForAll } from "#server/modules/gatherings/calendar.ts";
export {
  type Gathering,
  meantFirst,
  nameOf,
  type Own,
  placeOf,
  type Telling,
} from "#server/modules/gatherings/repo.ts";

type Gathering = repo.Gathering;

/** What a new gathering begins with. */
export const freshSettings = (format: Gathering["format"]): GatheringSettings => ({
  virtualConfig: {
    enabled: format !== "in_person",
    autoStartMinutes: 15,
    waitingRoomEnabled: false,
    recordingEnabled: false,
    recordingConsentRequired: true,
    breakoutRoomsEnabled: false,
    e2eeRequired: false,
  },
  chat: { enabled: true },
});

/**
 * Says which gathering a path means: the named occurrence of an event, given by id or slug; when none is named, the one
 * that is on, else the next, else the last.
 *
 * Does not ask whether the caller may know of it: the door is for `access`.
 */
export async function pick(ctx: Ctx | TxCtx, source: string, occurrenceId?: string): Promise<Gathering> {
  if (occurrenceId === undefined) {
    const meant = await repo.findMeant(ctx.db, source, ctx.now());
    if (!meant) throw new Problem("event.not_found");
    return meant;
  }
  const named = await repo.findOfSource(ctx.db, source, occurrenceId);
  if (!named) throw new Problem("gathering.not_found");
  return named;
}

export async function get(ctx: Ctx | TxCtx, gatheringId: string): Promise<Gathering> {
  const gathering = await repo.find(ctx.db, gatheringId);
  if (!gathering) throw new Problem("gathering.not_found");
  return gathering;
}

/** The gatherings of a source that people may still come to, with what only they allow. */
export const listComing = (ctx: Ctx | TxCtx, sourceId: string): Promise<{ id: string; ownCapacity: number | null }[]> =>
  repo.listComing(ctx.db, sourceId, ctx.now());

/** When something is, as the clocks of its zone say it; a time that a change of clocks leaps over is the one after. */
export function timesOf(start: Date, end: Date, timeZone: string): repo.Times {
  return { startTime: start, endTime: end, wallStart: toWall(start, timeZone), wallEnd: toWall(end, timeZone) };
}

/** Plans one gathering for each time; null is one whose time is not known yet. Only the team knows of them. */
export function plan(tctx: TxCtx, planned: repo.Planned, times: (repo.Times | null)[]): Promise<string[]> {
  return repo.insertAll(tctx.db, planned, times, tctx.now());
}

/** Opens what was planned: calendars, rooms and reminders hear of it, and the hosts are busy then. */
export async function schedule(tctx: TxCtx, sourceId: string, hosts: readonly string[]): Promise<void> {
  const planned = (await repo.lockOfSource(tctx.db, sourceId)).filter(({ status }) => status === "planned");
  const ids = planned.map(({ id }) => id);
  await repo.updateStatus(tctx.db, ids, { status: "scheduled", reason: "", now: tctx.now(), raises: false });
  await repo.writeBusy(tctx.db, ids, hosts);
  await wake(tctx, planned);
  await record(tctx, ...planned.map(({ id, sequence }) => scheduled({ gatheringId: id, sequence })));
}

export interface Rewriting extends repo.Planned {
  /** Something that people must hear of changed beside what is written here, such as the place. */
  tells: boolean;
  hosts: readonly string[];
  telling: repo.Telling;
  /** The one whose time is written too; null takes the time away from what is only planned. */
  time?: { gatheringId: string; times: repo.Times | null };
}

/**
 * Writes what an event says to each of its gatherings.
 *
 * What is scheduled and not over gets the next number if people must hear of the change: once, however much changed.
 */
export async function rewrite(tctx: TxCtx, source: Rewriting): Promise<void> {
  const { db } = tctx;
  const before = await repo.lockOfSource(db, source.sourceId);
  const changes = before.map((gathering) => changeOf(gathering, asHere(source, gathering), tctx.now()));
  const told = changes.filter(({ tells }) => tells).map(({ gathering }) => gathering.id);
  await repo.updateAll(db, source, tctx.now());
  await repo.updateSequence(db, told, { ...source.telling, now: tctx.now() });
  if (source.time) await repo.updateTime(db, source.time.gatheringId, source.time.times, source.timeZone);
  for (const { gathering, isMoved } of changes) {
    if (!isMoved || !source.time?.times) continue;
    await repo.writeBusy(db, [gathering.id], source.hosts);
    await wake(tctx, [{ id: gathering.id, ...source.time.times }]);
  }
  await record(tctx, ...changes.flatMap((change) => factsOf(change, source.telling)));
}

/** What a source says, as far as the gathering does not say it otherwise. */
const asHere = (source: Rewriting, { ownTitle, ownPlaceName }: Gathering): Rewriting => ({
  ...source,
  title: ownTitle ?? source.title,
  tells: source.tells && ownPlaceName === null,
});

export interface Altering extends repo.Own {
  gatheringId: string;
  /** What its source is called, for where it has no name of its own. */
  title: string;
  times: repo.Times;
  hosts: readonly string[];
  telling: repo.Telling;
}

/** Writes what one gathering says otherwise than its source, and its time. People hear of it as of any other change. */
export async function alter(tctx: TxCtx, { gatheringId, times, hosts, telling, ...own }: Altering): Promise<void> {
  const { db } = tctx;
  const before = await repo.find(db, gatheringId);
  if (!before) throw new Problem("gathering.not_found");
  const title = own.ownTitle ?? own.title;
  const isElsewhere =
    before.format !== "virtual" &&
    (own.ownPlaceName !== before.ownPlaceName || own.ownPlaceAddress !== before.ownPlaceAddress);
  const time = { gatheringId, times };
  const change = changeOf(before, { ...before, title, tells: isElsewhere, time }, tctx.now());
  await repo.updateOwn(db, gatheringId, { ...own, title });
  await repo.updateTime(db, gatheringId, times, before.timeZone);
  if (change.tells) await repo.updateSequence(db, [gatheringId], { ...telling, now: tctx.now() });
  if (change.isMoved) {
    await repo.writeBusy(db, [gatheringId], hosts);
    await wake(tctx, [{ id: gatheringId, ...times }]);
  }
  await record(tctx, ...factsOf(change, telling));
}

/** Plans further gatherings beside the first of a source, with its team. */
export async function planBeside(
  tctx: TxCtx,
  first: Gathering,
  { title, times, ...own }: repo.Own & { title: string; times: repo.Times[] },
): Promise<void> {
  const ids = await repo.insertAll(tctx.db, { ...first, title: own.ownTitle ?? title }, times, tctx.now());
  await repo.copyRoles(tctx.db, first.id, ids);
  for (const id of ids) await repo.updateOwn(tctx.db, id, { ...own, title: own.ownTitle ?? title });
}

/** All gatherings of a source, locked until the transaction ends. */
export const lockAll = (tctx: TxCtx, sourceId: string): Promise<Gathering[]> => repo.lockOfSource(tctx.db, sourceId);

/** Removes one that was only planned. */
export const forgetOne = (tctx: TxCtx, gatheringId: string): Promise<void> => repo.deleteOne(tctx.db, gatheringId);

interface Change {
  gathering: Gathering;
  isMoved: boolean;
  tells: boolean;
  rearranges: boolean;
}

type Next = Pick<Rewriting, "title" | "format" | "visibility" | "settings" | "tells" | "time">;

function changeOf(gathering: Gathering, next: Next, now: Date): Change {
  const isComing = gathering.status === "scheduled" && gathering.endTime !== null && gathering.endTime > now;
  const times = next.time?.gatheringId === gathering.id ? next.time.times : undefined;
  const isMoved =
    isComing &&
    times !== undefined &&
    (times?.startTime.getTime() !== gathering.startTime?.getTime() ||
      times?.endTime.getTime() !== gathering.endTime?.getTime());
  const isOther = gathering.title !== next.title || gathering.format !== next.format || next.tells;
  const rearranges =
    gathering.status === "scheduled" &&
    (gathering.visibility !== next.visibility ||
      gathering.format !== next.format ||
      !isDeepStrictEqual(gathering.settings, next.settings));
  return { gathering, isMoved, tells: isComing && (isMoved || isOther), rearranges };
}

function factsOf({ gathering, isMoved, tells, rearranges }: Change, { isQuiet }: repo.Telling): Fact[] {
  const gatheringId = gathering.id;
  const sequence = gathering.sequence + 1;
  return [
    ...(isMoved
      ? [moved({ gatheringId, sequence, isQuiet })]
      : tells
        ? [changed({ gatheringId, sequence, isQuiet })]
        : []),
    ...(rearranges ? [rearranged({ gatheringId }), rightChanged({ gatheringId })] : []),
  ];
}

/** Cancels every gathering of a source that is not over; those who registered are told by what follows from the fact. */
export async function cancelAll(tctx: TxCtx, sourceId: string, reason: string): Promise<void> {
  await callOff(tctx, await lockOpen(tctx, sourceId, "cancel"), reason);
}

/** Cancels one of several; returns whether there is another one to come, without which nothing is done. */
export async function cancelOne(tctx: TxCtx, sourceId: string, gatheringId: string, reason: string): Promise<boolean> {
  const open = await lockOpen(tctx, sourceId, "cancel");
  if (!open.some(({ id }) => id !== gatheringId)) return false;
  await callOff(
    tctx,
    open.filter(({ id }) => id === gatheringId),
    reason,
  );
  return true;
}

async function callOff(tctx: TxCtx, open: readonly Gathering[], reason: string): Promise<void> {
  const ids = open.map(({ id }) => id);
  await repo.updateStatus(tctx.db, ids, { status: "cancelled", reason, now: tctx.now(), raises: true });
  await letGo(tctx, ids);
  const facts = open.flatMap(({ id, sequence }) => [
    cancelled({ gatheringId: id, sequence: sequence + 1 }),
    rightChanged({ gatheringId: id }),
  ]);
  await record(tctx, ...facts);
}

/** Takes back what was scheduled and is not over: only the team knows of it again, until it is scheduled anew. */
export async function unschedule(tctx: TxCtx, sourceId: string): Promise<void> {
  const open = await lockOpen(tctx, sourceId, "unschedule");
  const ids = open.map(({ id }) => id);
  await repo.updateStatus(tctx.db, ids, { status: "planned", reason: "", now: tctx.now(), raises: false });
  await letGo(tctx, ids);
  await record(tctx, ...ids.flatMap((gatheringId) => [rearranged({ gatheringId }), rightChanged({ gatheringId })]));
}

async function lockOpen(tctx: TxCtx, sourceId: string, action: GatheringAction): Promise<Gathering[]> {
  const all = await repo.lockOfSource(tctx.db, sourceId);
  return all.filter(({ status, endTime }) => {
    const move = moveGathering(status, action);
    return endTime !== null && endTime > tctx.now() && move.moved && move.changed;
  });
}

/** Nobody is busy then any more, and nothing is due. */
async function letGo(tctx: TxCtx, ids: readonly string[]): Promise<void> {
  await repo.writeBusy(tctx.db, ids, []);
  await neverMind(tctx, ...ids.flatMap((id) => [startKey(id), endKey(id)]));
}

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
  repo.takeTimes(tctx.db, times);

export const takeTime = async (tctx: TxCtx, gatheringId: string, time: HostTime): Promise<boolean> =>
  (await takeTimes(tctx, [{ gatheringId, ...time }])).length > 0;

/** Gives the hosts' times of a booking back. */
export const releaseTimes = (tctx: TxCtx, gatheringId: string): Promise<void> =>
  repo.writeBusy(tctx.db, [gatheringId], []);

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

/** Removes what was only planned. */
export function forget(tctx: TxCtx, sourceId: string): Promise<void> {
  return repo.deleteOfSource(tctx.db, sourceId);
}

/** The calendar file of an event for whoever may see its page; what has no time yet has none. */
export async function calendar(ctx: Ctx, source: string, occurrenceId?: string): Promise<string> {
  const gathering = await pick(ctx, source, occurrenceId);
  const answer = await may(ctx, gathering.id, "page");
  if (!answer.allowed || !gathering.startTime) throw new Problem("event.not_found");
  ctx.reply.header("content-disposition", 'attachment; filename="event.ics"');
  return icsFor(ctx, gathering);
}

/** Reads a moment, to the second, as an instant: it is one, or it is the time on the clocks of a zone. */
export function instantOf(moment: string, timeZone: string): Date {
  const isInstant = /(Z|[+-]\d{2}:?\d{2})$/i.test(moment);
  const instant = isInstant ? new Date(moment) : toInstant(moment, timeZone);
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

const startKey = (gatheringId: string) => `gathering/${gatheringId}/start`;
const endKey = (gatheringId: string) => `gathering/${gatheringId}/end`;

async function wake(tctx: TxCtx, all: readonly Pick<Gathering, "id" | "startTime" | "endTime">[]): Promise<void> {
  const begins = ({ startTime }: Pick<Gathering, "startTime">) => startTime !== null && startTime > tctx.now();
  const timers = all.flatMap(({ id: gatheringId, startTime, endTime }): Timer[] => [
    ...(startTime && begins({ startTime })
      ? [{ key: startKey(gatheringId), dueAt: startTime, due: started({ gatheringId }) }]
      : []),
    ...(endTime ? [{ key: endKey(gatheringId), dueAt: endTime, due: ended({ gatheringId }) }] : []),
  ]);
  await neverMind(tctx, ...all.filter((one) => !begins(one)).map(({ id }) => startKey(id)));
  await allLater(tctx, timers);
}

/** What is to come that only this account runs: of organizers that would have no owner without it. The soonest first. */
export async function upcomingOf(ctx: Ctx | TxCtx, userId: string) {
  const rows = await repo.listBound(ctx.db, userId, ctx.now());
  return rows.map(({ startTime, ...row }) => ({ ...row, startTime: startTime.toISOString() }));
}

/** Whoever is gone has no part at any gathering, and no time taken by one. */
export const forgetUser = (ctx: Ctx, userId: string): Promise<void> => repo.deletePartsOf(ctx.db, userId);
