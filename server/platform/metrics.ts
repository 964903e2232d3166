import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Histogram, Registry } from "prom-client";

import { isLoopbackHost } from "#server/platform/addresses.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import type { Settings } from "#server/platform/settings.ts";
import { listTallies, type Sample } from "#server/platform/tally.ts";

interface Meters {
  registry: Registry;
  requests: Histogram<"method" | "route" | "status">;
}

/**
 * `/metrics` in Prometheus' text format: each request by route and status, this process, what was tallied, and what
 * `sample` reads at that moment.
 *
 * To whoever may not see it there is nothing here.
 */
export function mountMetrics(app: FastifyInstance, ctx: Ctx, sample: (ctx: Ctx) => Promise<Sample[]>): void {
  let loading: Promise<Meters> | undefined;
  let meters: Meters | undefined;
  const load = () => {
    loading ??= makeMeters().then((made) => {
      meters = made;
      return made;
    });
    return loading;
  };
  // A start does not wait for its meters.
  app.addHook("onListen", () => void setTimeout(() => void load(), 1000).unref());
  app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? "none", status: String(reply.statusCode) };
    meters?.requests.observe(labels, reply.elapsedTime / 1000);
  });
  app.get("/metrics", async (request, reply) => {
    if (!mayRead(request, ctx.settings)) throw new Problem("route.not_found");
    const { registry } = await load();
    await takeSamples(registry, await sample(ctx));
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

async function makeMeters(): Promise<Meters> {
  const { collectDefaultMetrics, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "plenary_http_request_duration_seconds",
    help: "How long requests took, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5],
    registers: [registry],
  });
  return { registry, requests };
}

async function takeSamples(registry: Registry, samples: readonly Sample[]): Promise<void> {
  const { Counter, Gauge } = await import("prom-client");
  const groups = (all: readonly Sample[]) => Map.groupBy(all, ({ name }) => name);
  for (const [name, group] of groups(samples)) {
    const gauge = new Gauge(describe(registry, name, group));
    for (const { labels, value } of group) gauge.set(labels, value);
  }
  for (const [name, group] of groups(listTallies())) {
    const counter = new Counter(describe(registry, name, group));
    for (const { labels, value } of group) counter.inc(labels, value);
  }
}

/** A meter is made anew for each reading: what is no longer there is no longer said. */
function describe(registry: Registry, name: string, [first]: readonly Sample[]) {
  registry.removeSingleMetric(name);
  return { name, help: first?.help ?? name, labelNames: Object.keys(first?.labels ?? {}), registers: [registry] };
}

/** With a token, whoever brings it; without one, this machine alone, on an installation that nobody else can reach. */
function mayRead({ headers, ip }: FastifyRequest, { metricsToken, isLoopback }: Settings): boolean {
  if (metricsToken === undefined) return isLoopback && isLoopbackHost(ip);
  const given = Buffer.from(headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${metricsToken}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
