import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";

import type { Add } from "#ops/backup/archive.ts";
import { listApplied } from "#server/platform/migrate.ts";

/** What a database holds besides its rows. */
export interface Shape {
  migrations: [name: string, hash: string][];
  /** The columns of each table that have values of their own. */
  tables: Record<string, string[]>;
}

const jobs = "jobs";
const jobColumns = "task, payload, run_at, attempts, max_attempts, priority, key, last_error, created_at";
const partBytes = 4 * 1024 * 1024;

const ownTables = `pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'migrations'`;
const named = (name: string) => `"${name.replaceAll('"', '""')}"`;
const listed = (names: readonly string[]) => names.map(named).join(", ");

/** Runs `use` on the database as it is at one moment, however long it takes and whatever others write meanwhile. */
export async function atOneMoment<T>(client: pg.Client, use: () => Promise<T>): Promise<T> {
  await client.query("begin isolation level repeatable read read only");
  const result = await use();
  await client.query("commit");
  return result;
}

export async function shapeOf(client: pg.Client): Promise<Shape> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from ${ownTables} order by 1`,
  );
  return {
    migrations: [...(await listApplied(client))],
    tables: Object.fromEntries(rows.map(({ name, columns }) => [name, columns])),
  };
}

/** Adds every row, and every job that is still to do; returns how many of each. */
export async function exportRows(client: pg.Client, { tables }: Shape, add: Add): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const [table, columns] of Object.entries(tables)) {
    rows[table] = await copyOut(client, `select ${listed(columns)} from public.${named(table)}`, table, add);
  }
  const query = `select t.identifier, j.payload, j.run_at, j.attempts, j.max_attempts, j.priority, j.key, j.last_error, j.created_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`;
  rows[jobs] = await copyOut(client, query, jobs, add);
  return rows;
}

async function copyOut(client: pg.Client, query: string, name: string, add: Add): Promise<number> {
  const stream = client.query(to(`copy (${query}) to stdout`));
  let parts = 0;
  let waiting: Buffer[] = [];
  let bytes = 0;
  const flush = async () => {
    if (bytes === 0) return;
    await add(`database/${name}/${String(parts++).padStart(6, "0")}`, Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= partBytes) await flush();
  }
  await flush();
  return stream.rowCount ?? 0;
}

/** Whether nobody has ever used this database. */
export async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_tables where schemaname = 'public' limit 1");
  return rowCount === 0;
}

export interface Import {
  /** Takes the next part of a table; parts of one table come one after another. */
  take: (table: string, part: Buffer) => Promise<void>;
  /** Ends the last table; returns how many rows each got. */
  end: () => Promise<Record<string, number>>;
}

/**
 * Fills a migrated database with the rows of another, in one transaction: all of `use`, or nothing.
 *
 * References and triggers stand aside meanwhile, as they do for `pg_restore`: rows come by table, and what triggers
 * made is among them. References are proved again at the end.
 */
export async function importRows(client: pg.Client, shape: Shape, use: (rows: Import) => Promise<void>): Promise<void> {
  const tables = Object.keys(shape.tables);
  await client.query("begin");
  const references = await listReferences(client);
  for (const { table, name } of references) await client.query(`alter table ${table} drop constraint ${named(name)}`);
  for (const table of tables) await client.query(`alter table public.${named(table)} disable trigger user`);
  if (tables.length > 0) await client.query(`truncate ${tables.map((table) => `public.${named(table)}`).join(", ")}`);
  await client.query(
    `create temporary table jobs_to_do (${jobs}_order bigint generated always as identity, task text, payload json,
       run_at timestamptz, attempts smallint, max_attempts smallint, priority smallint, key text, last_error text,
       created_at timestamptz) on commit drop`,
  );
  await use(copyIn(client, shape));
  await addJobs(client);
  await moveSequences(client);
  for (const table of tables) await client.query(`alter table public.${named(table)} enable trigger user`);
  for (const { table, name, definition } of references) {
    await client.query(`alter table ${table} add constraint ${named(name)} ${definition}`);
  }
  await client.query("commit");
  await client.query("analyze");
}

function copyIn(client: pg.Client, { tables }: Shape): Import {
  const rows: Record<string, number> = Object.fromEntries([...Object.keys(tables), jobs].map((name) => [name, 0]));
  let current: { table: string; stream: Writable & { rowCount: number } } | undefined;
  const finish = async () => {
    if (!current) return;
    const { table, stream } = current;
    stream.end();
    await finished(stream);
    rows[table] = stream.rowCount;
    current = undefined;
  };
  const begin = (table: string) => {
    const columns = tables[table];
    if (!columns && table !== jobs) throw new Error(`The backup holds rows of ${table} and does not know it.`);
    const target = columns ? `public.${named(table)} (${listed(columns)})` : `jobs_to_do (${jobColumns})`;
    return { table, stream: client.query(from(`copy ${target} from stdin`)) };
  };
  return {
    take: async (table, part) => {
      if (current?.table !== table) {
        await finish();
        current = begin(table);
        current.stream.on("error", () => {}); // told by whoever waits for it
      }
      if (!current.stream.write(part)) await once(current.stream, "drain");
    },
    end: async () => {
      await finish();
      return rows;
    },
  };
}

async function listReferences(client: pg.Client) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select k.conrelid::regclass::text as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k where k.contype = 'f' and k.conrelid in (select c.oid from ${ownTables})`,
  );
  return rows;
}

/** Work under way at the moment of the backup is done again: every job bears that. */
async function addJobs(client: pg.Client): Promise<void> {
  await client.query(
    "insert into graphile_worker._private_tasks (identifier) select distinct task from jobs_to_do on conflict do nothing",
  );
  await client.query(
    `insert into graphile_worker._private_jobs
       (task_id, payload, run_at, attempts, max_attempts, priority, key, last_error, created_at)
     select t.id, d.payload, d.run_at, d.attempts, d.max_attempts, d.priority, d.key, d.last_error, d.created_at
     from jobs_to_do d join graphile_worker._private_tasks t on t.identifier = d.task order by d.${jobs}_order`,
  );
}

async function moveSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.oid::regclass::text as table, a.attname as column, pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
     from pg_attribute a join (select c.* from ${ownTables}) c on c.oid = a.attrelid where a.attidentity <> ''`,
  );
  for (const { table, column, sequence } of rows) {
    await client.query(
      `select setval($1, coalesce(max(${named(column)}), 1), max(${named(column)}) is not null) from ${table}`,
      [sequence],
    );
  }
}
