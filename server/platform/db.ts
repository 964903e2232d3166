import {
  CompiledQuery,
  createQueryId,
  Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
  type Transaction,
} from "kysely";
import pg from "pg";

import type { DB } from "#db/schema.gen.ts";
import type { Log } from "#server/platform/log.ts";
import { isTraced, summaryOf, traced } from "#server/platform/tracing.ts";

export type Schema = DB;
/** Anything that can run a statement: the pool, or a transaction. */
export type Db = Kysely<Schema>;
/** Only inside a transaction. */
export type Tx = Transaction<Schema>;

const int8 = 20;
// Sequence numbers and minor units stay far below 2^53.
pg.types.setTypeParser(int8, Number);

interface PoolOptions {
  max: number;
  log: Log;
  /** Others name statements here that have their limit as a value, which a plan made for all values ignores. */
  plansAnew?: boolean;
}

/**
 * A pool whose connections all have the same manners: limits on how long a statement, a lock or an idle transaction may
 * take, and statements of `prepared` that each connection knows by name.
 */
export function createPool(url: string, { max, log, plansAnew = false }: PoolOptions): pg.Pool {
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
      `-c plan_cache_mode=${plansAnew ? "force_custom_plan" : "auto"}`,
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

/** The names of prepared statements, by their text. */
const known = new Map<string, string>();

type Placeholders<Values extends readonly unknown[]> = { [At in keyof Values]: RawBuilder<Values[At]> };

/**
 * A statement that is asked again and again: put together once, and parsed and planned once by each connection, which
 * takes longer than running it.
 *
 * Its text is the same for all values, `null` among them, and none of them is a limit.
 */
export function prepared<Row, Values extends readonly unknown[]>(
  write: (...placeholders: Placeholders<Values>) => RawBuilder<Row>,
): (db: Db, ...values: Values) => Promise<Row[]> {
  const placeholders = Array.from({ length: write.length }, (_, at) => sql.raw(`$${at + 1}`));
  const node = write(...(placeholders as Placeholders<Values>)).toOperationNode();
  const { sql: text } = new PostgresQueryCompiler().compileQuery(node, createQueryId());
  // Two that ask the same share its name: another one would be given twice.
  if (!known.has(text)) known.set(text, `prepared_${known.size + 1}`);
  return async (db, ...values) => (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[];
}

export function createDb(pool: pg.Pool): Db {
  const connect = async () => byName(await pool.connect());
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end() } }) });
}

const statementOf = (text: string) => {
  const name = summaryOf(text);
  return { name, kind: "CLIENT", attributes: { "db.system.name": "postgresql", "db.query.summary": name } } as const;
};

/** A connection that is told the names of prepared statements with their text. */
const byName = (client: pg.PoolClient) =>
  ({
    query: (text: string, values: unknown[]) => {
      const ask = () => client.query({ name: known.get(text), text, values });
      return isTraced() ? traced(statementOf(text), ask) : ask();
    },
    release: () => client.release(),
  }) as unknown as PostgresPoolClient;

/** Refuses a server whose settings would break our locking. */
export async function assertIsolation(db: Db): Promise<void> {
  const { rows } = await sql<{ level: string; version: string }>`select
    current_setting('transaction_isolation') as level, current_setting('server_version_num') as version`.execute(db);
  if (rows[0]?.level !== "read committed") throw new Error("The database must default to READ COMMITTED.");
  if (Number(rows[0]?.version) < 150_000) throw new Error("Plenary needs PostgreSQL 15 or later.");
}
