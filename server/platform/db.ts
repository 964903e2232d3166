import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";

import type { DB } from "#db/schema.gen.ts";
import type { Log } from "#server/platform/log.ts";

export type Schema = DB;
/** Anything that can run a statement: the pool, or a transaction. */
export type Db = Kysely<Schema>;
/** Only inside a transaction. */
export type Tx = Transaction<Schema>;

const int8 = 20;
// Sequence numbers and minor units stay far below 2^53.
pg.types.setTypeParser(int8, Number);

/**
 * A pool whose connections all have the same manners: limits on how long a statement, a lock or an idle transaction may
 * take, and plans made for the values at hand, since a named statement's generic plan ignores `limit`.
 */
export function createPool(url: string, { max, log }: { max: number; log: Log }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: "plenary",
    options: [
      "-c statement_timeout=20000",
      "-c lock_timeout=10000",
      "-c idle_in_transaction_session_timeout=20000",
      "-c plan_cache_mode=force_custom_plan",
      "-c timezone=UTC",
    ].join(" "),
  });
  pools.add(pool);
  // Without a listener, a database that restarts would end this process.
  const noted = (error: Error) => {
    if (!pool.ending) log.warn({ reason: error.message }, "a database connection ended");
  };
  pool.on("error", noted);
  pool.on("connect", (client) => client.on("error", noted));
  return pool;
}

const pools = new Set<pg.Pool>();

/** How many connections this process holds, how many of them rest, and how many requests wait for one. */
export function countConnections(): { open: number; idle: number; waiting: number } {
  for (const pool of pools) if (pool.ended) pools.delete(pool);
  const sum = (read: (pool: pg.Pool) => number) => [...pools].reduce((all, pool) => all + read(pool), 0);
  return {
    open: sum(({ totalCount }) => totalCount),
    idle: sum(({ idleCount }) => idleCount),
    waiting: sum(({ waitingCount }) => waitingCount),
  };
}

export function createDb(pool: pg.Pool): Db {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Refuses a server whose settings would break our locking. */
export async function assertIsolation(db: Db): Promise<void> {
  const { rows } = await sql<{ level: string; version: string }>`select
    current_setting('transaction_isolation') as level, current_setting('server_version_num') as version`.execute(db);
  if (rows[0]?.level !== "read committed") throw new Error("The database must default to READ COMMITTED.");
  if (Number(rows[0]?.version) < 150_000) throw new Error("Plenary needs PostgreSQL 15 or later.");
}
