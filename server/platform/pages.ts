import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import fastifyStatic from "@fastify/static";
import { parseCookie } from "cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";

import { lookCookie, type PageContext, type Viewer } from "#contract/page.ts";
import { chooseRegion } from "#domain/language/choose.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { dispatch } from "#server/platform/dispatch.ts";
import { findHouse } from "#server/platform/house.ts";
import { findKept, keep, nonceMark, wasAsked } from "#server/platform/page-cache.ts";
import { partFor } from "#server/platform/page-routes.ts";
import { gatherStyles } from "#server/platform/page-styles.ts";
import { Problem } from "#server/platform/problem.ts";
import type { Settings } from "#server/platform/settings.ts";
import { together } from "#server/platform/together.ts";
import { locales, say, sentencesText } from "#server/platform/words.ts";

const built = join(import.meta.dirname, "../../.build");

/** Where pages come from: the built bundle, or Vite while developing. */
export interface PageSource {
  load: () => Promise<ServerBuild>;
  /** Files that the development server answers itself. */
  before?: (request: FastifyRequest, reply: FastifyReply, next: () => void) => void;
}

export async function builtPages(): Promise<PageSource> {
  const build: ServerBuild = await import(pathToFileURL(join(built, "server/index.js")).href);
  return { load: async () => build };
}

/** Vite in the same server and on the same port: pages change while they are looked at. */
export async function developedPages(app: FastifyInstance): Promise<PageSource> {
  const { createServer } = await import("vite");
  const vite = await createServer({ appType: "custom", server: { middlewareMode: true, hmr: { server: app.server } } });
  app.addHook("onClose", () => vite.close());
  return {
    load: async () => (await vite.ssrLoadModule("virtual:react-router/server-build")) as ServerBuild,
    before: (request, reply, next) => vite.middlewares(request.raw, reply.raw, next),
  };
}

interface PageOptions {
  settings: Settings;
  source: PageSource;
  viewerOf: (ctx: Ctx) => Promise<Viewer | null>;
  /**
   * Changes with everything that a stranger sees at this address; undefined where a page is not to be kept. Asked for
   * each request, so a kept page is never older than the data.
   */
  versionOf?: (ctx: Ctx, address: string) => Promise<string | undefined>;
}

/** Serves every page: what no other route has answered. */
export function mountPages(app: FastifyInstance, options: PageOptions): void {
  const { source, settings } = options;
  if (!settings.dev) {
    app.register(fastifyStatic, {
      root: join(built, "client/assets"),
      prefix: "/assets/",
      immutable: true,
      maxAge: "1y",
      index: false,
      // The service worker lies among them, and serves the whole house.
      setHeaders: (reply, path) => {
        if (/\.js$|\.js\./.test(path)) reply.header("content-security-policy", policy("", settings));
        if (/\/worker-[^/]*\.js/.test(path)) reply.header("service-worker-allowed", "/");
      },
      // The build has laid packed copies beside them.
      preCompressed: true,
    });
    app.register(fastifyStatic, {
      root: join(built, "client"),
      decorateReply: false,
      index: false,
      maxAge: "1h",
      wildcard: false,
      globIgnore: ["assets/**"],
    });
  }
  app.register(async (scope) => {
    // Forms go to the page as they came; React Router reads them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: largestForm }, (_request, bytes, done) =>
      done(null, bytes),
    );
    const { before } = source;
    if (before) scope.addHook("onRequest", (request, reply, next) => before(request, reply, next));
    scope.all("/*", (request, reply) => answerPage(request, reply, options));
    // The one page below the API's own addresses.
    scope.get("/api/docs", (request, reply) => answerPage(request, reply, options));
  });
}

/** A form with a picture. */
const largestForm = 13 * 1024 * 1024;

/** What no page could read is refused before it reaches one, where it would be a mistake of ours. */
async function refuseUnreadable({ method, headers, body }: FastifyRequest): Promise<void> {
  if (!hasBody(method)) return;
  const form = new Response(bytesOf(body), { headers: { "content-type": headers["content-type"] ?? "" } });
  await form.formData().catch(() => {
    throw new Problem("request.invalid", { fields: [] });
  });
}

const hasBody = (method: string) => method !== "GET" && method !== "HEAD";
const bytesOf = (body: unknown): Buffer<ArrayBuffer> => (Buffer.isBuffer(body) ? Buffer.from(body) : Buffer.alloc(0));

async function answerPage(request: FastifyRequest, reply: FastifyReply, options: PageOptions): Promise<FastifyReply> {
  await refuseUnreadable(request);
  const nonce = options.settings.dev ? undefined : randomBytes(16).toString("base64");
  reply.header("content-security-policy", policy(nonce ? ` 'nonce-${nonce}'` : " 'unsafe-inline'", options.settings));
  const key = nonce && options.versionOf && isForStrangers(request) ? keyOf(request) : undefined;
  // What is asked for once is often asked for once only: its address names whoever shared it.
  const version = key && wasAsked(key) ? await options.versionOf?.(request.ctx, request.url) : undefined;
  if (nonce && key && version) return answerKept(request, reply, { ...options, nonce, key, version });
  const answer = await render(request, options, nonce);
  headOn(reply, answer.status, answer.headers);
  return reply.send(answer.body);
}

/** Nothing of the one who asks can be in the page: no account, no link, no form. */
const isForStrangers = ({ method, ctx }: FastifyRequest) =>
  method === "GET" && ctx.actor.kind === "anonymous" && ctx.holds.length === 0;

/** All that the same page for two strangers can differ by. */
function keyOf({ headers, protocol, host, url, ctx }: FastifyRequest): string {
  const look = parseCookie(headers.cookie ?? "")[lookCookie] ?? "";
  return [protocol, host, url, ctx.locale, regionOf(ctx, headers), look].join(" ");
}

const regionOf = ({ locale }: Ctx, headers: FastifyRequest["headers"]) =>
  chooseRegion(locale, headers["accept-language"] ?? "");

/** The same page for every stranger, as long as nothing it shows has changed. */
async function answerKept(
  request: FastifyRequest,
  reply: FastifyReply,
  { nonce, key, version, ...options }: PageOptions & { nonce: string; key: string; version: string },
): Promise<FastifyReply> {
  let page = findKept(key, version);
  if (!page) {
    const { status, headers, body } = await render(request, options, nonceMark);
    if (status !== 200 || typeof body !== "string" || headers.some(([name]) => name === "set-cookie")) {
      headOn(reply, status, headers);
      return reply.send(typeof body === "string" ? body.replaceAll(nonceMark, nonce) : body);
    }
    page = { version, pieces: body.split(nonceMark), headers };
    keep(key, page);
  }
  headOn(reply, 200, page.headers);
  return reply.send(page.pieces.join(nonce));
}

function headOn(reply: FastifyReply, status: number, headers: readonly [string, string][]): void {
  reply.code(status);
  for (const [name, value] of headers) reply.header(name, value);
  reply.header("vary", "accept-language, cookie");
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "private, no-cache");
}

interface Rendered {
  status: number;
  headers: [string, string][];
  body: string | Readable;
}

async function render(request: FastifyRequest, options: PageOptions, nonce: string | undefined): Promise<Rendered> {
  const { settings, source } = options;
  const build = await source.load();
  const context = new RouterContextProvider();
  const { requestContext } = build.entry.module as unknown as { requestContext: Parameters<typeof context.set>[0] };
  let html: string | undefined;
  const handOver = (whole: string) => {
    html = whole;
  };
  const page = await pageContext(request, nonce, options);
  let isSignedOut = false;
  const dispatch: PageContext["dispatch"] = (...asked) =>
    page.dispatch(...asked).catch((error) => {
      isSignedOut ||= error instanceof Problem && error.code === "auth.required";
      throw error;
    });
  context.set(requestContext, { ...page, dispatch, handOver });
  const answer = await handlerOf(partFor(build, request.url), settings)(webRequest(request, settings), context);
  const streamed = answer.body ? Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]) : "";
  // A form that was sent by script stays as it is where its answer says so; else the page would be left for signing in.
  const isKept = isSignedOut && hasBody(request.method) && answer.status === 200;
  return {
    status: isKept ? 401 : answer.status,
    headers: [...answer.headers],
    body: html && nonce ? gatherStyles(html, nonce) : (html ?? streamed),
  };
}

const handlers = new WeakMap<ServerBuild, ReturnType<typeof createRequestHandler>>();

/** One for each part of a build: making it puts all routes in order. */
function handlerOf(build: ServerBuild, { dev }: Settings) {
  const handler = handlers.get(build) ?? createRequestHandler(build, dev ? "development" : "production");
  handlers.set(build, handler);
  return handler;
}

async function pageContext(
  { ctx, headers }: FastifyRequest,
  nonce: string | undefined,
  { viewerOf }: Pick<PageOptions, "viewerOf">,
): Promise<Omit<PageContext, "handOver">> {
  const { locale } = ctx;
  const [viewer, installation] = await Promise.all([viewerOf(ctx), together(ctx.db, "house", () => findHouse(ctx.db))]);
  return {
    dispatch: (route, input, idempotencyKey) =>
      dispatch(idempotencyKey ? { ...ctx, from: { ...ctx.from, idempotencyKey } } : ctx, route, input).catch(
        (error) => {
          throw error instanceof Problem ? error.in(locale) : error;
        },
      ),
    nonce,
    locale,
    region: regionOf(ctx, headers),
    locales,
    say: (key, args) => say(locale, key, { house: installation, ...args }),
    sentences: (prefixes) => sentencesText(locale, prefixes, installation),
    viewer,
    publicUrl: ctx.settings.publicUrl,
    installation,
    now: ctx.now(),
  };
}

// React Router compares the origin of a form's request with this address, so it is the one the browser used.
function webRequest(request: FastifyRequest, { publicUrl }: Settings): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(":")) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  return new Request(addressOf(request, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody(request.method) ? { body: bytesOf(request.body) } : {}),
  });
}

/** The whole of an address whose path is ours: `//elsewhere` names no other host, nor does what a proxy would be asked. */
function addressOf({ protocol, host, url }: FastifyRequest, publicUrl: string): URL {
  if (!url.startsWith("/")) throw new Problem("request.invalid", { fields: [] });
  return new URL(`${host ? `${protocol}://${host}` : publicUrl}${url}`);
}

function policy(inline: string, { publicUrl }: Settings): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval'${inline}`,
    `style-src 'self'${inline}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${publicUrl.replace(/^http/, "ws")}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
