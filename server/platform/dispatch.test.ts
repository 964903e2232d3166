import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { route } from "#contract/route.ts";
import { answer } from "#server/platform/dispatch.ts";
import { networkOf } from "#server/platform/limits.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";
import { systemCtx } from "#server/roles/context.ts";
import { createWeb } from "#server/roles/web.ts";

const order = route({
  method: "POST",
  path: "/orders-of-this-test",
  summary: "Order",
  status: 201,
  who: "anyone",
  limit: 20,
  idempotent: true,
  body: z.strictObject({ dish: z.string().min(1).max(40) }),
  reply: z.object({ id: z.string(), dish: z.string() }),
  problems: [],
});

const served: string[] = [];
answer(order, async (_ctx, { body }) => {
  if (body.dish === "soup") throw new Error("The cook has left.");
  served.push(body.dish);
  return { id: randomUUIDv7(), dish: body.dish };
});

let t: TestApp;
let app: ReturnType<typeof createWeb>;
beforeAll(async () => {
  t = await startTestApp();
  app = createWeb(systemCtx({ ...t.ctx, settings: { ...t.settings, trustedProxy: ["127.0.0.1"] } }));
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await t.close();
});

let callers = 0;
const someAddress = () => {
  callers += 1;
  return `203.0.113.${callers}`;
};
const send = (payload: unknown, { key, from = someAddress() }: { key?: string; from?: string } = {}) =>
  app.inject({
    method: "POST",
    url: "/api/v1/orders-of-this-test",
    remoteAddress: "127.0.0.1",
    headers: {
      "content-type": "application/json",
      "x-forwarded-for": from,
      ...(key ? { "idempotency-key": key } : {}),
    },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  });

describe("what is sent", () => {
  it.each([
    ["not JSON", "{", "request.invalid"],
    ["nothing", "", "request.invalid"],
    ["a list", "[]", "request.invalid"],
    ["a wrong type", { dish: 7 }, "request.invalid"],
    ["an unknown field", { dish: "pie", tip: 1 }, "request.invalid"],
    ["a NUL in a text", { dish: "p\0e" }, "request.invalid"],
    ["half a character", '{"dish":"\\ud800"}', "request.invalid"],
    ["a poisoned prototype", '{"dish":"pie","__proto__":{"admin":true}}', "request.invalid"],
    ["more than can be read", { dish: "p".repeat(300_000) }, "request.too_large"],
    ["a nest without end", `{"dish":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "request.invalid"],
  ])("%s is a problem, and nothing is done", async (_what, payload, code) => {
    const before = served.length;

    const reply = await send(payload);

    expect(reply.json().code).toBe(code);
    expect(reply.statusCode).toBeLessThan(500);
    expect(served.length).toBe(before);
  });

  it("that meets a bug is told so without its details", async () => {
    const reply = await send({ dish: "soup" });

    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toMatchObject({ code: "internal", requestId: expect.any(String) });
    expect(reply.body).not.toContain("cook");
  });
});

describe("Idempotency-Key", () => {
  it("answers a repetition with the first reply and does nothing again", async () => {
    const from = someAddress();
    const before = served.length;

    const first = await send({ dish: "pie" }, { key: "k1", from });
    const again = await send({ dish: "pie" }, { key: "k1", from });

    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual(first.json());
    expect(served.length).toBe(before + 1);
  });

  it("refuses the same key with another request", async () => {
    const from = someAddress();
    await send({ dish: "pie" }, { key: "k2", from });

    const other = await send({ dish: "cake" }, { key: "k2", from });

    expect([other.statusCode, other.json().code]).toEqual([422, "request.key_reused"]);
  });

  it("belongs to its caller alone", async () => {
    const first = await send({ dish: "pie" }, { key: "k3" });
    const stranger = await send({ dish: "cake" }, { key: "k3" });

    expect(stranger.statusCode).toBe(201);
    expect(stranger.json().id).not.toBe(first.json().id);
  });

  it("lets ten simultaneous repetitions do it once", async () => {
    const from = someAddress();
    const before = served.length;

    const replies = await Promise.all(Array.from({ length: 10 }, () => send({ dish: "pie" }, { key: "k4", from })));

    expect(served.length).toBe(before + 1);
    const ids = new Set(replies.filter(({ statusCode }) => statusCode === 201).map((reply) => reply.json().id));
    expect(ids.size).toBe(1);
    const others = replies.filter(({ statusCode }) => statusCode !== 201);
    for (const reply of others) expect(reply.json().code).toBe("request.in_progress");
  });

  it("is free again after a refusal", async () => {
    const from = someAddress();
    await send({ dish: "soup" }, { key: "k5", from });

    const retry = await send({ dish: "soup" }, { key: "k5", from });

    expect(retry.json().code).toBe("internal");
  });
});

describe("limits", () => {
  it("refuse the 21st try from one address and say when to come back", async () => {
    const from = someAddress();
    const replies = [];
    for (let n = 0; n < 21; n += 1) replies.push(await send({ dish: "pie" }, { from }));

    expect(replies.slice(0, 20).every(({ statusCode }) => statusCode === 201)).toBe(true);
    expect(replies[20]?.json().code).toBe("rate.limited");
    expect(Number(replies[20]?.headers["retry-after"])).toBeGreaterThan(0);
    expect((await send({ dish: "pie" })).statusCode).toBe(201);
  });

  it("forget nothing where a process is a moment behind the one that counted first", async () => {
    const from = someAddress();
    for (let n = 0; n < 20; n += 1) await send({ dish: "pie" }, { from });
    t.travel(-1000);
    const behind = await send({ dish: "pie" }, { from });
    t.travel(1000);

    expect(behind.json().code).toBe("rate.limited");
  });

  it("believe a forwarded address only from a trusted proxy", async () => {
    const replies = [];
    for (let n = 0; n < 21; n += 1) {
      replies.push(
        await t.request({
          method: "POST",
          url: "/api/v1/orders-of-this-test",
          headers: { "x-forwarded-for": someAddress() },
          payload: { dish: "pie" },
        }),
      );
    }
    expect(replies[20]?.json().code).toBe("rate.limited");
  });

  it("take a household's IPv6 network for one caller", () => {
    expect(networkOf("2001:db8:1:2::9")).toBe(networkOf("2001:db8:1:2:ffff:1:2:3"));
    expect(networkOf("2001:db8:1:2::9")).not.toBe(networkOf("2001:db8:1:3::9"));
    expect(networkOf("::ffff:198.51.100.7")).toBe("198.51.100.7");
  });
});
