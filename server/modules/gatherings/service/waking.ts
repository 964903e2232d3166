import { ended, started } from "#server/modules/gatherings/facts.ts";
import * as busy from "#server/modules/gatherings/repo/busy.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { allLater, neverMind, type Timer } from "#server/platform/facts.ts";

/** Nobody is busy then any more, and nothing is due. */
export async function letGo(tctx: TxCtx, ids: readonly string[]): Promise<void> {
  await busy.writeBusy(tctx.db, ids, []);
  await neverMind(tctx, ...ids.flatMap((id) => [startKey(id), endKey(id)]));
}

const startKey = (gatheringId: string) => `gathering/${gatheringId}/start`;
const endKey = (gatheringId: string) => `gathering/${gatheringId}/end`;

/** Lets the start and the end of gatherings be told when they have come; one that lies behind us is told no more. */
export async function wake(
  tctx: TxCtx,
  all: readonly Pick<Gathering, "id" | "startTime" | "endTime">[],
): Promise<void> {
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
