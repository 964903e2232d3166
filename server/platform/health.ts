import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";

import type { Fault, PartStatus } from "#server/gateways/media.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import type { Db } from "#server/platform/db.ts";
import { say } from "#server/platform/words.ts";

/** Why something is not as it should be, in a language. */
export const faultIn = (locale: string, { code, detail = "" }: Fault): string =>
  say(locale, `health.faults.${code}`, { detail });

/** `/health`: this process lives. `/ready`: what it leans on is there; 503 while the database or the jobs are not. */
export function mountHealth(app: FastifyInstance, ctx: Ctx): void {
  app.get("/health", async () => ({ status: "ok" }));
  app.get("/ready", async (_request, reply) => {
    const { database, jobs, media, redis } = await statesOf(ctx);
    const told = ({ fault, ...part }: PartStatus) => ({ ...part, reason: fault && faultIn("en", fault) });
    // Rooms may be off or on their way, Redis may be away; all else works, so they do not make us unready.
    const ready = database.state === "ready" && jobs.state === "ready";
    return reply.code(ready ? 200 : 503).send({
      status: ready ? "ready" : "preparing",
      database: told(database),
      jobs: told(jobs),
      media: told(media),
      redis: redis && told(redis),
    });
  });
}

async function statesOf(ctx: Ctx) {
  const workers = await countWorkers(ctx.db);
  const silent: PartStatus = { state: "off", fault: { code: "database_silent" } };
  const missing: PartStatus = { state: "preparing", fault: { code: "worker_missing" } };
  const ready: PartStatus = { state: "ready" };
  return {
    database: workers === undefined ? silent : ready,
    jobs: workers === undefined ? silent : workers > 0 ? ready : missing,
    workers,
    media: reachable(ctx, ctx.gateways.media.status()),
    redis: redisState(ctx),
  };
}

const startedAt = new Date(Date.now() - process.uptime() * 1000);
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));

/** What the people who run it want to know beside that: how much room there is, and what runs here. */
export async function examine(ctx: Ctx) {
  const { database, jobs, workers = 0, media, redis } = await statesOf(ctx);
  const { rows } = await sql<{ version: string; bytes: number; connections: number }>`select
      current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections`.execute(ctx.db);
  const about = rows[0] ?? { version: "", bytes: 0, connections: 0 };
  const { bavail, blocks, bsize } = await statfs(ctx.settings.dataDir);
  const withReason = ({ state, fault }: PartStatus) => ({ state, reason: fault ? faultIn(ctx.locale, fault) : null });
  return {
    database: { ...withReason(database), ...about },
    jobs: { ...withReason(jobs), workers },
    media: withReason(media),
    redis: redis ? withReason(redis) : null,
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
    versions: { plenary: String(version), node: process.versions.node },
    startedAt: startedAt.toISOString(),
  };
}

const cutMs = 1_000;

/** Nothing where the database is away; a connection that died while it rested says nothing of that. */
async function countWorkers(db: Db): Promise<number | undefined> {
  const deadline = performance.now() + cutMs;
  for (;;) {
    try {
      const { rows } = await sql<{ workers: number }>`select count(*) as workers from worker_heartbeats
        where beat_at > clock_timestamp() - interval '15 seconds'`.execute(db);
      return rows[0]?.workers ?? 0;
    } catch {
      if (performance.now() > deadline) return undefined;
      await sleep(20);
    }
  }
}

function redisState({ gateways }: Ctx): PartStatus | undefined {
  if (!gateways.redis) return undefined;
  return gateways.redis.isReady() ? { state: "ready" } : { state: "off", fault: { code: "redis_silent" } };
}

function reachable({ settings }: Ctx, media: PartStatus): PartStatus {
  if (media.state !== "ready" || !settings.isLoopback) return media;
  return { ...media, fault: { code: "media_here_only" } };
}
