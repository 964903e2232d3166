import {
  grant,
  type Outcome,
  onlyGives,
  type Part,
  type Pool,
  type Pools,
  type Wish,
} from "#domain/capacity/decide.ts";
import * as repo from "#server/modules/capacity/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

export interface Want {
  /** Who takes: a registration. */
  subjectId: string;
  pool: string;
  as: Part["as"];
  amount: number;
  /**
   * Asked for like the others, but not taken: so that who has a place already gets the answer of who has none. How full
   * the pool is told to be counts it as if it were.
   */
  isProbe?: boolean;
}

/** What a request turned out to mean once its pools were locked. */
export type Plan<P> =
  | {
      /** Subjects that give back all they have. */
      frees: readonly string[];
      wants: readonly Want[];
      /** Takes places that are not there; for those who decide over the limits. */
      overbooks?: boolean;
      /** Those who wait are asked once more when this is written, although nothing is given back. */
      wakes?: boolean;
      /** What else it is about; two requests of one batch that touch the same thing come one after the other. */
      touches: readonly string[];
      with: P;
    }
  | Problem;

/**
 * One way of using pools, for a whole batch of requests of its kind at once.
 *
 * `plan` reads, under the locks, what each request means now; `write` writes the rows of those that were decided. Both
 * answer in the order they were asked. What fails for all is tried again for each alone.
 */
export interface Use<N, P, R> {
  plan(tctx: TxCtx, asked: readonly Asked<N>[]): Promise<Plan<P>[]>;
  write(tctx: TxCtx, decided: readonly Decided<N, P>[]): Promise<(R | Problem)[]>;
}

export interface Asked<N> {
  /** Who asks, and from where. */
  by: Ctx | TxCtx;
  note: N;
}

export interface Decided<N, P> extends Asked<N> {
  plan: P;
  outcome: Outcome;
}

/** Who is served from places that came free, before anybody new: asked in the transaction that freed them. */
export type Next = (tctx: TxCtx, lane: string, pools: Pools, touched: ReadonlySet<string>) => Promise<AnyRequest[]>;

export interface Request<N, P, R> extends Asked<N> {
  use: Use<N, P, R>;
  /** Requests of one lane are collected and served together: those that want the same pools. */
  lane: string;
  /** Every pool that may be touched, by key; at its first use a pool gets this capacity. */
  pools: readonly { key: string; capacity: number | null }[];
  next?: Next;
}

/** Requests of different uses travel together; each meets only its own `use` again. */
export type AnyRequest = Request<unknown, unknown, unknown>;

interface Planned {
  request: AnyRequest;
  plan: Exclude<Plan<unknown>, Problem>;
  wish: Wish;
  /** The wish without what is only probed. */
  taken: Wish;
  freed: repo.ClaimRow[];
  outcome: Outcome;
}

export type Settled = { ok: true; value: unknown } | { ok: false; error: unknown };

/** Serves requests in one transaction; each is settled for itself. */
export async function serve(
  tctx: TxCtx,
  requests: readonly AnyRequest[],
  nexts: readonly Next[] = [],
): Promise<Settled[]> {
  const state = await lock(tctx, requests);
  const settled = new Map<AnyRequest, Settled>();
  let round: Round = { requests, nexts };
  while (round.requests.length > 0 || round.nexts.length > 0) {
    round = await safely(tctx, state, round, settled);
  }
  return requests.map((request) => settled.get(request) ?? { ok: false, error: new Error("A request was lost.") });
}

interface State {
  lane: string;
  byKey: Map<string, repo.PoolRow>;
  pools: Pools;
}

interface Round {
  requests: readonly AnyRequest[];
  nexts: readonly Next[];
}

/** Locks pools, making those that are not there. All that a transaction will touch at a lane must be locked at once. */
export async function lockPools(
  tctx: TxCtx,
  pools: readonly { key: string; capacity: number | null }[],
): Promise<repo.PoolRow[]> {
  const wanted = new Map(pools.map((pool) => [pool.key, pool]));
  const keys = [...wanted.keys()];
  const rows = await repo.lockPools(tctx.db, keys);
  if (rows.length === keys.length) return rows;
  const there = new Set(rows.map(({ key }) => key));
  await repo.insertPools(
    tctx.db,
    [...wanted.values()].filter(({ key }) => !there.has(key)),
  );
  return repo.lockPools(tctx.db, keys);
}

async function lock(tctx: TxCtx, requests: readonly AnyRequest[]): Promise<State> {
  const rows = await lockPools(
    tctx,
    requests.flatMap(({ pools }) => pools),
  );
  return {
    lane: requests[0]?.lane ?? "",
    byKey: new Map(rows.map((row) => [row.key, row])),
    pools: new Map(rows.map((row) => [row.key, row satisfies Pool])),
  };
}

/** All of a round at once; where that fails, each request alone, so that one failure never fails its neighbours. */
async function safely(tctx: TxCtx, state: State, round: Round, settled: Map<AnyRequest, Settled>): Promise<Round> {
  try {
    return await underSavepoint(tctx, () => serveRound(tctx, state, round, settled));
  } catch (error) {
    if (round.requests.length <= 1) {
      const [request] = round.requests;
      if (!request) throw error;
      settled.set(request, { ok: false, error });
      return { requests: [], nexts: [] };
    }
  }
  const nexts = new Set(round.nexts);
  for (const request of round.requests) {
    const rest = await safely(tctx, state, { requests: [request], nexts: [] }, settled);
    for (const next of rest.nexts) nexts.add(next);
  }
  return { requests: [], nexts: [...nexts] };
}

async function underSavepoint<T>(tctx: TxCtx, run: () => Promise<T>): Promise<T> {
  await repo.setSavepoint(tctx.db);
  try {
    const value = await run();
    await repo.releaseSavepoint(tctx.db);
    return value;
  } catch (error) {
    await repo.rollBackToSavepoint(tctx.db);
    throw error;
  }
}

/**
 * One round: whoever gives back goes first, then those who waited for what came free, then those who change places, then
 * newcomers in the order they came. What touches the same thing as an earlier request waits for the next round.
 */
async function serveRound(tctx: TxCtx, state: State, round: Round, settled: Map<AnyRequest, Settled>): Promise<Round> {
  const done = new Map<AnyRequest, Settled>();
  const touched = new Set<string>();
  const { planned, later } = await planAll(tctx, state, round.requests, touched, done);
  let { pools } = state;
  const decideAll = (some: readonly Planned[]) => {
    for (const one of some) {
      one.outcome = grant(pools, one.wish).outcome;
      if (one.outcome.granted) pools = grant(pools, one.taken).pools;
    }
  };
  const givers = planned.filter(({ wish }) => onlyGives(wish));
  decideAll(givers);
  const nexts = new Set([...round.nexts, ...nextsOf(givers)]);
  const waiting: Planned[] = [];
  for (const next of nexts) {
    const offers = await next(tctx, state.lane, pools, touched);
    const { planned: chosen } = await planAll(tctx, state, offers, touched, done);
    decideAll(chosen);
    waiting.push(...chosen);
  }
  const takers = planned.filter(({ wish }) => !onlyGives(wish));
  const movers = takers.filter(({ freed }) => freed.length > 0);
  decideAll(movers);
  // What a mover leaves is offered to those who wait before a newcomer is asked: they come in the next round.
  const leaves = [...movers, ...givers.filter(({ plan }) => plan.wakes)].some(
    ({ outcome, request }) => outcome.granted && request.next,
  );
  const newcomers = takers.filter(({ freed }) => freed.length === 0);
  if (leaves) later.unshift(...newcomers.map(({ request }) => request));
  else decideAll(newcomers);
  const kept = await writeAll(tctx, [...givers, ...waiting, ...movers, ...(leaves ? [] : newcomers)], done);
  state.pools = kept.reduce((before, { taken }) => grant(before, taken).pools, state.pools);
  await applyAll(tctx, state, kept);
  for (const [request, result] of done) settled.set(request, result);
  return { requests: later, nexts: nextsOf(kept.filter(({ wish, plan }) => !onlyGives(wish) || plan.wakes)) };
}

const nextsOf = (some: readonly Planned[]): Next[] => [
  ...new Set(
    some.filter(({ freed, plan }) => freed.length > 0 || plan.wakes).flatMap(({ request }) => request.next ?? []),
  ),
];

async function planAll(
  tctx: TxCtx,
  state: State,
  requests: readonly AnyRequest[],
  touched: Set<string>,
  done: Map<AnyRequest, Settled>,
): Promise<{ planned: Planned[]; later: AnyRequest[] }> {
  const plans = new Map<AnyRequest, Plan<unknown>>();
  for (const [use, group] of Map.groupBy(requests, (request) => request.use)) {
    const answers: Plan<unknown>[] = await use.plan(tctx, group);
    for (const [n, request] of group.entries()) plans.set(request, answers[n] ?? new Problem("internal"));
  }
  const ready: { request: AnyRequest; plan: Exclude<Plan<unknown>, Problem> }[] = [];
  const later: AnyRequest[] = [];
  for (const request of requests) {
    const plan = plans.get(request);
    if (!plan || plan instanceof Problem) done.set(request, { ok: false, error: plan });
    else if (plan.touches.some((thing) => touched.has(thing))) later.push(request);
    else {
      for (const thing of plan.touches) touched.add(thing);
      ready.push({ request, plan });
    }
  }
  const subjects = ready.flatMap(({ plan }) => plan.frees);
  const claims = subjects.length > 0 ? await repo.listClaims(tctx.db, subjects) : [];
  return {
    planned: ready.map((one) => ({ ...one, ...wishOf(state, one.plan, claims), outcome: { granted: true } })),
    later,
  };
}

function wishOf(state: State, plan: Exclude<Plan<unknown>, Problem>, claims: readonly repo.ClaimRow[]) {
  const keys = new Map([...state.byKey.values()].map(({ id, key }) => [id, key]));
  const freed = claims.filter(({ subjectId }) => plan.frees.includes(subjectId));
  const frees = freed.map(({ poolId, state: as, amount }) => ({ pool: keys.get(poolId) ?? "", as, quantity: amount }));
  const partsOf = (wants: readonly Want[]) => wants.map(({ pool, as, amount }) => ({ pool, as, quantity: amount }));
  const { overbooks } = plan;
  const taken = { frees, wants: partsOf(plan.wants.filter(({ isProbe }) => !isProbe)), overbooks };
  const wish = { ...taken, wants: partsOf(plan.wants) };
  return { freed, taken, wish };
}

/** Writes the rows of all, by kind; returns those whose claims now count. */
async function writeAll(tctx: TxCtx, all: readonly Planned[], done: Map<AnyRequest, Settled>): Promise<Planned[]> {
  const kept: Planned[] = [];
  for (const [use, group] of Map.groupBy(all, ({ request }) => request.use)) {
    const decided = group.map(({ request, plan, outcome }) => ({
      by: request.by,
      note: request.note,
      plan: plan.with,
      outcome,
    }));
    const answers: unknown[] = await use.write(tctx, decided);
    for (const [n, one] of group.entries()) {
      const value = answers[n];
      const refused = value instanceof Problem;
      done.set(one.request, refused ? { ok: false, error: value } : { ok: true, value });
      if (!refused && one.outcome.granted) kept.push(one);
    }
  }
  return kept;
}

async function applyAll(tctx: TxCtx, state: State, kept: readonly Planned[]): Promise<void> {
  const made = kept.flatMap(({ plan }) =>
    plan.wants
      .filter(({ isProbe }) => !isProbe)
      .map(({ subjectId, pool, as, amount }) => ({
        subjectId,
        poolId: state.byKey.get(pool)?.id ?? "",
        state: as,
        amount,
      })),
  );
  const echoes = kept.flatMap(({ plan }) => plan.wants.filter(({ isProbe }) => isProbe));
  const freed = kept.flatMap((one) => one.freed);
  if (made.length === 0 && freed.length === 0 && echoes.length === 0) return;
  const again = new Set(made.map(({ subjectId, poolId }) => `${subjectId} ${poolId}`));
  const gone = freed
    .filter(({ subjectId, poolId }) => !again.has(`${subjectId} ${poolId}`))
    .map(({ subjectId, poolId }) => ({ subjectId, poolId }));
  const overbooked = new Set(kept.flatMap(({ outcome }) => (outcome.granted && outcome.overbooked) || []));
  const echoed = Map.groupBy(echoes, ({ pool }) => state.byKey.get(pool)?.id ?? "");
  const deltas = deltasOf(made, freed, [...echoed.keys()]).map((delta) => ({
    ...delta,
    echoed: (echoed.get(delta.poolId) ?? []).reduce((sum, { amount }) => sum + amount, 0),
    overbookedTo: 0,
  }));
  for (const key of overbooked) {
    const pool = state.pools.get(key);
    const delta = deltas.find(({ poolId }) => poolId === state.byKey.get(key)?.id);
    if (pool && delta) delta.overbookedTo = pool.held + pool.taken;
  }
  await repo.applyClaims(tctx.db, { gone, made, deltas });
}

function deltasOf(
  made: readonly repo.ClaimRow[],
  freed: readonly repo.ClaimRow[],
  besides: readonly string[],
): repo.Counted[] {
  const deltas = new Map<string, repo.Counted>(besides.map((poolId) => [poolId, { poolId, held: 0, taken: 0 }]));
  const add = ({ poolId, state, amount }: repo.ClaimRow, sign: 1 | -1) => {
    const delta = deltas.get(poolId) ?? { poolId, held: 0, taken: 0 };
    delta[state] += sign * amount;
    deltas.set(poolId, delta);
  };
  for (const claim of made) add(claim, 1);
  for (const claim of freed) add(claim, -1);
  return [...deltas.values()];
}
