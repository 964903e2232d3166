import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { problems } from "#contract/problems.ts";
import { nameOf, type Route } from "#contract/route.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { answer, answeredRoutes, dispatch } from "#server/platform/dispatch.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

const folder = join(import.meta.dirname, "../../contract");

/** Every route that the contract describes, whether or not somebody answers it. */
async function describedRoutes(): Promise<Route[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".gen.ts"));
  const modules = await Promise.all(
    files.map((file) => import(join(folder, file)) as Promise<Record<string, unknown>>),
  );
  const groups = modules
    .flatMap((module) => Object.values(module))
    .filter((value) => typeof value === "object" && value !== null);
  return groups.flatMap((group) => Object.values(group as object).filter(isRoute));
}

const isRoute = (value: unknown): value is Route =>
  typeof value === "object" && value !== null && "method" in value && "path" in value && "reply" in value;

let t: TestApp;
let routes: Route[];
beforeAll(async () => {
  t = await startTestApp();
  routes = await describedRoutes();
});
afterAll(() => t.close());

describe("the contract", () => {
  it("has somebody to answer each of its routes, once", () => {
    const answered = answeredRoutes().map(nameOf).sort();

    expect(routes.map(nameOf).sort()).toEqual(answered);
  });

  it("says of each route who may knock, and names only problems that exist", () => {
    for (const route of routes) {
      expect(["anyone", "holder", "signedIn", "admin", "provider"], nameOf(route)).toContain(route.who);
      for (const code of route.problems) expect(problems, nameOf(route)).toHaveProperty([code]);
    }
  });

  it("describes every parameter of every path, and nothing else", () => {
    for (const route of routes) {
      const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort();
      const described = route.params ? Object.keys((route.params as unknown as z.ZodObject).shape).sort() : [];
      expect(described, nameOf(route)).toEqual(named);
    }
  });

  it("refuses fields it does not know in every body", () => {
    for (const route of routes) {
      if (!route.body || route.raw) continue;
      const open = openObjects(route.body);
      expect(open, nameOf(route)).toEqual([]);
    }
  });

  it("says of each list where it goes on, or that it is whole", () => {
    for (const route of routes.filter(({ method }) => method === "GET")) {
      const { properties = {} } = z.toJSONSchema(route.reply, { unrepresentable: "any" }) as JsonSchema;
      if ("items" in properties) expect(properties, nameOf(route)).toHaveProperty("nextCursor");
    }
  });

  it("limits what strangers may ask of everything that changes something", () => {
    for (const route of routes) {
      if (route.method === "GET" || route.who !== "anyone") continue;
      expect(route.limit, nameOf(route)).toBeGreaterThan(0);
    }
  });

  it("lets nobody in who may not knock", async () => {
    for (const route of routes) {
      if (route.who === "anyone" || route.who === "provider") continue;
      const url = `/api/v1${route.path.replace(/:\w+/g, "0190b8f2-1111-7222-8333-444455556666")}`;
      const reply = await t.request({ method: route.method, url, ...(route.method === "GET" ? {} : { payload: {} }) });
      // What is the admins' alone is not even there for others.
      const refusal = route.who === "admin" ? [404, "route.not_found"] : [401, "auth.required"];
      expect([reply.statusCode, reply.json().code], nameOf(route)).toEqual(refusal);
    }
  });
});

describe("a reply", () => {
  it("loses what its schema does not name", async () => {
    const leaky: Route = {
      method: "GET",
      path: "/leaky",
      summary: "For this test",
      status: 200,
      who: "anyone",
      reply: z.object({ id: z.string() }),
      problems: [],
    };
    answer(leaky, async () => ({ id: "1", passwordHash: "secret" }));

    expect(await dispatch(t.ctx as Ctx, leaky, {} as never)).toEqual({ id: "1" });
  });
});

/** Where an object of a body would let unknown fields pass. */
function openObjects(schema: z.ZodType, at = "body"): string[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return openIn(json, at);
}

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

function openIn(schema: JsonSchema, at: string): string[] {
  const here = schema.type === "object" && schema.properties && schema.additionalProperties !== false ? [at] : [];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    openIn(property, `${at}.${name}`),
  );
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    ...here,
    ...inner,
    ...(schema.items ? openIn(schema.items, `${at}[]`) : []),
    ...choices.flatMap((one) => openIn(one, at)),
  ];
}
