import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { freePort } from "#server/platform/addresses.ts";
import { migrate } from "#server/platform/migrate.ts";
import { startPostgres } from "#server/platform/postgres.ts";

const patienceMs = 120_000;

export interface Product {
  urls: string[];
  databaseUrl: string;
  db: pg.Pool;
  dataDir: string;
  stop: () => Promise<void>;
}

/**
 * The real product on a database of its own: one PostgreSQL and as many web processes as asked, each on one core if
 * `core` says which.
 */
export async function startProduct(options: {
  processes?: number;
  roles?: string;
  core?: number;
  env?: Record<string, string>;
}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "plenary-bench-"));
  // Several processes and the bench's own clients beside them.
  const postgres = await startPostgres({ dataDir, flags: ["max_connections=250"] });
  const db = new pg.Pool({ connectionString: postgres.url, max: 40 });
  db.on("error", () => {});
  const children: ChildProcess[] = [];
  const stop = async () => {
    await db.end();
    await Promise.all(children.map(endChild));
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(postgres.url);
    const urls: string[] = [];
    for (let n = 0; n < (options.processes ?? 1); n += 1) {
      const port = await freePort();
      const child = startProcess({ ...options, port, databaseUrl: postgres.url, dataDir });
      children.push(child);
      const url = `http://127.0.0.1:${port}`;
      urls.push(url);
      // One after another: the first one builds the pages where they have changed.
      await ready(child, url);
    }
    return { urls, databaseUrl: postgres.url, db, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startProcess(options: {
  port: number;
  databaseUrl: string;
  dataDir: string;
  roles?: string;
  core?: number;
  env?: Record<string, string>;
}): ChildProcess {
  const { port, core, roles = "web" } = options;
  const program = [process.execPath, "server/main.ts", `--roles=${roles}`];
  const [command = "", ...args] = core === undefined ? program : ["taskset", "-c", String(core), ...program];
  return spawn(command, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: options.databaseUrl,
      PLENARY_DATA: options.dataDir,
      PLENARY_DEMO: "off",
      // Each request of a storm comes from an address of its own.
      TRUSTED_PROXY: "127.0.0.1",
      LOG_LEVEL: "error",
      ...options.env,
    },
  });
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline && !hasEnded(child)) {
    const reply = await fetch(`${url}/health`).catch(() => undefined);
    if (reply?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not start.`);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function endChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
