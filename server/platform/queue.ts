import { type RawBuilder, sql } from "kysely";

import type { TxCtx } from "#server/platform/ctx.ts";
import type { Db } from "#server/platform/db.ts";

export interface QueueRow {
  task: string;
  waiting: number;
  running: number;
  failed: number;
}

/** How much of each kind waits, runs and has failed. */
export async function listQueues(db: Db): Promise<QueueRow[]> {
  const { rows } = await sql<QueueRow>`select t.identifier as task,
      count(*) filter (where j.locked_at is null and j.last_error is null) as waiting,
      count(*) filter (where j.locked_at is not null) as running,
      count(*) filter (where j.locked_at is null and j.last_error is not null) as failed
    from graphile_worker._private_tasks t join graphile_worker._private_jobs j on j.task_id = t.id
    group by t.identifier order by t.identifier`.execute(db);
  return rows;
}

export interface FailedRow {
  id: string;
  task: string;
  about: string | null;
  attempts: number;
  maxAttempts: number;
  lastError: string;
  runAt: Date;
}

/** Jobs that have failed and are not being tried right now, the newest first. */
export async function listFailed(db: Db, before: string | null, limit: number): Promise<FailedRow[]> {
  const { rows } = await sql<FailedRow>`select j.id::text as id, t.identifier as task,
      coalesce(f.name, j.payload->>'name') as about, j.attempts, j.max_attempts as "maxAttempts",
      j.last_error as "lastError", j.run_at as "runAt"
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join facts f on t.identifier = 'fact' and f.id = (j.payload->>'id')::uuid
    where j.last_error is not null and j.locked_at is null ${before ? sql`and j.id < ${before}::bigint` : sql``}
    order by j.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Removes jobs that were tried as often as they may be, and last before some time. */
export const removeSpent = (before: Date, limit: number): RawBuilder<unknown> =>
  sql`delete from graphile_worker._private_jobs where id in (
    select id from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and run_at < ${before} limit ${limit})`;

/** Lets a failed job run now, as if it had never been tried; says whether there is such a job. */
export async function tryAgain({ db }: TxCtx, jobId: string): Promise<boolean> {
  const { rows } = await sql`select id from graphile_worker._private_jobs
    where id = ${jobId}::bigint and last_error is not null and locked_at is null`.execute(db);
  if (rows.length === 0) return false;
  // The worker compares with the database's own clock.
  await sql`select graphile_worker.reschedule_jobs(array[${jobId}]::bigint[], clock_timestamp(), attempts := 0)`.execute(
    db,
  );
  return true;
}

/** Hands a letter over again: by the job that waits for its next try, or by a new one. Says whether there is such a letter. */
export async function handOverAgain(tctx: TxCtx, letterId: string): Promise<boolean> {
  const { db } = tctx;
  const { rows } = await sql<{ jobId: string | null; isRunning: boolean }>`select j.id::text as "jobId",
      coalesce(j.locked_at is not null, false) as "isRunning"
    from letters l
    left join graphile_worker._private_jobs j on j.payload->>'id' = l.id::text
      and j.task_id = (select id from graphile_worker._private_tasks where identifier = 'letter')
    where l.id = ${letterId} and l.status <> 'handed_over'`.execute(db);
  const [letter] = rows;
  if (!letter) return false;
  if (letter.isRunning) return true;
  await db.updateTable("letters").set({ status: "waiting" }).where("id", "=", letterId).execute();
  if (letter.jobId === null)
    await sql`select graphile_worker.add_job('letter', json_build_object('id', ${letterId}::text))`.execute(db);
  else
    await sql`select graphile_worker.reschedule_jobs(array[${letter.jobId}]::bigint[], clock_timestamp(), attempts := 0)`.execute(
      db,
    );
  return true;
}
