import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";

import { withClient } from "#server/platform/postgres.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

const folder = join(import.meta.dirname, "../../db/migrations");
const lockNumber = 7_365_281;
const withoutTransaction = "-- no transaction";

/** Names and hashes of migrations that a database has taken. */
export type Applied = ReadonlyMap<string, string>;

/**
 * Brings a database up to this program: each new file once, in order, however many processes start at once.
 *
 * With `as`, only as far as a database that had taken just those.
 */
export async function migrate(url: string, { as }: { as?: Applied } = {}): Promise<void> {
  const all = await readMigrations();
  if (as) compare(all, as);
  const migrations = as ? all.filter(({ name }) => as.has(name)) : all;
  await withClient(url, async (client) => {
    await client.query("select pg_advisory_lock($1)", [lockNumber]);
    await refuseOldServer(client);
    await client.query(
      "create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())",
    );
    const pending = compare(migrations, await listApplied(client));
    for (const migration of pending) await apply(client, migration);
    await migrateJobs(url);
  });
}

/** In a pool of ours: one that the worker makes is still closing when it stops listening, and a database that ends then would end us. */
async function migrateJobs(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const calm = () => {};
  pool.on("error", calm);
  pool.on("connect", (client) => client.on("error", calm));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (file) => {
      const sql = await readFile(join(folder, file), "utf8");
      return { name: basename(file, ".sql"), sql, hash: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  if (Number(rows[0]?.version) < 150_000)
    throw new Unstartable("Plenary needs PostgreSQL 15 or later: upgrade the server that DATABASE_URL names.");
}

export async function listApplied(client: pg.Client): Promise<Applied> {
  const { rows } = await client.query<{ name: string; hash: string }>("select name, hash from migrations");
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Says what is still to do, or why this program and this database do not belong together. */
export function compare(migrations: readonly Migration[], applied: Applied): Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = [...applied.keys()].find((name) => !known.has(name));
  if (newer) {
    throw new Unstartable(
      `The database belongs to a newer Plenary (it knows "${newer}"): start that version, or another database.`,
    );
  }
  const edited = migrations.find(({ name, hash }) => applied.has(name) && applied.get(name) !== hash);
  if (edited) {
    throw new Unstartable(
      `The migration "${edited.name}" was changed after this database took it: restore the file and write a new one.`,
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function apply(client: pg.Client, { name, sql, hash }: Migration): Promise<void> {
  const alone = sql.startsWith(withoutTransaction);
  try {
    if (!alone) await client.query("begin");
    await client.query(sql);
    await client.query("insert into migrations (name, hash) values ($1, $2)", [name, hash]);
    if (!alone) await client.query("commit");
  } catch (error) {
    throw new Error(`The migration "${name}" failed: ${(error as Error).message}`, { cause: error });
  }
}
