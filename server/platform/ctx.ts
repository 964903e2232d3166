import type { Files } from "#server/gateways/files.ts";
import type { Mail } from "#server/gateways/mail.ts";
import type { Media } from "#server/gateways/media.ts";
import type { Push } from "#server/gateways/push.ts";
import type { Redis } from "#server/gateways/redis.ts";
import type { Db, Tx } from "#server/platform/db.ts";
import type { Log } from "#server/platform/log.ts";
import type { Settings } from "#server/platform/settings.ts";

/** Who is asking: nobody known, an account, an API key, or ourselves. */
export type Actor =
  | { kind: "anonymous" }
  | { kind: "user"; userId: string; personId: string; sessionId: string; isAdmin: boolean; byToken?: true }
  | { kind: "key"; userId: string; personId: string; scopes: readonly string[] }
  | { kind: "system" };

/** A signed link that the caller has shown. */
export interface Held {
  of: "registration" | "invitation" | "order" | "booking";
  id: string;
}

/** The outside world. Each has a default that needs no account anywhere. */
export interface Gateways {
  mail: Mail;
  files: Files;
  media: Media;
  push: Push;
  redis?: Redis;
}

/** All a use case may lean on. A closed set: widening it is a decision for the whole team. */
export interface Ctx {
  db: Db;
  gateways: Gateways;
  settings: Settings;
  log: Log;
  actor: Actor;
  /** Signed links that the caller has shown, beside who they are. */
  holds: readonly Held[];
  now: () => Date;
  /** For limits, the audit log and repetition, never for decisions. */
  from: { requestId: string; address: string; agent: string; idempotencyKey?: string };
  locale: string;
  /** Collects what the answer must carry besides its body, over HTTP and from a page alike. */
  reply: {
    /** Answers with the route's other status. */
    status: (code: 202) => void;
    header: (name: string, value: string) => void;
    /** HttpOnly, SameSite=Lax, Secure on https; zero seconds takes the cookie away. */
    setCookie: (name: string, value: string, maxAgeSeconds: number) => void;
    /** The caller holds this already for the rest of the request, as the next one will by its cookie. */
    hold: (held: Held) => void;
  };
}

/** A context whose statements all belong to one transaction. */
export type TxCtx = Omit<Ctx, "db"> & {
  db: Tx;
  /** Does what cannot be taken back once all of it holds, and never when it was rolled back. */
  afterCommit: (step: () => void) => void;
};

/**
 * Runs the use case in one transaction. Nothing in it may talk to the network.
 *
 * Cookies set in it leave once it is committed: what was rolled back neither signs in nor out.
 */
export async function inTx<T>(ctx: Ctx, run: (tctx: TxCtx) => Promise<T>): Promise<T> {
  const steps: (() => void)[] = [];
  const afterCommit: TxCtx["afterCommit"] = (step) => void steps.push(step);
  const setCookie: Ctx["reply"]["setCookie"] = (...cookie) => afterCommit(() => ctx.reply.setCookie(...cookie));
  const reply = { ...ctx.reply, setCookie };
  const result = await ctx.db.transaction().execute((tx) => run({ ...ctx, reply, db: tx, afterCommit }));
  for (const step of steps) step();
  return result;
}

/** The account that asks. Only behind routes for those signed in. */
export function userOf(ctx: Pick<Ctx, "actor">): { userId: string; personId: string } {
  if (ctx.actor.kind === "user" || ctx.actor.kind === "key") return ctx.actor;
  throw new Error("This use case is only for accounts.");
}
