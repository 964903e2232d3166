import type { GatheringSettings } from "#contract/gatherings.ts";
import { toInstant, toWall } from "#domain/time/wall.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import * as roles from "#server/modules/gatherings/repo/roles.ts";
import type { TxCtx } from "#server/platform/ctx.ts";

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

/** When something is, as the clocks of its zone say it; a time that a change of clocks leaps over is the one after. */
export function timesOf(start: Date, end: Date, timeZone: string): repo.Times {
  return { startTime: start, endTime: end, wallStart: toWall(start, timeZone), wallEnd: toWall(end, timeZone) };
}

/** Plans one gathering for each time; null is one whose time is not known yet. Only the team knows of them. */
export function plan(tctx: TxCtx, planned: repo.Planned, times: (repo.Times | null)[]): Promise<string[]> {
  return repo.insertAll(tctx.db, planned, times, tctx.now());
}

/** Plans further gatherings beside the first of a source, with its team; returns their ids. */
export async function planBeside(
  tctx: TxCtx,
  first: Gathering,
  { title, times, ...own }: repo.Own & { title: string; times: repo.Times[] },
): Promise<string[]> {
  const ids = await repo.insertAll(tctx.db, { ...first, title: own.ownTitle ?? title }, times, tctx.now());
  await roles.copyRoles(tctx.db, first.id, ids);
  for (const id of ids) await repo.updateOwn(tctx.db, id, { ...own, title: own.ownTitle ?? title });
  return ids;
}

/** All gatherings of a source, locked until the transaction ends. */
export const lockAll = (tctx: TxCtx, sourceId: string): Promise<Gathering[]> => repo.lockOfSource(tctx.db, sourceId);

/**
 * Removes what was only planned, and says whether it is gone: where somebody registered, or something was said in its room,
 * all of it stays.
 */
export const forget = (tctx: TxCtx, ids: readonly string[]): Promise<boolean> => repo.deleteAll(tctx.db, ids);

/** Reads a moment, to the second, as an instant: it is one, or it is the time on the clocks of a zone. */
export function instantOf(moment: string, timeZone: string): Date {
  const isInstant = /(Z|[+-]\d{2}:?\d{2})$/i.test(moment);
  const instant = isInstant ? new Date(moment) : toInstant(moment, timeZone);
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}
