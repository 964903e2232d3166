import { createHash } from "node:crypto";
import { z } from "zod";

import type { Ctx } from "#server/platform/ctx.ts";
import { callerOf } from "#server/platform/limits.ts";
import { Problem } from "#server/platform/problem.ts";

export const IdempotencyKey = z.string().min(1).max(200);

const secondsUntilAbandoned = 60;

/**
 * Answers a request that names an `Idempotency-Key` once per caller and key; a repetition gets the same reply.
 *
 * The same key with another request is refused. A refusal is not kept, so it may be tried again. A process that dies
 * in the middle leaves the key free after a minute; what it had done is then judged by the use case's own rules.
 */
export async function once<T>(ctx: Ctx, route: string, input: unknown, answer: (ctx: Ctx) => Promise<T>): Promise<T> {
  const key = ctx.from.idempotencyKey;
  if (key === undefined) return answer(ctx);
  const mine = { caller: whoAsks(ctx), key };
  const bodyHash = createHash("sha256")
    .update(JSON.stringify([route, input]))
    .digest("base64url");
  const kept = await begin(ctx, { ...mine, route, bodyHash });
  if (kept) {
    if (kept.status) ctx.reply.status(kept.status);
    return kept.reply as T;
  }
  let status: 202 | undefined;
  const noting = (code: 202) => {
    status = code;
    ctx.reply.status(code);
  };
  try {
    const reply = await answer({ ...ctx, reply: { ...ctx.reply, status: noting } });
    await ctx.db
      .updateTable("idempotency_keys")
      .set({ reply: JSON.stringify({ reply, status }) })
      .where("caller", "=", mine.caller)
      .where("key", "=", mine.key)
      .execute();
    return reply;
  } catch (error) {
    await ctx.db.deleteFrom("idempotency_keys").where("caller", "=", mine.caller).where("key", "=", mine.key).execute();
    throw error;
  }
}

/** An account; else a network with the links it shows, since many guests may sit behind one address. */
function whoAsks(ctx: Ctx): string {
  const links = ctx.actor.kind === "anonymous" ? ctx.holds.map(({ id }) => id).toSorted() : [];
  if (links.length === 0) return callerOf(ctx);
  return `${callerOf(ctx)} ${createHash("sha256").update(links.join()).digest("base64url")}`;
}

interface Kept {
  reply: unknown;
  /** Where the answer was not the route's first status. */
  status?: 202;
}

async function begin(
  ctx: Ctx,
  { caller, key, route, bodyHash }: { caller: string; key: string; route: string; bodyHash: string },
): Promise<Kept | undefined> {
  const abandoned = new Date(ctx.now().getTime() - secondsUntilAbandoned * 1000);
  const inserted = await ctx.db
    .insertInto("idempotency_keys")
    .values({ caller, key, route, body_hash: bodyHash, created_at: ctx.now() })
    .onConflict((oc) =>
      oc
        .columns(["caller", "key"])
        .doUpdateSet({ created_at: ctx.now() })
        .where("idempotency_keys.reply", "is", null)
        .where("idempotency_keys.body_hash", "=", bodyHash)
        .where("idempotency_keys.created_at", "<", abandoned),
    )
    .returning("key")
    .executeTakeFirst();
  if (inserted) return undefined;
  const seen = await ctx.db
    .selectFrom("idempotency_keys")
    .select(["body_hash as bodyHash", "reply"])
    .where("caller", "=", caller)
    .where("key", "=", key)
    .executeTakeFirst();
  if (seen && seen.bodyHash !== bodyHash) throw new Problem("request.key_reused");
  if (!seen?.reply) throw new Problem("request.in_progress");
  return seen.reply as unknown as Kept;
}
