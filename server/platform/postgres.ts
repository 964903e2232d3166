import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { freePort } from "#server/platform/addresses.ts";
import { claimFolder } from "#server/platform/folder-claim.ts";
import { findHome, type Home, makePrivateFolder } from "#server/platform/postgres-home.ts";
import { type Blow, commandOf, end, keepAlive } from "#server/platform/processes.ts";
import { keptSecret, newSecret } from "#server/platform/secrets.ts";
import { fullDisk, Unstartable } from "#server/platform/unstartable.ts";

export interface Postgres {
  /** The address of the database `plenary`. */
  url: string;
  /** True when the data folder was made by this start. */
  isNew: boolean;
  pid(): number;
  onCrash(listener: () => void): void;
  stop(): Promise<void>;
}

const user = "plenary";
const database = "plenary";
const startPatienceMs = 60_000;

// SIGINT ends it at once and in order; SIGTERM would wait for every client, without limit.
const blows: readonly Blow[] = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3_000],
  ["SIGKILL", 3_000],
];

/** Starts a PostgreSQL of our own on the loopback address, raises it again when it falls, and ends it. */
export async function startPostgres(ask: { dataDir: string; flags?: readonly string[] }): Promise<Postgres> {
  const home = await findHome(ask.dataDir);
  const release = claimFolder(home.base);
  try {
    return await startIn(home, { ...ask, release });
  } catch (error) {
    release();
    throw error;
  }
}

async function startIn(
  home: Home,
  ask: { dataDir: string; flags?: readonly string[]; release: () => void },
): Promise<Postgres> {
  const password = passwordIn(ask.dataDir);
  const data = join(home.base, "postgres");
  const isNew = !existsSync(data);
  if (isNew) makeCluster(home, data, password);
  else await endEarlierServer(data);

  const port = await freePort();
  const maintenance = addressOf(password, port, "postgres");
  const raise = () => launch(home, { data, port, flags: ask.flags ?? [], url: maintenance });
  let server = await raise();
  await makeDatabase(maintenance).catch(async (error: unknown) => {
    await end(server.pid, blows);
    throw error;
  });

  const listeners: (() => void)[] = [];
  const letFall = keepAlive(server, {
    raise: async () => {
      server = await raise();
      return server;
    },
    fell: () => {
      for (const listener of listeners) listener();
    },
  });
  return {
    url: addressOf(password, port, database),
    isNew,
    pid: () => server.pid,
    onCrash: (listener) => listeners.push(listener),
    stop: async () => {
      await letFall();
      await end(server.pid, blows);
      ask.release();
    },
  };
}

/** The address of a server that a living process of ours runs in this folder; nothing when none does. */
export async function findRunning(dataDir: string): Promise<string | undefined> {
  const { base } = await findHome(dataDir);
  const data = join(base, "postgres");
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, "utf8").split("\n");
  if (!isServerOf(data, Number(pid))) return undefined;
  return addressOf(passwordIn(dataDir), Number(port), database);
}

const passwordIn = (dataDir: string) =>
  keptSecret({ dataDir, name: "POSTGRES_PASSWORD", make: newSecret, production: false });

const addressOf = (password: string, port: number, name: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;

/** Makes the data folder under another name first, so that a torn start leaves none that looks whole. */
function makeCluster(home: Home, data: string, password: string): void {
  const draft = `${data}.new`;
  const passwordFile = join(home.base, "initdb-password");
  rmSync(draft, { recursive: true, force: true });
  makePrivateFolder(draft, home.owner);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.owner) chownSync(passwordFile, home.owner.uid, home.owner.gid);
  const { status, stderr, error } = spawnSync(
    join(home.program, "bin/initdb"),
    [
      ...["-D", draft, "-U", user, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"],
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--lc-messages=C", "--no-sync"],
    ],
    { ...home.owner, cwd: "/", env: smallEnvironment, encoding: "utf8" },
  );
  rmSync(passwordFile);
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw refusal(home, error?.message ?? stderr);
  }
  renameSync(draft, data);
}

const smallEnvironment = { PATH: process.env.PATH, LANG: "C", TZ: "UTC" };

/**
 * Ends the server that a killed process of ours left behind.
 *
 * PostgreSQL refuses to start as long as the number in its pid file lives, even when that is a stranger by now.
 */
async function endEarlierServer(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (isServerOf(data, pid)) await end(pid, blows);
  else rmSync(file);
}

function isServerOf(data: string, pid: number): boolean {
  const command = commandOf(pid) ?? "";
  return command.includes("postgres") && command.includes(data);
}

interface Server {
  pid: number;
  ended: Promise<unknown>;
}

async function launch(
  home: Home,
  ask: { data: string; port: number; flags: readonly string[]; url: string },
): Promise<Server> {
  mkdirSync(home.base, { recursive: true });
  const log = openSync(logOf(home), "w", 0o600);
  const settings = [...usualSettings, `port=${ask.port}`, ...ask.flags].flatMap((setting) => ["-c", setting]);
  const child = spawn(join(home.program, "bin/postgres"), ["-D", ask.data, ...settings], {
    ...home.owner,
    cwd: "/",
    env: smallEnvironment,
    // Ctrl-C reaches the whole process group; the database must outlive the requests under way.
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = Promise.race([once(child, "exit"), once(child, "error")]);
  child.on("error", () => {});
  child.unref();
  if ((await Promise.race([ended.then(() => "ended"), answers(ask.url)])) === "ended" || child.pid === undefined) {
    throw refusal(home, readFileSync(logOf(home), "utf8"));
  }
  return { pid: child.pid, ended };
}

const megabyte = 1024 * 1024;

/**
 * An eighth of the memory that this process may use, in MB: what is read often stays in reach, whatever else the machine
 * reads, and most is left to the processes beside it. Only what was read takes memory.
 */
function sharedBuffers(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.min(Math.max(Math.floor(memory / 8 / megabyte), 128), 4096);
}

const usualSettings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  `shared_buffers=${sharedBuffers()}MB`,
  "max_connections=60",
  "synchronous_commit=on",
  "lc_messages=C",
  "timezone=UTC",
  "jit=off",
  "wal_level=minimal",
  "max_wal_senders=0",
  "checkpoint_timeout=15min",
];

const logOf = (home: Home) => join(home.base, "postgres.log");

/** Ready means that a query is answered; nothing in the log says so reliably. */
async function answers(url: string): Promise<"answered"> {
  const deadline = performance.now() + startPatienceMs;
  for (;;) {
    try {
      await withClient(url, (client) => client.query("select 1"));
      return "answered";
    } catch (error) {
      // What is no answer may still become one: the line is refused, is cut, or waits for a disk that is busy.
      const isFinal = error instanceof pg.DatabaseError && error.code !== "57P03";
      if (isFinal || performance.now() > deadline) throw error;
      await sleep(15);
    }
  }
}

async function makeDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  });
}

/** Opens a connection of its own for a few statements. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // Without a listener a connection that breaks would end the whole process.
  client.on("error", () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function refusal(home: Home, output: string): Unstartable {
  if (/No space left on device|could not extend file/.test(output)) return fullDisk(home.base);
  const lines = output.trim().split("\n");
  const cause = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "";
  return new Unstartable(
    `PostgreSQL does not start in ${home.base}: ${cause.replace(/^.*?(FATAL|PANIC|error): */, "")}`,
  );
}
