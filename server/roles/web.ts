import { randomUUIDv7 } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from "fastify";

import "#server/modules.ts";

import { platform } from "#contract/platform.ts";
import { publicKeys } from "#server/modules/identity/tokens.ts";
import { sampleWork } from "#server/modules/installation/service/operations.ts";
import { isLoopbackHost } from "#server/platform/addresses.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { answer, answeredRoutes } from "#server/platform/dispatch.ts";
import { mountHealth } from "#server/platform/health.ts";
import {
  mount,
  refuseBroken,
  refuseBrokenHosts,
  refuseForeignOrigins,
  speakProblems,
  utter,
  wantsSocket,
} from "#server/platform/http.ts";
import { mountMetrics } from "#server/platform/metrics.ts";
import { Problem } from "#server/platform/problem.ts";
import type { Settings } from "#server/platform/settings.ts";
import { traceRequests } from "#server/platform/tracing.ts";
import { requestCtx } from "#server/roles/context.ts";

/** Whether an origin is this installation's own: its public address, or the very host that was asked. */
export const isOursFor = (ctx: Ctx) => {
  const own = new URL(ctx.settings.publicUrl).origin;
  return (origin: string, host: string) => origin === own || URL.parse(origin)?.host === host;
};

let described: Record<string, unknown> | undefined;
answer(platform.openapi, async () => {
  described ??= JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/openapi.json"), "utf8"));
  return { ...described };
});

/** The HTTP server with everything but the pages: API, problems, health. Not listening yet. */
export function createWeb(system: Ctx): FastifyInstance {
  const { settings, log } = system;
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // One line for each request would be noise beside a proxy's own log; failures are logged where they happen.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustedProxy.length > 0 ? settings.trustedProxy : false,
    genReqId: () => randomUUIDv7(),
    bodyLimit: 256 * 1024,
    // A broken address never reaches a route, nor its hooks and error handler.
    frameworkErrors: (_error, _request, reply) => {
      secure(reply as FastifyReply, settings);
      closeOff(reply as FastifyReply);
      void utter(new Problem("request.invalid", { fields: [] }), reply as FastifyReply);
    },
    clientErrorHandler: refuseBroken,
    http: { shouldUpgradeCallback: wantsSocket },
    // Who sends a byte a minute holds a connection for nothing; a large picture on a poor line has its time.
    requestTimeout: 120_000,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  });
  // Whatever a client expects of us, it gets the answer that everybody gets.
  app.server.on("checkExpectation", app.routing);
  traceRequests(app);
  speakProblems(app);
  app.addHook("onRequest", async (_request, reply) => secure(reply, settings));
  app.addHook("onSend", async (_request, reply) => closeOff(reply));
  refuseBrokenHosts(app);
  refuseForeignOrigins(app, isOursFor(system));
  app.addHook("preParsing", async (request, reply) => {
    request.ctx = await requestCtx(system, request, reply);
  });
  refuseForeignHosts(app);
  mountHealth(app, system);
  mountMetrics(app, system, sampleWork);
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    reply.header("cache-control", "public, max-age=300");
    return publicKeys(system);
  });
  const routes = answeredRoutes();
  for (const prefix of ["/api/v1", "/api"]) {
    app.register(
      async (api) => {
        api.addHook("onSend", async (_request, reply) => {
          if (!reply.hasHeader("cache-control")) reply.header("cache-control", "private, no-store");
        });
        mount(api, routes);
        api.all("/*", (_request, reply) => reply.callNotFound());
      },
      { prefix },
    );
  }
  return app;
}

/** A site elsewhere may point its name at this machine and would then be "our own" to a browser: letters are not for it. */
function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ url, hostname }) => {
    if (/\/dev\//i.test(decoded(url)) && !isLoopbackHost(hostname)) throw new Problem("route.not_found");
  });
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** For what is no page: whatever is opened as one runs and loads nothing. */
const noPage = "default-src 'none'; frame-ancestors 'none'";

/** Pages, and scripts that may be workers, have said what they need; a 304 repeats that and has no type. */
function closeOff(reply: FastifyReply): void {
  const type = String(reply.getHeader("content-type") ?? "");
  const speaksForItself = type === "" || /^(text\/html|application\/javascript)\b/.test(type);
  if (!speaksForItself || !reply.hasHeader("content-security-policy")) {
    // A drawing wears its own style.
    const own = type.startsWith("image/svg") ? "; style-src 'unsafe-inline'" : "";
    reply.header("content-security-policy", noPage + own);
  }
  // Public pictures are shown by feeds, letters and other sites; nothing else of ours is part of a page elsewhere.
  const isForAll = type.startsWith("image/") && String(reply.getHeader("cache-control")).startsWith("public");
  reply.header("cross-origin-resource-policy", isForAll ? "cross-origin" : "same-origin");
}

function secure(reply: FastifyReply, { publicUrl }: Pick<Settings, "publicUrl">): void {
  reply.header("x-content-type-options", "nosniff");
  reply.header("referrer-policy", "strict-origin-when-cross-origin");
  reply.header("permissions-policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
  reply.header("cross-origin-opener-policy", "same-origin");
  reply.header("x-frame-options", "DENY");
  if (publicUrl.startsWith("https:")) reply.header("strict-transport-security", "max-age=31536000");
}
