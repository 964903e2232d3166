import { generateKeyPairSync, randomBytes, randomUUIDv7 } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, InjectOptions } from "fastify";
import { runOnce } from "graphile-worker";
import pg from "pg";
import { inject } from "vitest";
import type { Media } from "#server/gateways/media.ts";
import { openPush } from "#server/gateways/push.ts";
import { openFiles } from "#server/gateways/s3.ts";
import { freshSettings } from "#server/modules/gatherings/service/planning.ts";
import { hashToken, newSessionToken, sessionCookie } from "#server/modules/identity/sessions.ts";
import { jobs } from "#server/modules.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { createDb, createPool } from "#server/platform/db.ts";
import { quietLogger, tasksOf, wakeDue } from "#server/platform/jobs.ts";
import { linkToken } from "#server/platform/links.ts";
import { createLog, type Log } from "#server/platform/log.ts";
import { derivedSecrets } from "#server/platform/secrets.ts";
import type { Settings } from "#server/platform/settings.ts";
import { ask } from "#server/platform/testing-refusals.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";
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
  signInProviders: [],
  serviceName: "plenary",
  secrets: derivedSecrets("one secret for every test of ours"),
  ticketKey: generateKeyPairSync("ed25519").privateKey,
  roles: ["web", "realtime", "worker"],
  logLevel: process.env.LOG_LEVEL ?? "silent",
  ...over,
});

/**
 * The whole web role on a database of its own, without pages and without a port: requests go in by `inject`, jobs run
 * when `settle` is called, the clock moves when `travel` is. With a `databaseUrl` it is one more on that database.
 */
export async function startTestApp(over: Partial<Settings> = {}, openPool = openWarm) {
  const databaseUrl = over.databaseUrl ?? (await copyTemplate());
  const dataDir = over.dataDir ?? mkdtempSync(join(tmpdir(), "plenary-test-"));
  const settings = testSettings(dataDir, over);
  const log = createLog(settings.logLevel);
  const pool = await openPool(databaseUrl, log);
  const db = createDb(pool);
  let offset = 0;
  let media: Media = {
    status: () => ({ state: "off", fault: { code: "media_not_run" } }),
    connection: () => undefined,
  };
  const ctx: Ctx = systemCtx({
    db,
    gateways: {
      mail: { kind: "mailbox", send: async () => {} },
      files: openFiles(settings),
      push: openPush(settings),
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
      const failure = await failureIn(pool);
      if (failure) throw new Error(`A job failed: ${failure}`);
    },
    /** One statement by hand, past every rule of the house. */
    query: async (text: string): Promise<void> => void (await pool.query(text)),
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

/** The runner is done a moment before it has written down what failed; until then the job is locked. */
async function failureIn(pool: pg.Pool): Promise<string | undefined> {
  const unfinished =
    "select last_error from graphile_worker.jobs where last_error is not null or locked_at is not null";
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await pool.query<{ last_error: string | null }>(unfinished);
    const failed = rows.find(({ last_error }) => last_error !== null);
    if (failed?.last_error || rows.length === 0) return failed?.last_error ?? undefined;
    await sleep(10);
  }
  return undefined;
}

/** Requests as somebody, or as nobody. */
function clientOf(app: FastifyInstance) {
  const request = (options: InjectOptions) => ask(app, options);
  return {
    request,
    get: (path: string, as?: Someone, headers: Record<string, string> = {}) =>
      request({ method: "GET", url: `/api/v1${path}`, headers: { ...headersOf(as), ...headers } }),
    post: (path: string, payload?: object, as?: Someone, headers: Record<string, string> = {}) =>
      request({
        method: "POST",
        url: `/api/v1${path}`,
        payload: payload ?? {},
        headers: { ...headersOf(as), ...headers },
      }),
    send: (
      method: "PUT" | "PATCH" | "DELETE",
      path: string,
      payload?: object,
      as?: Someone,
      headers: Record<string, string> = {},
    ) => request({ method, url: `/api/v1${path}`, payload, headers: { ...headersOf(as), ...headers } }),
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

/** What an event may be made with; everything else is as plain as can be. */
export interface EventOver {
  by?: Someone;
  format?: "in_person" | "virtual" | "hybrid";
  visibility?: "public" | "unlisted" | "invite_only" | "private";
  status?: "draft" | "published";
  capacity?: number | null;
  inPersonCapacity?: number | null;
  virtualCapacity?: number | null;
  needsApproval?: boolean;
  hasWaitlist?: boolean;
  conduct?: string;
  minimumAge?: number;
  opensAt?: Date;
  closesAt?: Date;
  /** Hours from now. */
  startsIn?: number;
  hours?: number;
  tickets?: {
    side?: "in_person" | "virtual" | "both" | "any";
    capacity?: number | null;
    maxParty?: number;
    allowsSeveral?: boolean;
  }[];
}

/** A published event of one occurrence with one free ticket, and who runs it. */
export async function anEvent(t: Pick<TestApp, "db" | "ctx" | "settings">, over: EventOver = {}) {
  const host = over.by ?? (await aUser(t, { name: "Grace Host", role: "organizer" }));
  const [eventId, gatheringId, organizerId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const now = t.ctx.now();
  const stamps = { created_at: now, updated_at: now };
  const { format = "in_person", visibility = "public", status = "published" } = over;
  const start = new Date(Math.floor(now.getTime() / 60_000) * 60_000 + (over.startsIn ?? 72) * 3_600_000);
  const end = new Date(start.getTime() + (over.hours ?? 2) * 3_600_000);
  const slug = `event-${randomBytes(5).toString("hex")}`;
  const face = { slug: `host-${slug}`, name: "The Hosts", hue: 190, time_zone: "Europe/Berlin" };
  await t.db
    .insertInto("organizers")
    .values({ id: organizerId, ...face, ...stamps })
    .execute();
  await joinTeam(t, organizerId, host, "owner");
  const shared = { organizer_id: organizerId, title: "An evening together", format, visibility };
  await t.db
    .insertInto("events")
    .values({
      id: eventId,
      ...shared,
      slug,
      hue: 190,
      status,
      place_name: "The Hall",
      place_address: "1 Main Street",
      capacity: over.capacity ?? null,
      in_person_capacity: over.inPersonCapacity ?? null,
      virtual_capacity: over.virtualCapacity ?? null,
      registration_opens_at: over.opensAt ?? null,
      registration_closes_at: over.closesAt ?? null,
      needs_approval: over.needsApproval ?? false,
      has_waitlist: over.hasWaitlist ?? false,
      conduct: over.conduct ?? "",
      minimum_age: over.minimumAge ?? null,
      created_by: host.userId,
      published_at: status === "published" ? now : null,
      ...stamps,
    })
    .execute();
  await t.db
    .insertInto("gatherings")
    .values({
      id: gatheringId,
      kind: "occurrence",
      source_id: eventId,
      ...shared,
      status: status === "published" ? "scheduled" : "planned",
      ...inUtc(start, end),
      settings: JSON.stringify(freshSettings(format)),
      ...stamps,
    })
    .execute();
  const ticketTypeIds = await ticketTypesOf(t, eventId, over.tickets ?? [{}]);
  return { eventId, gatheringId, organizerId, slug, host, start, end, ticketTypeIds };
}

/** Gives somebody a part at a gathering. */
export async function aRole(
  t: Pick<TestApp, "db" | "ctx">,
  { gatheringId }: { gatheringId: string },
  { userId }: Someone,
  role: "cohost" | "moderator" | "speaker" | "door",
): Promise<void> {
  const row = { gathering_id: gatheringId, user_id: userId, role, created_at: t.ctx.now() };
  await t.db.insertInto("gathering_roles").values(row).execute();
}

/** Somebody with a registration and nothing else: the link of their letter, as the headers of their requests. */
export interface GuestAt {
  personId: string;
  registrationId: string;
  email: string;
  headers: { authorization: string };
}

/** A guest's registration, as if it had been made; it takes no place from any pool. */
export async function aGuestAt(
  t: Pick<TestApp, "db" | "ctx" | "settings">,
  gatheringId: string,
  over: { name?: string; side?: "in_person" | "virtual" | "both"; status?: string } = {},
): Promise<GuestAt> {
  const [personId, registrationId] = [randomUUIDv7(), randomUUIDv7()];
  const { name = "Grace Hopper", side = "virtual", status = "confirmed" } = over;
  const email = `guest-${personId}@example.org`;
  const now = t.ctx.now();
  await t.db.insertInto("people").values({ id: personId, email, name, created_at: now }).execute();
  await t.db
    .insertInto("registrations")
    .values({
      id: registrationId,
      gathering_id: gatheringId,
      person_id: personId,
      name,
      display_name: name,
      side,
      status,
      created_at: now,
      updated_at: now,
    })
    .execute();
  const link = linkToken(t.settings.secrets.links, { kind: "registration", id: registrationId, version: 1 });
  return { personId, registrationId, email, headers: { authorization: `Link ${link}` } };
}

const inUtc = (start: Date, end: Date) => ({
  start_time: start,
  end_time: end,
  wall_start: start.toISOString().slice(0, 16),
  wall_end: end.toISOString().slice(0, 16),
  time_zone: "UTC",
});

function ticketTypesOf(
  t: Pick<TestApp, "db" | "ctx">,
  eventId: string,
  tickets: NonNullable<EventOver["tickets"]>,
): Promise<string[]> {
  return Promise.all(
    tickets.map(async (ticket, position) => {
      const id = randomUUIDv7();
      await t.db
        .insertInto("ticket_types")
        .values({
          id,
          source_id: eventId,
          name: position === 0 ? "Admission" : `Admission ${position + 1}`,
          side: ticket.side ?? "any",
          capacity: ticket.capacity ?? null,
          max_per_order: ticket.maxParty ?? 10,
          allows_several: ticket.allowsSeveral ?? false,
          position,
          created_at: t.ctx.now(),
        })
        .execute();
      return id;
    }),
  );
}

async function copyTemplate(): Promise<string> {
  const url = new URL(inject("postgresUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name} template ${inject("templateDatabase")} strategy file_copy`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

/** Cold connections queue requests up one behind another and hide races. */
async function openWarm(databaseUrl: string, log: Log): Promise<pg.Pool> {
  const pool = createPool(databaseUrl, { max: 20, log });
  const clients = await Promise.all(Array.from({ length: 20 }, () => pool.connect()));
  for (const client of clients) client.release();
  return pool;
}
