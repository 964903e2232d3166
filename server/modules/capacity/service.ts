import { mayResize, type Pool } from "#domain/capacity/decide.ts";
import {
  type AnyRequest,
  lockPools,
  type Next,
  type Request,
  serve,
  type Use,
} from "#server/modules/capacity/batch.ts";
import { drifted } from "#server/modules/capacity/facts.ts";
import * as repo from "#server/modules/capacity/repo.ts";
import { pass } from "#server/modules/capacity/turnstile.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";

export type { Asked, Decided, Next, Plan, Request, Use, Want } from "#server/modules/capacity/batch.ts";

/**
 * Takes and gives back places: the only way in.
 *
 * Requests of one lane that come at once are served by one transaction: their pools are locked in the order of their
 * ids, each request is planned and decided under the locks, its rows and claims are written. All of a request happens
 * or nothing; a refusal or failure never touches its neighbours. Refusals are thrown as problems.
 */
export function change<N, P, R>(ctx: Ctx, request: Omit<Request<N, P, R>, "by">): Promise<R> {
  return pass(ctx, { ...request, by: ctx }) as Promise<R>;
}

/**
 * The same within the caller's transaction, which must not have locked anything but pools before.
 *
 * Answers in the order of the requests; the first refusal or failure is thrown.
 */
export async function changeWithin<N, P, R>(
  tctx: TxCtx,
  requests: readonly Omit<Request<N, P, R>, "by">[],
  nexts: readonly Next[] = [],
): Promise<R[]> {
  const all: AnyRequest[] = requests.map((request) => ({ ...request, by: tctx }));
  const settled = await serve(tctx, all, nexts);
  return settled.map((answer) => {
    if (!answer.ok) throw answer.error;
    return answer.value as R;
  });
}

/** Serves those who wait from whatever is free in these pools now, within the caller's transaction. */
export async function serveWaiting(
  tctx: TxCtx,
  { lane, pools }: Pick<AnyRequest, "lane" | "pools">,
  next: Next,
): Promise<void> {
  await changeWithin(tctx, [{ lane, pools, use: nothing, note: undefined }], [next]);
}

const nothing: Use<undefined, undefined, undefined> = {
  plan: async (_tctx, asked) => asked.map(() => ({ frees: [], wants: [], touches: [], with: undefined })),
  write: async (_tctx, decided) => decided.map(() => undefined),
};

/** A pool in which more is taken than it shall have. */
export interface TooSmall {
  key: string;
  used: number;
  capacity: number;
}

/**
 * Gives pools their capacities, making those that are not there.
 *
 * Returns the pools in which more is taken than that; nothing has changed then. With `overbook`, they follow all the
 * same and keep what is taken, but give nothing more until they have emptied. `besides` names the other pools
 * that the caller will touch, since all are locked at once.
 */
export async function setPools(
  tctx: TxCtx,
  wanted: readonly { key: string; capacity: number | null }[],
  { overbook = false, besides = [] }: { overbook?: boolean; besides?: readonly AnyRequest["pools"][number][] } = {},
): Promise<TooSmall[]> {
  if (wanted.length === 0) return [];
  const capacities = new Map(wanted.map(({ key, capacity }) => [key, capacity]));
  const pools = (await lockPools(tctx, [...besides, ...wanted])).filter(({ key }) => capacities.has(key));
  const refusing = pools.filter((pool) => !mayResize(pool, capacities.get(pool.key) ?? null));
  const tooSmall = refusing.map(({ key, held, taken }) => ({
    key,
    used: held + taken,
    capacity: capacities.get(key) ?? 0,
  }));
  if (tooSmall.length > 0 && !overbook) return tooSmall;
  for (const pool of pools) {
    const capacity = capacities.get(pool.key) ?? null;
    const used = pool.held + pool.taken;
    const overbookedTo = capacity !== null && used > capacity ? used : 0;
    if (capacity === pool.capacity && overbookedTo === pool.overbookedTo) continue;
    await repo.resizePool(tctx.db, pool.id, { capacity, overbookedTo });
  }
  return tooSmall;
}

/** How full pools are, for display. Never decide by it: it is old by the time it is read. */
export async function readPools(ctx: Pick<Ctx, "db"> | TxCtx, keys: readonly string[]): Promise<Map<string, Pool>> {
  const rows = await repo.listPools(ctx.db, keys);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Proves that every counter is the sum of its claims; one that is not raises the alarm. Returns how many are not. */
export async function proveCounters(ctx: Ctx): Promise<number> {
  const wrong = await repo.listDrifted(ctx.db);
  for (const pool of wrong) {
    ctx.log.error({ pool }, "a pool's counters are not the sum of its claims");
    await inTx(ctx, (tctx) => record(tctx, drifted({ poolId: pool.poolId })));
  }
  return wrong.length;
}
