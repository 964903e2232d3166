import { randomUUIDv7 } from "node:crypto";
import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import type { Pool } from "pg";

import { AwayForNow } from "#server/gateways/outside.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import type { Fact } from "#server/platform/facts.ts";
import type { Log } from "#server/platform/log.ts";
import { keepAlive } from "#server/platform/processes.ts";
import { traced } from "#server/platform/tracing.ts";

/** What a module does because of a fact. */
export interface Subscription {
  on: string;
  /** Tells apart the subscribers of one fact; stable over releases. */
  as: string;
  run: (ctx: Ctx, payload: never) => Promise<void>;
}

/** What a module does again and again. */
export interface Routine {
  name: string;
  everySeconds: number;
  run: (ctx: Ctx) => Promise<void>;
}

/** A job added straight by platform code, such as handing over a letter. */
export interface Task {
  task: string;
  run: (ctx: Ctx, payload: never) => Promise<void>;
}

export type Job = Subscription | Routine | Task;

/** Runs on each fact of this kind, at least once: it must bear being run twice. */
export const onFact = <P>(
  declared: { (payload: P): Fact<P>; factName: string },
  as: string,
  run: (ctx: Ctx, payload: P) => Promise<void>,
): Subscription => ({ on: declared.factName, as, run: run as Subscription["run"] });

/** Runs again and again, on one worker at a time. */
export const every = (everySeconds: number, name: string, run: (ctx: Ctx) => Promise<void>): Routine => ({
  name,
  everySeconds,
  run,
});

const secondsOfSilence = 15;
const unlockAfterSeconds = 5;

/** The worker: hears facts, wakes what is due, and gives back the jobs of workers that fell silent. */
export async function startWorker(options: {
  /** Its own, since it waits on connections; ended when the worker stops. */
  pool: Pool;
  ctx: Ctx;
  jobs: readonly Job[];
  concurrency: number;
  log: Log;
}): Promise<{ stop: () => Promise<void> }> {
  const { pool, ctx, log, jobs } = options;
  await armRoutines(ctx, jobs);
  const workers = new Set<string>();
  const active = new Set<string>();
  const begin = async () => {
    // Only those that work now beat: the jobs of the others are given back.
    workers.clear();
    active.clear();
    // Ours, and heard before the start: the workers are made within it.
    const events: WorkerEvents = new EventEmitter();
    events.on("worker:create", ({ worker }) => workers.add(worker.workerId));
    events.on("job:start", ({ job }) => active.add(job.id));
    events.on("job:complete", ({ job }) => active.delete(job.id));
    return run({
      pgPool: pool,
      concurrency: options.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      taskList: tasksOf(ctx, jobs),
      logger: quietLogger(log),
      events,
    });
  };
  let runner = await begin();
  await beat(ctx, [...workers]);
  const ended = (one: Runner) => ({ ended: one.promise.catch((error: unknown) => error) });
  // The runner gives up when the database is away for a moment, and would take the whole process with it.
  const letFall = keepAlive(ended(runner), {
    raise: async () => {
      runner = await begin();
      return ended(runner);
    },
    fell: () => log.warn("the worker gave up and is started again"),
  });
  const stopTicking = tick(1000, log, async () => {
    await beat(ctx, [...workers]);
    await wakeDue(ctx);
  });
  const stopUnlocking = tick(unlockAfterSeconds * 1000, log, async () => {
    await unlockSilent(ctx);
    await unlockForgotten(ctx, [...workers], [...active]);
  });
  return {
    stop: async () => {
      await letFall();
      // It shows signs of life until its last job is done: what is still worked on is not given to another.
      await runner.stop().catch(() => {}); // it may have given up by itself
      await Promise.all([stopTicking(), stopUnlocking()]);
      await fallSilent(ctx, [...workers]).catch(() => {}); // without a database nobody hears them either
      await pool.end();
    },
  };
}

/** Graphile-worker's own words, as ours: what went well is nobody's news. */
export const quietLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") log.warn({ from: "jobs" }, message);
  });

/** Every task by name: one for facts, one for routines, and those of platform code. */
export function tasksOf(ctx: Ctx, jobs: readonly Job[]): TaskList {
  const subscriptions = jobs.filter((job): job is Subscription => "on" in job);
  const routines = jobs.filter((job): job is Routine => "everySeconds" in job);
  const tasks = jobs.filter((job): job is Task => "task" in job);
  return {
    fact: (payload) => follow("fact", payload, () => deliver(ctx, subscriptions, (payload as { id: string }).id)),
    routine: (payload) => {
      const { name } = payload as { name: string };
      return follow(`routine ${name}`, payload, () => runRoutine(ctx, routines, name));
    },
    ...Object.fromEntries(
      tasks.map(({ task, run }) => [
        task,
        (payload: unknown) => follow(task, payload, () => run(ctx, payload as never)),
      ]),
    ),
  };
}

/** What a job does is part of what it follows from, such as a request. */
const follow = (name: string, payload: unknown, run: () => Promise<void>): Promise<void> =>
  traced({ name: `job ${name}`, kind: "CONSUMER", from: (payload as { from?: string }).from }, run);

/** Hands a fact to those who have not heard it; one that fails does not keep it from the others. */
async function deliver(ctx: Ctx, subscriptions: readonly Subscription[], factId: string): Promise<void> {
  const fact = await ctx.db
    .selectFrom("facts")
    .select(["name", "payload", "delivered"])
    .where("id", "=", factId)
    .executeTakeFirst();
  if (!fact) return;
  const failures: unknown[] = [];
  for (const { on, as, run } of subscriptions) {
    if (on !== fact.name || fact.delivered.includes(as)) continue;
    try {
      await traced({ name: `${on}: ${as}` }, () => run(ctx, fact.payload as never));
      await sql`update facts set delivered = array_append(delivered, ${as}) where id = ${factId}`.execute(ctx.db);
    } catch (error) {
      const about = { fact: fact.name, subscriber: as };
      if (error instanceof AwayForNow) ctx.log.warn({ ...about, because: error.message }, "somebody outside is away");
      else ctx.log.error({ ...about, err: error }, "a fact was not taken; it will be told again");
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function armRoutines(ctx: Ctx, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    if (!("everySeconds" in job)) continue;
    await ctx.db
      .insertInto("timers")
      .values({
        key: `routine/${job.name}`,
        due_at: ctx.now(),
        job: "routine",
        payload: JSON.stringify({ name: job.name }),
      })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

async function runRoutine(ctx: Ctx, routines: readonly Routine[], name: string): Promise<void> {
  const routine = routines.find((one) => one.name === name);
  if (!routine) return; // of another release
  try {
    await routine.run(ctx);
  } finally {
    const dueAt = new Date(ctx.now().getTime() + routine.everySeconds * 1000);
    await ctx.db
      .insertInto("timers")
      .values({ key: `routine/${name}`, due_at: dueAt, job: "routine", payload: JSON.stringify({ name }) })
      .onConflict((oc) => oc.column("key").doUpdateSet({ due_at: dueAt }))
      .execute();
  }
}

/**
 * Turns what is due into facts (or routines); safe to call from several workers at once. Returns how many.
 *
 * A routine has one job, which is taken anew each time, so that one that fails for days leaves no pile.
 */
export async function wakeDue(ctx: Ctx): Promise<number> {
  const due = await sql<{ key: string; job: string; payload: object }>`select key, job, payload from timers
    where due_at <= ${ctx.now()} order by due_at limit 200`.execute(ctx.db);
  if (due.rows.length === 0) return 0;
  const ids = JSON.stringify(due.rows.map(({ key }) => ({ key, id: randomUUIDv7() })));
  const woken = await sql`with due as (
      delete from timers where key in (
        select key from timers where due_at <= ${ctx.now()} and key in (select row->>'key' from jsonb_array_elements(${ids}::jsonb) as row)
        for update skip locked)
      returning key, job, payload),
    recorded as (
      insert into facts (id, name, payload, at)
      select (row->>'id')::uuid, due.job, due.payload, ${ctx.now()}
      from due join jsonb_array_elements(${ids}::jsonb) as row on row->>'key' = due.key
      where due.job <> 'routine'
      returning id)
    select graphile_worker.add_job('fact', json_build_object('id', id)) from recorded
    union all
    select graphile_worker.add_job('routine', due.payload::json, job_key := due.key) from due where due.job = 'routine'`.execute(
    ctx.db,
  );
  return woken.rows.length;
}

// Heartbeats are about machines, not about anybody's business, so the database's own clock is the fair one.
async function beat(ctx: Ctx, workers: string[]): Promise<void> {
  if (workers.length === 0) return;
  await sql`insert into worker_heartbeats (worker_id, beat_at)
    select unnest(${workers}::text[]), clock_timestamp()
    on conflict (worker_id) do update set beat_at = excluded.beat_at`.execute(ctx.db);
}

/** Whoever has ended is not taken for one that works. */
async function fallSilent(ctx: Ctx, workers: string[]): Promise<void> {
  await sql`delete from worker_heartbeats where worker_id = any(${workers}::text[])`.execute(ctx.db);
}

async function unlockSilent(ctx: Ctx): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
    where locked_by is not null and locked_at < clock_timestamp() - make_interval(secs => ${secondsOfSilence})
      and not exists (select from worker_heartbeats where worker_id = locked_by
        and beat_at > clock_timestamp() - make_interval(secs => ${secondsOfSilence}))
    having count(*) > 0`.execute(ctx.db);
  await sql`delete from worker_heartbeats where beat_at < clock_timestamp() - interval '1 day'`.execute(ctx.db);
}

/**
 * Gives back what our own workers still hold without working on it.
 *
 * The library tries once to write down how a job ended; when the database is away in that moment, the job stays locked
 * by a worker that lives.
 */
async function unlockForgotten(ctx: Ctx, workers: string[], active: string[]): Promise<void> {
  await sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null
    where locked_by = any(${workers}::text[]) and not id = any(${active}::bigint[])
      and locked_at < clock_timestamp() - make_interval(secs => ${secondsOfSilence})`.execute(ctx.db);
}

/** Works again and again, never twice at once; what ends it waits for the work under way. */
function tick(milliseconds: number, log: Log, work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= work()
      .catch((error: unknown) => log.warn({ err: error }, "the worker's tick failed and will be tried again"))
      .finally(() => {
        underWay = undefined;
      });
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
