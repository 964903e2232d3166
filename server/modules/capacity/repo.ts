import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface PoolRow {
  id: string;
  key: string;
  capacity: number | null;
  held: number;
  taken: number;
  /** How far above its capacity a pool may stand, since somebody decided so; 0 when nobody did. */
  overbookedTo: number;
}

export interface ClaimRow {
  subjectId: string;
  poolId: string;
  state: "held" | "taken";
  amount: number;
}

export interface Counted {
  poolId: string;
  held: number;
  taken: number;
}

/** Locks pools in the order of their ids, the same everywhere, so that two transactions never wait for each other. */
export async function lockPools(tx: Tx, keys: readonly string[]): Promise<PoolRow[]> {
  const { rows } = await sql<PoolRow>`select id, key, capacity, held, taken, overbooked_to as "overbookedTo"
    from pools where key = any(${keys}::text[]) order by id for no key update`.execute(tx);
  return rows;
}

export async function listPools(db: Db, keys: readonly string[]): Promise<PoolRow[]> {
  const { rows } = await sql<PoolRow>`select id, key, capacity, held, taken, overbooked_to as "overbookedTo"
    from pools where key = any(${keys}::text[])`.execute(db);
  return rows;
}

/** Makes the pools that are not there yet; those that are keep their capacity. */
export async function insertPools(tx: Tx, pools: readonly { key: string; capacity: number | null }[]): Promise<void> {
  // In one order everywhere: two transactions that make the same pools wait for each other's keys.
  const rows = pools
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, capacity }) => ({ id: randomUUIDv7(), key, capacity }));
  await tx
    .insertInto("pools")
    .values(rows)
    .onConflict((oc) => oc.column("key").doNothing())
    .execute();
}

export async function resizePool(
  tx: Tx,
  poolId: string,
  { capacity, overbookedTo }: { capacity: number | null; overbookedTo: number },
): Promise<void> {
  await tx.updateTable("pools").set({ capacity, overbooked_to: overbookedTo }).where("id", "=", poolId).execute();
}

export async function listClaims(tx: Tx, subjectIds: readonly string[]): Promise<ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`select subject_id as "subjectId", pool_id as "poolId", state, amount
    from claims where subject_id = any(${subjectIds}::uuid[])`.execute(tx);
  return rows;
}

export interface Delta extends Counted {
  /** How far it may stand above its capacity from now on; 0 when nobody decided so. */
  overbookedTo: number;
  /** How many more were asked for by who has a place already. */
  echoed: number;
}

/** Writes claims and the counters that are their sum, in one statement. What was overbooked goes down as it empties. */
export async function applyClaims(
  tx: Tx,
  change: {
    gone: readonly Pick<ClaimRow, "subjectId" | "poolId">[];
    made: readonly ClaimRow[];
    deltas: readonly Delta[];
  },
): Promise<void> {
  await sql`with gone as (
      delete from claims using jsonb_to_recordset(${JSON.stringify(change.gone)}::jsonb) as g ("subjectId" uuid, "poolId" uuid)
      where claims.subject_id = g."subjectId" and claims.pool_id = g."poolId"),
    made as (
      insert into claims (subject_id, pool_id, state, amount)
      select "subjectId", "poolId", state, amount
      from jsonb_to_recordset(${JSON.stringify(change.made)}::jsonb) as m ("subjectId" uuid, "poolId" uuid, state text, amount integer)
      on conflict (subject_id, pool_id) do update set state = excluded.state, amount = excluded.amount)
    update pools set held = pools.held + d.held, taken = pools.taken + d.taken, overbooked_to = greatest(
      least(pools.overbooked_to, pools.held + d.held + pools.taken + d.taken), d."overbookedTo"), echoed = pools.echoed + d.echoed
    from jsonb_to_recordset(${JSON.stringify(change.deltas)}::jsonb)
      as d ("poolId" uuid, held integer, taken integer, "overbookedTo" integer, echoed integer)
    where pools.id = d."poolId"`.execute(tx);
}

export async function setSavepoint(tx: Tx): Promise<void> {
  await sql`savepoint turn`.execute(tx);
}

export async function releaseSavepoint(tx: Tx): Promise<void> {
  await sql`release savepoint turn`.execute(tx);
}

export async function rollBackToSavepoint(tx: Tx): Promise<void> {
  await sql`rollback to savepoint turn`.execute(tx);
}

/** Pools whose counters are not the sum of their claims, in one snapshot. */
export async function listDrifted(
  db: Db,
): Promise<(Counted & { key: string; heldByClaims: number; takenByClaims: number })[]> {
  const { rows } = await sql<Counted & { key: string; heldByClaims: number; takenByClaims: number }>`
    select p.id as "poolId", p.key, p.held, p.taken,
      coalesce(sum(c.amount) filter (where c.state = 'held'), 0)::integer as "heldByClaims",
      coalesce(sum(c.amount) filter (where c.state = 'taken'), 0)::integer as "takenByClaims"
    from pools p left join claims c on c.pool_id = p.id
    group by p.id
    having p.held <> coalesce(sum(c.amount) filter (where c.state = 'held'), 0)
      or p.taken <> coalesce(sum(c.amount) filter (where c.state = 'taken'), 0)
    limit 100`.execute(db);
  return rows;
}
