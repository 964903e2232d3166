import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { startTracing, summaryOf, traced } from "#server/platform/tracing.ts";

interface Told {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}

/** A collector that speaks OTLP over HTTP, and keeps what it is told. */
let collector: { server: Server; endpoint: string };
const told: Told[] = [];
let paths = new Set<string>();
let t: TestApp;
let stop: () => Promise<void>;
beforeAll(async () => {
  const server = createServer(async (request, response) => {
    paths = paths.add(request.url ?? "");
    const { resourceSpans } = (await json(request)) as { resourceSpans: { scopeSpans: { spans: Told[] }[] }[] };
    told.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  collector = { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
afterAll(async () => {
  collector.server.close();
});

/** What the collector is told of all that this does. */
async function watch(run: () => Promise<void>): Promise<Told[]> {
  told.length = 0;
  stop = await startTracing({ otlpEndpoint: collector.endpoint, serviceName: "plenary" });
  t = await startTestApp();
  try {
    await run();
  } finally {
    await t.close();
    await stop();
  }
  return [...told];
}

const attributeOf = ({ attributes }: Told, key: string) => {
  const found = attributes.find((one) => one.key === key)?.value;
  return found?.stringValue ?? found?.intValue;
};
const found = (spans: Told[], name: string) => {
  const span = spans.find((one) => one.name === name);
  if (!span) throw new Error(`Nothing was told of ${name}, but of ${[...new Set(spans.map((one) => one.name))]}.`);
  return span;
};

describe("a collector", () => {
  it("is told of a request, its statements, and what followed from it, as one", async () => {
    const spans = await watch(async () => {
      const who = await aUser(t);
      const event = await anEvent(t);
      await t.post(`/events/${event.eventId}/register`, { ticketTypeId: event.ticketTypeIds[0] }, who);
      await t.settle();
    });

    const request = found(spans, "POST /api/v1/events/:id/register");
    expect(attributeOf(request, "http.route")).toBe("/api/v1/events/:id/register");
    expect(attributeOf(request, "http.response.status_code")).toBe(201);
    const statement = found(spans, "insert pools");
    expect([statement.traceId, statement.parentSpanId]).toEqual([request.traceId, request.spanId]);
    const [job, heard, letter] = ["job fact", "registration.confirmed: registrations.letter", "job letter"].map(
      (name) =>
        found(
          spans.filter(({ traceId }) => traceId === request.traceId),
          name,
        ),
    );
    expect(job?.parentSpanId).toBe(request.spanId);
    expect(spans.some(({ spanId, name }) => spanId === heard?.parentSpanId && name === "job fact")).toBe(true);
    expect(spans.some(({ spanId, name }) => spanId === letter?.parentSpanId && name === heard?.name)).toBe(true);
    expect([...paths]).toEqual(["/v1/traces"]);
  });

  it("is told nothing that names anybody", async () => {
    let secrets: string[] = [];
    const spans = await watch(async () => {
      const who = await aUser(t, { name: "Ada Zephyr" });
      const event = await anEvent(t);
      await t.get(`/events/${event.slug}?q=zephyr`, who, { "user-agent": "Zephyrfox" });
      await t.post("/auth/login", { email: who.email, password: "wrong zephyr" });
      await t.get(`/nowhere/${who.userId}`, who);
      secrets = [who.userId, who.personId, who.email, who.cookie, event.eventId, event.slug, "127.0.0.1"];
    });

    const all = JSON.stringify(spans);
    expect(spans.length).toBeGreaterThan(5);
    expect([...secrets, "ephyr"].filter((secret) => all.includes(secret))).toEqual([]);
  });

  it("goes on with the trace that a proxy has begun", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const spans = await watch(async () => {
      await t.get("/categories", undefined, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    });

    const request = found(spans, "GET /api/v1/categories");
    expect([request.traceId, request.parentSpanId]).toEqual([traceId, "b7ad6b7169203331"]);
  });

  it("is told of an error by its kind, not by its words", async () => {
    const spans = await watch(async () => {
      const failing = traced({ name: "a doing" }, () => Promise.reject(new RangeError("ada@example.org is too long")));
      await expect(failing).rejects.toThrow("too long");
    });

    const doing = found(spans, "a doing");
    expect([attributeOf(doing, "error.type"), doing.status.code]).toEqual(["RangeError", 2]);
    expect(JSON.stringify(spans)).not.toContain("ada@");
  });
});

describe("without a collector", () => {
  it("nothing is told, and no job carries a trace", async () => {
    told.length = 0;
    await (await startTracing({ serviceName: "plenary" }))();
    t = await startTestApp();
    const event = await anEvent(t);
    await t.post(`/events/${event.eventId}/register`, { ticketTypeId: event.ticketTypeIds[0] }, await aUser(t));

    const { rows } = await sql<{ payload: object }>`select payload from graphile_worker._private_jobs`.execute(t.db);

    expect(rows.flatMap(({ payload }) => Object.keys(payload))).toContain("id");
    expect(rows.flatMap(({ payload }) => Object.keys(payload))).not.toContain("from");
    await t.close();
    expect(told).toEqual([]);
  });
});

describe("a statement", () => {
  it.each([
    ['select "id" from "users" where "email" = $1', "select users"],
    ["insert into letters (id) values ($1)", "insert letters"],
    ["with given as (select 1) insert into audit_entries select 1", "with audit_entries"],
    [
      "with given as (select * from jsonb_to_recordset($1) as g (id uuid)) insert into letters (id) select 1",
      "with letters",
    ],
    ["update only users set name = $1", "update users"],
    ["begin", "begin"],
  ])("%s is known as %s", (statement, summary) => {
    expect(summaryOf(statement)).toBe(summary);
  });
});
