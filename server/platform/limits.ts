import { isIPv6 } from "node:net";

import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const minute = 60_000;
const counts = new Map<string, { since: number; tries: number }>();

/**
 * Counts one try of a caller at a route, and refuses the one after `limit` within a minute.
 *
 * A caller is an account, or else a network: one address of IPv4, a /64 of IPv6, since a household has all of that.
 */
export function countTry(ctx: Ctx, route: string, limit: number): void {
  if (ctx.actor.kind === "system") return;
  const now = ctx.now().getTime();
  const key = `${route} ${callerOf(ctx)}`;
  const seen = counts.get(key);
  const current = seen && now - seen.since < minute && now >= seen.since ? seen : { since: now, tries: 0 };
  current.tries += 1;
  counts.set(key, current);
  if (counts.size > 100_000) forgetOld(now);
  if (current.tries <= limit) return;
  const wait = Math.max(1, Math.ceil((current.since + minute - now) / 1000));
  ctx.reply.header("retry-after", String(wait));
  throw new Problem("rate.limited", { retryAfterSeconds: wait });
}

function forgetOld(now: number): void {
  for (const [key, { since }] of counts) if (now - since >= minute) counts.delete(key);
}

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
