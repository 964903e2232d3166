import { randomUUIDv7 } from "node:crypto";
import type { IncomingMessage } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import type { FastifyReply, FastifyRequest } from "fastify";

import { whoIs } from "#server/modules/identity/sessions.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { replyOn } from "#server/platform/http.ts";
import { chooseLocale } from "#server/platform/words.ts";

const silent: Ctx["reply"] = { status: () => {}, header: () => {}, setCookie: () => {}, hold: () => {} };

/** The context of our own doings: jobs, routines, the command line. */
export function systemCtx(parts: Pick<Ctx, "db" | "gateways" | "settings" | "log" | "now">): Ctx {
  return {
    ...parts,
    actor: { kind: "system" },
    holds: [],
    from: { requestId: randomUUIDv7(), address: "", agent: "plenary" },
    locale: "en",
    reply: silent,
  };
}

/** The context of a request: who asks is looked up once. */
export async function requestCtx(system: Ctx, request: FastifyRequest, reply: FastifyReply): Promise<Ctx> {
  const { headers } = request;
  const key = headers["idempotency-key"];
  const base: Ctx = {
    ...system,
    actor: { kind: "anonymous" },
    from: {
      requestId: request.id,
      address: request.ip,
      agent: (headers["user-agent"] ?? "").slice(0, 300),
      ...(typeof key === "string" ? { idempotencyKey: key } : {}),
    },
  };
  const who = await whoIs(base, headers);
  const ctx: Ctx = { ...base, ...who, locale: who.locale ?? chooseLocale(headers["accept-language"]) };
  const hold: Ctx["reply"]["hold"] = (held) => {
    ctx.holds = [held, ...ctx.holds];
  };
  ctx.reply = { ...replyOn(reply, system.settings.publicUrl), hold };
  return ctx;
}

/** The context of a socket's request; its address is found by the rule of `request.ip`. */
export async function socketCtx(system: Ctx, request: IncomingMessage): Promise<Ctx> {
  const { headers } = request;
  const address = proxyAddr(request, system.settings.trustedProxy);
  const base: Ctx = {
    ...system,
    actor: { kind: "anonymous" },
    from: { requestId: randomUUIDv7(), address, agent: headers["user-agent"] ?? "" },
  };
  const who = await whoIs(base, headers);
  return { ...base, ...who, locale: who.locale ?? chooseLocale(headers["accept-language"]) };
}
