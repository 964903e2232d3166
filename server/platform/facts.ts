import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { TxCtx } from "#server/platform/ctx.ts";
import { traceparent } from "#server/platform/tracing.ts";

/** Something that happened: a past-tense name and ids, nothing else. */
export interface Fact<Payload = object> {
  name: string;
  payload: Payload;
  /** One of many that one act has done: its subscribers hear of it once nobody waits for something of their own. */
  isBulk?: boolean;
}

/** The same as one of many. */
export const inBulk = <P>(one: Fact<P>): Fact<P> => ({ ...one, isBulk: true });

/** Behind what single people do (0), before letters in bulk (10). */
const bulkPriority = 5;

/** Declares a fact: `export const confirmed = fact<{ registrationId: string }>()("registration.confirmed")`. */
export const fact =
  <Payload extends object>() =>
  <Name extends string>(name: Name) =>
    Object.assign((payload: Payload) => ({ name, payload }), { factName: name });

/** Records what happened in the transaction that did it; its subscribers hear of it at least once, after the commit. */
export async function record(tctx: TxCtx, ...facts: Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(({ name, payload, isBulk }) => ({
    id: randomUUIDv7(),
    name,
    payload,
    priority: isBulk ? bulkPriority : null,
  }));
  await sql`with recorded as (
      insert into facts (id, name, payload, at)
      select (row->>'id')::uuid, row->>'name', row->'payload', ${tctx.now()}
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as row)
    select count(*) from graphile_worker.add_jobs((select array_agg(
      ('fact', json_strip_nulls(json_build_object('id', row->>'id', 'from', ${traceparent() ?? null}::text)), null, null, null, null,
        (row->>'priority')::smallint, null)::graphile_worker.job_spec)
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as row))`.execute(tctx.db);
}

/** A fact that is to be recorded. */
export interface Timer {
  key: string;
  dueAt: Date;
  due: Fact;
}

/**
 * Records a fact when `dueAt` has come, by our own clock; the same key replaces what was due before.
 *
 * Recorded at the first second of a worker's tick at or after `dueAt`.
 */
export const later = (tctx: TxCtx, key: string, dueAt: Date, due: Fact): Promise<void> =>
  allLater(tctx, [{ key, dueAt, due }]);

/** The same for many, each under a key of its own. */
export async function allLater(tctx: TxCtx, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return;
  const rows = timers.map(({ key, dueAt, due }) => ({ key, due_at: dueAt, job: due.name, payload: due.payload }));
  await sql`insert into timers (key, due_at, job, payload)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (key text, due_at timestamptz, job text, payload jsonb)
    order by key
    on conflict (key) do update set due_at = excluded.due_at, job = excluded.job, payload = excluded.payload`.execute(
    tctx.db,
  );
}

/** Takes back what was due under some keys. */
export async function neverMind(tctx: TxCtx, ...keys: string[]): Promise<void> {
  if (keys.length > 0) await tctx.db.deleteFrom("timers").where("key", "in", keys).execute();
}
