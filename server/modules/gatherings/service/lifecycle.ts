import { type GatheringAction, moveGathering } from "#domain/gatherings/states.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { cancelled, rearranged, scheduled } from "#server/modules/gatherings/facts.ts";
import * as busy from "#server/modules/gatherings/repo/busy.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import { letGo, wake } from "#server/modules/gatherings/service/waking.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";

/** Opens what was planned: calendars, rooms and reminders hear of it, and the hosts are busy then. */
export async function schedule(tctx: TxCtx, sourceId: string, hosts: readonly string[]): Promise<void> {
  const planned = (await repo.lockOfSource(tctx.db, sourceId)).filter(({ status }) => status === "planned");
  const ids = planned.map(({ id }) => id);
  await repo.updateStatus(tctx.db, ids, { status: "scheduled", reason: "", now: tctx.now(), raises: false });
  await busy.writeBusy(tctx.db, ids, hosts);
  await wake(tctx, planned);
  await record(tctx, ...planned.map(({ id, sequence }) => scheduled({ gatheringId: id, sequence })));
}

/**
 * Cancels every gathering of a source that is not over, and says whether there was one; those who registered are told by
 * what follows from the fact.
 */
export async function cancelAll(tctx: TxCtx, sourceId: string, reason: string): Promise<boolean> {
  const open = await lockOpen(tctx, sourceId, "cancel");
  await callOff(tctx, open, reason);
  return open.length > 0;
}

/**
 * Cancels some of several, as far as they are not over, and says which; nothing is done where no other one is to come.
 */
export async function cancelSome(
  tctx: TxCtx,
  sourceId: string,
  gatheringIds: readonly string[],
  reason: string,
): Promise<readonly string[] | undefined> {
  const open = await lockOpen(tctx, sourceId, "cancel");
  const meant = open.filter(({ id }) => gatheringIds.includes(id));
  if (meant.length === open.length) return undefined;
  await callOff(tctx, meant, reason);
  return meant.map(({ id }) => id);
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
  const over = await repo.listOver(
    tctx.db,
    all.map(({ id }) => id),
    tctx.now(),
  );
  return all.filter(({ id, status, endTime }) => {
    const move = moveGathering(status, action);
    return endTime !== null && !over.includes(id) && move.moved && move.changed;
  });
}
