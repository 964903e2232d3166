import { sql } from "kysely";
import type { z } from "zod";

import { type Channel, channelName, type Operation } from "#contract/channel.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { inTx } from "#server/platform/ctx.ts";
import type { Db } from "#server/platform/db.ts";
import type { Fact } from "#server/platform/facts.ts";
import { onFact, type Subscription } from "#server/platform/jobs.ts";

type Told<C> = C extends Channel<z.ZodType, infer T, Record<string, z.ZodType>> ? T : never;
type Said<C> = C extends Channel<z.ZodType, Record<string, z.ZodType>, infer S> ? S : never;
type Params<C> = C extends Channel<infer P, Record<string, z.ZodType>, Record<string, z.ZodType>> ? z.output<P> : never;

type Tell = { on: string; as: string; run: Subscription["run"] };

/** A channel's manners: who may listen, what people may say on it, and which facts become operations. */
export interface Live {
  spec: Channel;
  /** Asked at each join, before each message, and again when a right changed. */
  mayJoin: (ctx: Ctx, params: never) => Promise<boolean>;
  answers: Record<string, (ctx: Ctx, params: never, body: never) => Promise<unknown>>;
  hears: Tell[];
}

export function live<C extends Channel<z.ZodType, Record<string, z.ZodType>, Record<string, z.ZodType>>>(
  spec: C,
  manners: {
    mayJoin: (ctx: Ctx, params: Params<C>) => Promise<boolean>;
    answers?: { [S in keyof Said<C>]: (ctx: Ctx, params: Params<C>, body: z.output<Said<C>[S]>) => Promise<unknown> };
    hears?: Tell[];
  },
): Live {
  return {
    spec,
    mayJoin: manners.mayJoin as Live["mayJoin"],
    answers: (manners.answers ?? {}) as Live["answers"],
    hears: manners.hears ?? [],
  };
}

/** What a fact means for a channel: said by the fact's job, once per fact; nothing is said where `tell` returns nothing. */
export function when<C extends Channel, P extends object, Op extends keyof Told<C> & string>(
  declared: { (payload: P): Fact<P>; factName: string },
  spec: C,
  op: Op,
  tell: (ctx: Ctx, payload: P) => Promise<{ params: Params<C>; body: z.input<Told<C>[Op]> } | undefined>,
): Tell {
  return onFact(declared, `channel ${spec.name} ${op}`, async (ctx, payload) => {
    const told = await tell(ctx, payload);
    if (told) await inTx(ctx, (tctx) => sayAny(tctx, spec, told.params as Record<string, string>, op, told.body));
  });
}

/** Says an operation on a channel, in the transaction that makes it true; returns its number. */
export function say<C extends Channel, Op extends keyof Told<C> & string>(
  tctx: TxCtx,
  spec: C,
  params: Params<C>,
  op: Op,
  body: z.input<Told<C>[Op]>,
): Promise<number> {
  return sayAny(tctx, spec, params as Record<string, string>, op, body);
}

async function sayAny(
  tctx: TxCtx,
  spec: Channel,
  params: Record<string, string>,
  op: string,
  body: unknown,
): Promise<number> {
  const name = channelName(spec.name, params);
  const { redis } = tctx.gateways;
  const byRedis = redis?.isReady() ?? false;
  if (byRedis) tctx.afterCommit(() => redis?.wake(name));
  const { rows } = await sql<{ seq: number }>`with counted as (
      insert into channels (name, seq) values (${name}, 1)
      on conflict (name) do update set seq = channels.seq + 1 returning seq),
    said as (
      insert into channel_operations (channel, seq, op, at, body)
      select ${name}, seq, ${op}, ${tctx.now()}, ${JSON.stringify(body)}::jsonb from counted returning seq)
    select seq ${byRedis ? sql`` : sql`, pg_notify('plenary_operations', ${name})`} from said`.execute(tctx.db);
  return rows[0]?.seq ?? 0;
}

/** The operations of a channel after one that is known, in order. */
export async function operationsAfter(db: Db, name: string, since: number, most: number): Promise<Operation[]> {
  const rows = await db
    .selectFrom("channel_operations")
    .select(["seq", "op", "at", "body"])
    .where("channel", "=", name)
    .where("seq", ">", since)
    .orderBy("seq")
    .limit(most)
    .execute();
  return rows.map(({ seq, op, at, body }) => ({ channel: name, seq, op, at: at.toISOString(), body }));
}

/** The number of the newest operation; 0 where nothing was ever said. */
export async function seqOf(db: Db, name: string): Promise<number> {
  const row = await db.selectFrom("channels").select("seq").where("name", "=", name).executeTakeFirst();
  return row?.seq ?? 0;
}

/** The same of several channels at once; those on which nothing was ever said are left out. */
export const seqsOf = (db: Db, names: readonly string[]): Promise<{ name: string; seq: number }[]> =>
  db.selectFrom("channels").select(["name", "seq"]).where("name", "=", sql<string>`any(${names}::text[])`).execute();

/** Makes every socket of this person (or at this gathering) ask again at the commit whether it may still listen. */
export async function askAgain(tctx: TxCtx, about: { personId?: string; gatheringId?: string }): Promise<void> {
  await sql`select pg_notify('plenary_rights', ${JSON.stringify(about)})`.execute(tctx.db);
}

/**
 * Writes over a part of everything that was said about a thing from an operation on, known by the `id` in its body: what
 * people take back must not wait in the history for the next who joins.
 */
export async function blot<C extends Channel>(
  tctx: TxCtx,
  spec: C,
  params: Params<C>,
  { id, since, over }: { id: string; since: number; over: object },
): Promise<void> {
  const name = channelName(spec.name, params as Record<string, string>);
  await sql`update channel_operations set body = body || ${JSON.stringify(over)}::jsonb
    where channel = ${name} and seq >= ${since} and body->>'id' = ${id}`.execute(tctx.db);
}

/** The same for everything that these channels say of a person, known by the `personId` in its body. */
export async function blotPerson(
  tctx: TxCtx,
  channels: readonly string[],
  { personId, over }: { personId: string; over: object },
): Promise<void> {
  await sql`update channel_operations set body = body || ${JSON.stringify(over)}::jsonb
    where channel = any(${channels}::text[]) and body->>'personId' = ${personId}`.execute(tctx.db);
}
