import { AsyncLocalStorage } from "node:async_hooks";
import type { Attributes, Context, Span, Tracer } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Settings } from "#server/platform/settings.ts";

interface Tracing {
  api: typeof import("@opentelemetry/api");
  tracer: Tracer;
  /** Reads and writes a `traceparent` (W3C Trace Context). */
  read: (from: string) => Context;
  write: (context: Context) => string | undefined;
}

/** Only where somebody looks on; without, each seam costs one comparison and no package is loaded. */
let tracing: Tracing | undefined;
const current = new AsyncLocalStorage<Context>();

const patienceMs = 3000;

/** Begins to tell a collector (OpenTelemetry, OTLP over HTTP) what is done and how long it takes, where one is set. */
export async function startTracing({
  otlpEndpoint,
  serviceName,
}: Pick<Settings, "otlpEndpoint" | "serviceName">): Promise<() => Promise<void>> {
  if (otlpEndpoint === undefined) return async () => {};
  const [api, core, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/core"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const url = `${otlpEndpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: patienceMs });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  const w3c = new core.W3CTraceContextPropagator();
  tracing = {
    api,
    tracer: provider.getTracer("plenary"),
    read: (traceparent) => w3c.extract(api.ROOT_CONTEXT, { traceparent }, api.defaultTextMapGetter),
    write: (context) => {
      const carrier: { traceparent?: string } = {};
      w3c.inject(context, carrier, api.defaultTextMapSetter);
      return carrier.traceparent;
    },
  };
  return async () => {
    tracing = undefined;
    // A collector that is gone keeps nobody from ending.
    await provider.shutdown().catch(() => undefined);
  };
}

interface Doing {
  /** A name that many doings share, such as a route or a fact. */
  name: string;
  /** What it is like, never whom it is about: no ids, addresses or values. */
  attributes?: Attributes;
  kind?: "SERVER" | "CONSUMER" | "CLIENT";
  /** What it follows from, as `traceparent` said there; else what is being done now. */
  from?: string | undefined;
}

function begin({ api, tracer, read }: Tracing, { name, attributes, kind, from }: Doing): [Span, Context] {
  const parent = from === undefined ? (current.getStore() ?? api.ROOT_CONTEXT) : read(from);
  const span = tracer.startSpan(name, { attributes, kind: api.SpanKind[kind ?? "INTERNAL"] }, parent);
  return [span, api.trace.setSpan(parent, span)];
}

/** Runs something and tells of it. What went wrong is told by its kind alone: its words may name somebody. */
export async function traced<T>(doing: Doing, run: () => Promise<T>): Promise<T> {
  const on = tracing;
  if (!on) return run();
  const [span, context] = begin(on, doing);
  try {
    return await current.run(context, run);
  } catch (error) {
    span.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: on.api.SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** What is being done now, for what follows from it; nothing where nobody looks on. */
export function traceparent(): string | undefined {
  const context = tracing && current.getStore();
  return context && tracing?.write(context);
}

/** Whether something is being done that is told of: what a statement is part of. */
export const isTraced = (): boolean => tracing !== undefined && current.getStore() !== undefined;

/** A statement by its verb and its first table, without any value. */
export function summaryOf(statement: string): string {
  const [, verb = "statement"] = /^\s*(\w+)/.exec(statement) ?? [];
  // What is read from may be a function; what is written to may have its columns beside it.
  const named = /\binto\s+"?([a-z_][\w.]*)|\b(?:from|update|join)\s+(?:only\s+)?"?([a-z_][\w.]*)\b(?!\s*\()/i;
  const [, into, table = into] = named.exec(statement) ?? [];
  return table ? `${verb.toLowerCase()} ${table}` : verb.toLowerCase();
}

/** Tells of each request by its route's pattern, never by the address that was asked. */
export function traceRequests(app: FastifyInstance): void {
  if (!tracing) return;
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook("onRequest", (request, _reply, done) => {
    if (!tracing) return done();
    const { method, routeOptions, headers } = request;
    const route = routeOptions.url ?? "none";
    const attributes = { "http.request.method": method, "http.route": route };
    const from = typeof headers.traceparent === "string" ? headers.traceparent : undefined;
    const [span, context] = begin(tracing, { name: `${method} ${route}`, attributes, kind: "SERVER", from });
    spans.set(request, span);
    current.run(context, done);
  });
  app.addHook("onResponse", async (request, { statusCode }) => {
    const span = spans.get(request);
    span?.setAttribute("http.response.status_code", statusCode);
    if (statusCode >= 500 && tracing) span?.setStatus({ code: tracing.api.SpanStatusCode.ERROR });
    span?.end();
  });
}
