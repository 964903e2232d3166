import type { FastifyInstance } from "fastify";
import { sql } from "kysely";

import type { Ctx } from "#server/platform/ctx.ts";

interface Part {
  state: "ready" | "preparing" | "off";
  progress?: number;
  reason?: string;
}

/** `/health`: this process lives. `/ready`: what it leans on is there; 503 while the database or the jobs are not. */
export function mountHealth(app: FastifyInstance, ctx: Ctx): void {
  app.get("/health", async () => ({ status: "ok" }));
  app.get("/ready", async (_request, reply) => {
    const database = await databaseState(ctx);
    const jobs = database.state === "ready" ? await jobsState(ctx) : database;
    const media = reachable(ctx, ctx.gateways.media.status());
    // Rooms may be off or on their way; all else works, so they do not make us unready.
    const ready = database.state === "ready" && jobs.state === "ready";
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "preparing", database, jobs, media });
  });
}

async function databaseState({ db }: Ctx): Promise<Part> {
  try {
    await sql`select 1`.execute(db);
    return { state: "ready" };
  } catch {
    return { state: "off", reason: "The database does not answer." };
  }
}

async function jobsState({ db }: Ctx): Promise<Part> {
  const { rows } = await sql<{ alive: boolean }>`select exists (
    select from worker_heartbeats where beat_at > clock_timestamp() - interval '15 seconds') as alive`.execute(db);
  return rows[0]?.alive ? { state: "ready" } : { state: "preparing", reason: "No worker has said that it lives yet." };
}

function reachable({ settings }: Ctx, media: Part): Part {
  if (media.state !== "ready" || !settings.isLoopback) return media;
  return { ...media, reason: "Rooms can be reached from this machine only: set PUBLIC_URL and MEDIA_ADDRESS." };
}
