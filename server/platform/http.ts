import { isUtf8 } from "node:buffer";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { stringifySetCookie } from "cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { ProblemCode } from "#contract/problems.ts";
import type { Route } from "#contract/route.ts";
import { languageParameter } from "#domain/language/choose.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { dispatch } from "#server/platform/dispatch.ts";
import { Problem } from "#server/platform/problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    ctx: Ctx;
  }
}

const largestUpload = 12 * 1024 * 1024;

/** Opens a door for each route of the contract, and says at each of its addresses what else cannot be done there. */
export function mount(app: FastifyInstance, routes: readonly Route[]): void {
  readJson(app);
  for (const route of routes) if (!route.raw) open(app, route);
  for (const [url, offered] of methodsByPath(routes)) refuseOthers(app, url, offered);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: largestUpload }, (_request, bytes, done) =>
      done(null, bytes),
    );
    for (const route of routes) if (route.raw) open(scope, route);
  });
}

/** JSON that calls itself a text could be sent by a form of another site, and bytes that are no text would be kept as guesses. */
function readJson(app: FastifyInstance): void {
  app.removeContentTypeParser(["text/plain", "application/json"]);
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    if (!isUtf8(bytes as Buffer)) throw new Problem("request.invalid", { fields: [] });
    parse(request, String(bytes), done);
  });
}

function open(app: FastifyInstance, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async ({ ctx, params, query: asked, body, headers }, reply) => {
      // The language of the answer is named as on pages, and is nothing that a route is asked.
      const { [languageParameter]: _, ...query } = asked as Record<string, unknown>;
      const result = await dispatch(
        ctx,
        route as never,
        {
          params,
          query,
          body: route.raw ? { bytes: body ?? Buffer.alloc(0), headers } : body,
        } as never,
      );
      if (route.media && !reply.hasHeader("content-type")) reply.type(route.media);
      if (reply.statusCode === 200) reply.code(route.status);
      return reply.send(route.status === 204 ? undefined : result);
    },
  });
}

function methodsByPath(routes: readonly Route[]): Map<string, Set<string>> {
  const byPath = new Map<string, Set<string>>();
  for (const { path, method } of routes) {
    const offered = byPath.get(path) ?? new Set();
    byPath.set(path, offered.add(method));
    if (method === "GET") offered.add("HEAD");
  }
  return byPath;
}

function refuseOthers(app: FastifyInstance, url: string, offered: ReadonlySet<string>): void {
  const refuse = (_request: FastifyRequest, reply: FastifyReply) => {
    reply.header("allow", [...offered].join(", "));
    throw new Problem("route.wrong_method");
  };
  const method = app.supportedMethods.filter((name) => !offered.has(name));
  // Before a body is read, whatever it may be.
  app.route({ method, url, onRequest: async (request, reply) => refuse(request, reply), handler: refuse });
}

/** The part of a context's reply that writes onto a Fastify answer. */
export function replyOn(reply: FastifyReply, publicUrl: string): Omit<Ctx["reply"], "hold"> {
  return {
    status: (code) => void reply.code(code),
    header: (name, value) => void reply.header(name, value),
    setCookie: (name, value, maxAgeSeconds) =>
      void reply.header(
        "set-cookie",
        stringifySetCookie({
          name,
          value,
          httpOnly: true,
          sameSite: "lax",
          path: "/",
          secure: publicUrl.startsWith("https:"),
          maxAge: maxAgeSeconds,
        }),
      ),
  };
}

/** Browsers send cookies along from anywhere; what changes something must come from our own pages. Sockets ask it too. */
export function isForeign(
  headers: Record<string, string | string[] | undefined>,
  isOurs: (origin: string) => boolean,
): boolean {
  const site = headers["sec-fetch-site"];
  if (site) return site === "cross-site" || site === "same-site";
  const origin = headers.origin;
  return typeof origin === "string" && !isOurs(origin);
}

export function refuseForeignOrigins(app: FastifyInstance, isOurs: (origin: string, host: string) => boolean): void {
  app.addHook("onRequest", async ({ method, headers, host, routeOptions }) => {
    if (method === "GET" || method === "HEAD" || method === "OPTIONS") return;
    // Signed by their senders, who are no browsers and send no cookie.
    if (routeOptions.url?.includes("/webhooks/")) return;
    // A token is nothing a browser sends along by itself; beside it no cookie counts.
    if (/^Bearer +\S/i.test(headers.authorization ?? "")) return;
    if (isForeign(headers, (origin) => isOurs(origin, host))) throw new Problem("request.foreign_origin");
  });
}

/** A name or an address, and perhaps a port. */
const hostShape = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Refuses whoever asks a host that there can't be; what goes without one, as old probes do, is answered. */
export function refuseBrokenHosts(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ raw, host, protocol }) => {
    const names = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
    const isHost = hostShape.test(host) && URL.canParse(`${protocol}://${host}`) && /^https?$/.test(protocol);
    if (names.length > 1 || (names.length === 1 && !isHost)) throw new Problem("request.invalid", { fields: [] });
  });
}

export function speakProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => utter(problemOf(error, request), reply));
  app.setNotFoundHandler((_request, reply) => utter(new Problem("route.not_found"), reply));
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { statusCode?: number }).statusCode;
  if (status === 413) return new Problem("request.too_large");
  if (status === 415) return new Problem("request.media_type");
  if (status && status < 500) return new Problem("request.invalid", { fields: [] }); // the parser's own: not JSON, a broken address
  request.log.error({ err: error }, "a request failed");
  return new Problem("internal", { requestId: request.id });
}

/** Some clients offer HTTP/2 with whatever they ask: only who wants a socket is not to be answered as everybody is. */
export const wantsSocket = ({ headers }: IncomingMessage): boolean => /^websocket$/i.test(headers.upgrade ?? "");

/** Answers what is no request at all: nothing of ours has seen it, so nothing of ours could answer. */
export function refuseBroken({ code = "" }: { code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const broken: Partial<Record<string, ProblemCode>> = {
    HPE_HEADER_OVERFLOW: "request.headers_too_large",
    ERR_HTTP_REQUEST_TIMEOUT: "request.too_slow",
  };
  const problem = new Problem(broken[code] ?? "request.invalid", { fields: [] }).toJSON();
  const body = JSON.stringify(problem);
  const head = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\ncontent-type: application/problem+json\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

export const utter = (problem: Problem, reply: FastifyReply) => {
  const body = problem.in(reply.request.ctx?.locale ?? "en").toJSON();
  return reply.code(body.status).type("application/problem+json").send(body);
};
