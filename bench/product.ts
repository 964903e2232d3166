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
  await migrate(postgres.url);
  const children: ChildProcess[] = [];
  const urls: string[] = [];
  for (let n = 0; n < (options.processes ?? 1); n += 1) {
    const port = await freePort();
    children.push(startProcess({ ...options, port, databaseUrl: postgres.url, dataDir }));
    urls.push(`http://127.0.0.1:${port}`);
    // One after another: the first one builds the pages where they have changed.
    await ready(`http://127.0.0.1:${port}`);
  }
  const db = new pg.Pool({ connectionString: postgres.url, max: 40 });
  db.on("error", () => {});
  return {
    urls,
    databaseUrl: postgres.url,
    db,
    dataDir,
    stop: async () => {
      await db.end();
      await Promise.all(children.map(endChild));
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
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

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const reply = await fetch(`${url}/health`).catch(() => undefined);
    if (reply?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not start.`);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
