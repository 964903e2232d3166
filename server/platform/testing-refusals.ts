import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";

import { nameOf, type Route, refusalsOf } from "#contract/route.ts";
import { answeredRoutes } from "#server/platform/dispatch.ts";

/**
 * Asks as a client does, and throws where a route refuses with what the contract does not name there: whoever wrote a
 * program by it would not expect that.
 */
export async function ask(app: FastifyInstance, asked: InjectOptions): Promise<LightMyRequestResponse> {
  const reply = await app.inject({ remoteAddress: "127.0.0.1", ...asked });
  if (!reply.body || !String(reply.headers["content-type"]).startsWith("application/problem+json")) return reply;
  const { code } = reply.json();
  const route = routeAt(asked);
  if (!route || code === "internal" || (refusalsOf(route) as ReadonlySet<string>).has(code)) return reply;
  throw new Error(`${nameOf(route)} refuses with ${code}, which the contract does not name there.`);
}

const paramsOf = ({ path }: Route) => path.split("/:").length;

/** The route that answers at an address: where several could, the one that names more of it. */
function routeAt({ method = "GET", url }: InjectOptions): Route | undefined {
  const { pathname } = new URL(String(url), "http://localhost");
  const isThere = ({ path }: Route) => new RegExp(`^/api/v1${path.replace(/:\w+/g, "[^/]+")}$`).test(pathname);
  const there = answeredRoutes()
    .filter(isThere)
    .sort((a, b) => paramsOf(a) - paramsOf(b));
  return there.find((route) => route.path === there[0]?.path && route.method === method);
}
