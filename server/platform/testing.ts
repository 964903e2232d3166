import { generateKeyPairSync, randomBytes, randomUUIDv7 } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions } from "fastify";
import { runOnce } from "graphile-worker";
import pg from "pg";
import { inject } from "vitest";

import { localFiles } from "#server/gateways/files.ts";
import type { Media } from "#server/gateways/media.ts";
import { hashToken, newSessionToken, sessionCookie } from "#server/modules/identity/sessions.ts";
import { jobs } from "#server/modules.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { createDb, createPool } from "#server/platform/db.ts";
import { quietLogger, tasksOf, wakeDue } from "#server/platform/jobs.ts";
import { createLog } from "#server/platform/log.ts";
import type { Settings } from "#server/platform/settings.ts";
import { systemCtx } from "#server/roles/context.ts";
import { createWeb } from "#server/roles/web.ts";

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

const testSettings = (dataDir: string, over: Partial<Settings>): Settings => ({
  port: 0,
  host: "127.0.0.1",
  publicUrl: "http://localhost:3000",
  isLoopback: true,
  mailFrom: "Plenary <plenary@localhost>",
  trustedProxy: [],
  mediaUdpPort: 0,
  mediaTcpPort: 0,
  dataDir,
  demo: false,
  production: false,
  dev: false,
  secrets: { links: "l".repeat(43), cookies: "c".repeat(43), tokens: "t".repeat(43), media: "m".repeat(43) },
  ticketKey: generateKeyPairSync("ed25519").privateKey,
  roles: ["web", "realtime", "worker"],
  logLevel: process.env.LOG_LEVEL ?? "silent",
  ...over,
});

/**
 * The whole web role on a database of its own, without pages and without a port: requests go in by `inject`, jobs run
 * when `settle` is called, the clock moves when `travel` is.
 */
export async function startTestApp(over: Partial<Settings> = {}) {
  const databaseUrl = await copyTemplate();
  const dataDir = mkdtempSync(join(tmpdir(), "plenary-test-"));
  const settings = testSettings(dataDir, over);
  const log = createLog(settings.logLevel);
  const pool = createPool(databaseUrl, { max: 20, log });
  // Cold connections queue requests up one behind another and hide races.
  await warm(pool, 20);
  const db = createDb(pool);
  let offset = 0;
  let media: Media = { status: () => ({ state: "off", reason: "Not in this test." }), connection: () => undefined };
  const ctx: Ctx = systemCtx({
    db,
    gateways: {
      mail: { kind: "mailbox", send: async () => {} },
      files: localFiles(dataDir),
      media: { status: () => media.status(), connection: () => media.connection() },
    },
    settings,
    log,
    now: () => new Date(Date.now() + offset),
  });
  const app = createWeb(ctx);
  await app.ready();

  return {
    app,
    ctx,
    db,
    databaseUrl,
    settings,
    ...clientOf(app),
    /** Moves the clock on; what became due is done by `settle`. */
    travel: (milliseconds: number) => {
      offset += milliseconds;
    },
    setMedia: (next: Media) => {
      media = next;
    },
    /** Runs every job there is, and those that they add, until nothing is left; what is due by the clock too. */
    settle: async () => {
      const taskList = tasksOf(ctx, jobs);
      do await runOnce({ pgPool: pool, taskList, noPreparedStatements: true, logger: quietLogger(log) });
      while ((await wakeDue(ctx)) > 0);
      const failed = await pool.query("select last_error from graphile_worker.jobs where last_error is not null");
      if (failed.rows.length > 0) throw new Error(`A job failed: ${failed.rows[0].last_error}`);
    },
    /** Delivers a fact once more, as after a worker that was killed. */
    runFact: async (id: string) => void (await tasksOf(ctx, jobs).fact?.({ id }, {} as never)),
    /** Letters to an address, oldest first. */
    lettersTo: (address: string) =>
      db
        .selectFrom("letters")
        .selectAll()
        .where("to_address", "=", address)
        .orderBy("created_at")
        .orderBy("id")
        .execute(),
    /** The names of the facts recorded so far that mention this id, oldest first. */
    factsAbout: async (id: string): Promise<string[]> => {
      const { rows } = await pool.query("select name from facts where payload::text like $1 order by id", [`%${id}%`]);
      return rows.map(({ name }) => name);
    },
    close: async () => {
      await app.close();
      await db.destroy();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Requests as somebody, or as nobody. */
function clientOf(app: FastifyInstance) {
  const request = (options: InjectOptions) => app.inject({ remoteAddress: "127.0.0.1", ...options });
  return {
    request,
    get: (path: string, as?: Someone) => request({ method: "GET", url: `/api/v1${path}`, headers: headersOf(as) }),
    post: (path: string, payload?: object, as?: Someone, headers: Record<string, string> = {}) =>
      request({
        method: "POST",
        url: `/api/v1${path}`,
        payload: payload ?? {},
        headers: { ...headersOf(as), ...headers },
      }),
    send: (method: "PUT" | "PATCH" | "DELETE", path: string, payload?: object, as?: Someone) =>
      request({ method, url: `/api/v1${path}`, payload, headers: headersOf(as) }),
  };
}

/** A signed-in account, as the headers of its requests. */
export interface Someone {
  userId: string;
  personId: string;
  name: string;
  email: string;
  cookie: string;
}

const headersOf = (as?: Someone): Record<string, string> => (as ? { cookie: as.cookie } : {});

/** An account with a verified address and a session. */
export async function aUser(
  t: Pick<TestApp, "db" | "ctx" | "settings">,
  over: { name?: string; email?: string; role?: "attendee" | "organizer" | "admin"; timeZone?: string } = {},
): Promise<Someone> {
  const userId = randomUUIDv7();
  const personId = randomUUIDv7();
  const {
    name = "Ada Lovelace",
    email = `user-${randomBytes(5).toString("hex")}@example.org`,
    role = "attendee",
  } = over;
  const now = t.ctx.now();
  const stamps = { created_at: now, updated_at: now };
  await t.db
    .insertInto("users")
    .values({ id: userId, email, name, role, verified_at: now, time_zone: over.timeZone ?? "Europe/Berlin", ...stamps })
    .execute();
  await t.db.insertInto("people").values({ id: personId, email, name, user_id: userId, created_at: now }).execute();
  const token = newSessionToken();
  await t.db
    .insertInto("sessions")
    .values({
      id: randomUUIDv7(),
      token_hash: hashToken(token),
      user_id: userId,
      address: "127.0.0.1",
      agent: "test",
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + 30 * 86_400_000),
    })
    .execute();
  return { userId, personId, name, email, cookie: `${sessionCookie(t.settings.publicUrl)}=${token}` };
}

async function copyTemplate(): Promise<string> {
  const url = new URL(inject("postgresUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name} template ${inject("templateDatabase")}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

async function warm(pool: pg.Pool, connections: number): Promise<void> {
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
}
