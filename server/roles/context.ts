import { randomUUIDv7 } from "node:crypto";
import type { IncomingMessage } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import { parseCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { languageCookie } from "#contract/page.ts";
import { chooseLanguage, findSpoken, languageParameter } from "#domain/language/choose.ts";
import { whoIs } from "#server/modules/identity/sessions.ts";
import { isLoopbackHost } from "#server/platform/addresses.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { replyOn } from "#server/platform/http.ts";
import { mirrorLocale } from "#server/platform/mirror.ts";
import { locales } from "#server/platform/words.ts";

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
  const ctx: Ctx = { ...base, ...who, locale: localeOf(request, who.locale) };
  const hold: Ctx["reply"]["hold"] = (held) => {
    ctx.holds = [held, ...ctx.holds];
  };
  ctx.reply = { ...replyOn(reply, system.settings.publicUrl), hold };
  stayWithLanguage(ctx, request);
  return ctx;
}

/** The mirrored language is for looking at pages at home. */
const spokenAt = (host: string) => (isLoopbackHost(host) ? [...locales, mirrorLocale] : locales);

function localeOf({ query, hostname, headers }: FastifyRequest, account: string | undefined): string {
  const cookie = parseCookie(headers.cookie ?? "")[languageCookie];
  return chooseLanguage(spokenAt(hostname), {
    address: namedIn(query),
    account,
    cookie,
    header: headers["accept-language"],
  });
}

function namedIn(query: unknown): string | undefined {
  const named = (query as Record<string, unknown>)[languageParameter];
  return typeof named === "string" ? named : undefined;
}

const yearSeconds = 365 * 24 * 60 * 60;

/** Who came by a link in a language reads on in it; an account has its own. */
function stayWithLanguage({ actor, locale, reply }: Ctx, { query, method, hostname, headers }: FastifyRequest): void {
  const named = namedIn(query);
  if (!named || method !== "GET" || actor.kind !== "anonymous" || !findSpoken(spokenAt(hostname), named)) return;
  if (parseCookie(headers.cookie ?? "")[languageCookie] !== locale)
    reply.setCookie(languageCookie, locale, yearSeconds);
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
  const cookie = parseCookie(headers.cookie ?? "")[languageCookie];
  const wishes = { account: who.locale, cookie, header: headers["accept-language"] };
  return { ...base, ...who, locale: chooseLanguage(locales, wishes) };
}
