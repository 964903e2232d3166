/** A limit and how much of it is gone; `capacity` null means that there is none. */
export interface Pool {
  capacity: number | null;
  held: number;
  taken: number;
}

/** Some places of one pool, held for a while or taken for good. */
export interface Part {
  pool: string;
  as: "held" | "taken";
  quantity: number;
}

/** One request: what it gives back and what it would like, all or nothing. */
export interface Wish {
  frees: readonly Part[];
  wants: readonly Part[];
  /** Somebody with the right to do so takes places that are not there. */
  overbooks?: boolean;
}

export type Pools = ReadonlyMap<string, Pool>;
/** `overbooked` names the pools that stand above their capacity because of it. */
export type Outcome = { granted: true; overbooked?: string[] } | { granted: false; full: string[] };

/** How many places are left; never below zero, without limit when the pool has none. */
export function placesLeft({ capacity, held, taken }: Pool): number {
  return capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - held - taken);
}

/**
 * Decides one request against the pools, and says how they stand afterwards.
 *
 * What a request gives back counts for itself first, so that a change of sides needs no second place, not even in a
 * house that is overbooked. A refused request gives nothing back either. Giving back is never refused. Who overbooks is
 * refused by no limit; nobody else gets anything from a pool until it has emptied below its capacity.
 */
export function grant(pools: Pools, { frees, wants, overbooks }: Wish): { outcome: Outcome; pools: Pools } {
  const next = new Map(pools);
  for (const part of frees) put(next, part, -part.quantity);
  for (const part of wants) put(next, part, part.quantity);
  const full = [...new Set(wants.map((part) => part.pool))].filter((name) =>
    isTooMuch(pools.get(name), next.get(name)),
  );
  if (full.length === 0) return { outcome: { granted: true }, pools: next };
  const mayOverbook = overbooks && full.every((name) => next.has(name));
  return mayOverbook
    ? { outcome: { granted: true, overbooked: full }, pools: next }
    : { outcome: { granted: false, full }, pools };
}

/** Whether a request only gives back, so that it can go before all others. */
export const onlyGives = ({ wants }: Wish): boolean => wants.length === 0;

/**
 * Whether the capacity of a pool may become this.
 *
 * Never further below what is held and taken than it stands, unless somebody with the right to do so overbooks it
 * knowingly.
 */
export const mayResize = (pool: Pool, capacity: number | null): boolean =>
  capacity === null || used(pool) <= capacity || (pool.capacity !== null && capacity >= pool.capacity);

function put(pools: Map<string, Pool>, { pool: name, as }: Part, quantity: number): void {
  const pool = pools.get(name);
  if (pool) pools.set(name, { ...pool, [as]: pool[as] + quantity });
}

// A pool that nobody knows is as good as full: places are never taken from nowhere.
const isTooMuch = (before: Pool | undefined, after: Pool | undefined): boolean =>
  !(before && after) || (after.capacity !== null && used(after) > after.capacity && used(after) > used(before));

const used = ({ held, taken }: Pool): number => held + taken;
