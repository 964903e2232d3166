import { isIPv6 } from "node:net";
import { sql } from "kysely";

import type { Ctx } from "#server/platform/ctx.ts";
import { type Db, prepared } from "#server/platform/db.ts";
import { Problem } from "#server/platform/problem.ts";

const minute = 60_000;

interface Tries {
  /** Those who are over their limit, and until when: a flood ends here and not at the database. */
  refused: Map<string, number>;
  waiting: { key: string; answer: PromiseWithResolvers<Counted> }[];
}

interface Counted {
  since: Date;
  tries: number;
}

const houses = new WeakMap<Db, Tries>();

/**
 * Counts one try of a caller at a route, and refuses the one after `limit` within a minute; all processes count together.
 *
 * A caller is an account, or else a network: one address of IPv4, a /64 of IPv6, since a household has all of that.
 */
export async function countTry(ctx: Ctx, route: string, limit: number): Promise<void> {
  if (ctx.actor.kind === "system") return;
  const now = ctx.now().getTime();
  const key = `${route} ${callerOf(ctx)}`;
  const house = houses.get(ctx.db) ?? { refused: new Map(), waiting: [] };
  houses.set(ctx.db, house);
  const { refused } = house;
  const known = refused.get(key) ?? 0;
  if (known > now && known < now + 2 * minute) refuse(ctx, known - now);
  const { since, tries } = await countTogether(ctx, house, key);
  if (tries <= limit) return;
  const until = since.getTime() + minute;
  if (refused.size > 100_000) refused.clear();
  refused.set(key, until);
  refuse(ctx, until - now);
}

function refuse(ctx: Ctx, milliseconds: number): never {
  const wait = Math.max(1, Math.ceil(milliseconds / 1000));
  ctx.reply.header("retry-after", String(wait));
  throw new Problem("rate.limited", { retryAfterSeconds: wait });
}

/** Tries that come in the same breath are written by one statement. */
function countTogether(ctx: Ctx, { waiting }: Tries, key: string): Promise<Counted> {
  const answer = Promise.withResolvers<Counted>();
  waiting.push({ key, answer });
  if (waiting.length === 1) setImmediate(() => void countAll(ctx, waiting.splice(0)));
  return answer.promise;
}

async function countAll(ctx: Ctx, all: Tries["waiting"]): Promise<void> {
  try {
    const byKey = Map.groupBy(all, ({ key }) => key);
    // In one order everywhere: two processes that count the same callers wait for each other's rows.
    const rows = [...byKey]
      .map(([key, { length }]) => ({ key, tries: length }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    for (const { key, since, tries } of (await addToRedis(ctx, rows)) ?? (await addToDatabase(ctx, rows))) {
      const group = byKey.get(key) ?? [];
      group.forEach(({ answer }, n) => void answer.resolve({ since, tries: tries - group.length + n + 1 }));
    }
  } catch (error) {
    for (const { answer } of all) answer.reject(error);
  }
}

type Rows = { key: string; tries: number }[];
type Sums = (Counted & { key: string })[];

async function addToRedis({ gateways, now }: Ctx, rows: Rows): Promise<Sums | undefined> {
  const counts = await gateways.redis?.count(rows, minute);
  return counts?.map(({ tries, leftMs }, n) => ({
    key: rows[n]?.key ?? "",
    tries,
    since: new Date(now().getTime() + leftMs - minute),
  }));
}

function addToDatabase({ db, now }: Ctx, rows: Rows): Promise<Sums> {
  const at = now();
  const by = (milliseconds: number) => new Date(at.getTime() + milliseconds);
  return add(db, JSON.stringify(rows), at, by(-minute), by(minute));
}

// Two processes never read quite the same clock; only one that has jumped begins to count anew.
const add = prepared<Counted & { key: string }, [rows: string, now: Date, minuteAgo: Date, minuteAhead: Date]>(
  (rows, now, minuteAgo, minuteAhead) => sql`insert into rate_counts as c (key, since, tries)
    select key, ${now}, tries from jsonb_to_recordset(${rows}::jsonb) as r (key text, tries integer)
    on conflict (key) do update set
      since = case when c.since > ${minuteAgo} and c.since < ${minuteAhead} then c.since else excluded.since end,
      tries = case when c.since > ${minuteAgo} and c.since < ${minuteAhead} then c.tries else 0 end + excluded.tries
    returning key, since, tries`,
);

export const callerOf = (ctx: Pick<Ctx, "actor" | "from">): string =>
  ctx.actor.kind === "user" || ctx.actor.kind === "key" ? ctx.actor.userId : networkOf(ctx.from.address);

/** The network that counts as one caller. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  if (address.startsWith("::ffff:")) return address.slice("::ffff:".length);
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const rest = tail.split(":").filter(Boolean);
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
