import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createPool } from "#server/platform/db.ts";
import { type Job, startWorker } from "#server/platform/jobs.ts";
import { withClient } from "#server/platform/postgres.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const begin = (jobs: Job[], concurrency: number) =>
  startWorker({
    pool: createPool(t.databaseUrl, { max: 4, log: t.ctx.log }),
    ctx: t.ctx,
    jobs,
    concurrency,
    log: t.ctx.log,
  });

describe("a worker that is killed", () => {
  it("loses no job: another does it within 30 seconds", async () => {
    await sql`select graphile_worker.add_job('hang')`.execute(t.db);
    const child = spawn(process.execPath, [join(import.meta.dirname, "hung-worker.fixture.ts"), t.databaseUrl], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const killedAt = Date.now();

    const done = Promise.withResolvers<number>();
    const worker = await begin([{ task: "hang", run: async () => done.resolve(Date.now() - killedAt) }], 1);
    const milliseconds = await done.promise;
    await worker.stop();

    expect(milliseconds).toBeLessThan(30_000);
  }, 60_000);
});

describe("what is ready", () => {
  it("stays ready when the database cuts connections that rest", async () => {
    const worker = await begin([], 1);
    const seen: string[] = [];
    for (let time = 0; time < 10; time += 1) {
      await withClient(t.databaseUrl, (client) =>
        client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'plenary'`),
      );
      seen.push((await t.app.inject({ url: "/ready" })).json().status);
    }
    await worker.stop();

    expect(seen).toEqual(Array(10).fill("ready"));
  });
});

describe("a worker's signs of life", () => {
  const beating = async () => {
    const { rows } =
      await sql`select from worker_heartbeats where beat_at > clock_timestamp() - interval '15 seconds'`.execute(t.db);
    return rows.length;
  };

  it("are there from its start, with nothing to do, and end with it", async () => {
    await sql`delete from worker_heartbeats`.execute(t.db);
    const worker = await begin([], 2);
    expect(await beating()).toBe(2);

    await worker.stop();

    expect(await beating()).toBe(0);
  });
});
