import pg from "pg";

/** One connection that stands for a pool, and a point in time that it can be taken back to. */
export interface Rewindable {
  pool: pg.Pool;
  /** From here on everything can be taken back; what was done so far is kept. */
  mark: () => Promise<void>;
  rewind: () => Promise<void>;
}

/**
 * Lets a whole house live inside one transaction that is never committed: its own transactions are steps of it, and what a
 * request has changed is gone again in no time.
 *
 * Whoever wants a connection waits until it is free, and `now()` stands still in SQL.
 */
export async function openRewindable(databaseUrl: string): Promise<Rewindable> {
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c timezone=UTC" });
  await client.connect();
  await client.query("begin");
  await client.query("savepoint mark");
  let last = Promise.resolve();
  const connect = async () => {
    const before = last;
    const { promise, resolve: release } = Promise.withResolvers<void>();
    last = promise;
    await patiently(before);
    return { query: stepwise(client), release };
  };
  const pool = {
    connect,
    query: async (text: string, values?: unknown[]) => {
      const { query, release } = await connect();
      return query(text, values).finally(release);
    },
    end: async () => {
      await client.query("rollback");
      await client.end();
    },
  };
  return {
    pool: pool as unknown as pg.Pool,
    mark: async () => void (await client.query("release savepoint mark; savepoint mark")),
    rewind: async () => void (await client.query("rollback to savepoint mark")),
  };
}

const patienceMs = 15_000;

/** Where many do so at once, each holds one connection and waits for another, for ever. */
async function patiently(turn: Promise<void>): Promise<void> {
  const complaint = new Error("Somebody asks for a second connection inside of a transaction.");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(complaint), patienceMs);
  });
  await Promise.race([turn, tooLong]).finally(() => clearTimeout(timer));
}

type Query = string | { text: string };

let steps = 0;

/** A connection of the pool: what it begins and commits is a step, and so is a statement that stands alone. */
function stepwise(client: pg.Client) {
  let open: string | undefined;
  const begin = (name: string) => client.query(`savepoint ${name}`);
  const commit = (name: string) => client.query(`release savepoint ${name}`);
  const takeBack = (name: string) => client.query(`rollback to savepoint ${name}; release savepoint ${name}`);
  return async (query: Query, values?: unknown[]) => {
    const text = typeof query === "string" ? query : query.text;
    const name: string = open ?? `step_${++steps}`;
    if (/^(begin|start transaction)/i.test(text)) {
      open = name;
      return begin(name);
    }
    if (/^(commit|rollback)$/i.test(text)) {
      open = undefined;
      return /^commit/i.test(text) ? commit(name) : takeBack(name);
    }
    if (open) return client.query(query as string, values);
    await begin(name);
    try {
      const result = await client.query(query as string, values);
      await commit(name);
      return result;
    } catch (error) {
      await takeBack(name);
      throw error;
    }
  };
}
