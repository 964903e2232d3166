import { runOnce } from "graphile-worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chain } from "#server/modules/audit/service.ts";
import { jobs } from "#server/modules.ts";
import { inTx } from "#server/platform/ctx.ts";
import { fact, record } from "#server/platform/facts.ts";
import { onFact, quietLogger, tasksOf } from "#server/platform/jobs.ts";
import { post } from "#server/platform/letters.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let admin: Someone;
beforeAll(async () => {
  t = await startTestApp();
  admin = await aUser(t, { role: "admin" });
});
afterAll(() => t.close());

const letterTo = (address: string) =>
  inTx(t.ctx, (tctx) =>
    post(
      tctx,
      {
        kind: "mailing.test" as const,
        to: { address, name: "Ada" },
        subject: "The code is 123456",
        html: "<p>Hello</p>",
        text: "Hello",
      },
      { key: `test/${address}`, lane: "normal" },
    ),
  );
/** Runs what is due, whether it goes well or not. */
const work = (more: Parameters<typeof tasksOf>[1] = []) =>
  runOnce({
    connectionString: t.databaseUrl,
    taskList: tasksOf(t.ctx, [...jobs, ...more]),
    noPreparedStatements: true,
    logger: quietLogger(t.ctx.log),
  });

describe("letters", () => {
  it("that failed say why, tell nothing of what they say, and go out when they are tried again", async () => {
    const { send } = t.ctx.gateways.mail;
    t.ctx.gateways.mail.send = async () => {
      throw new Error("The mail server is asleep.");
    };
    await letterTo("ada@example.org");
    await work();
    t.ctx.gateways.mail.send = send;

    const failed = (await t.get("/admin/letters?status=failed", admin)).json();
    const retried = await t.post(`/admin/letters/${failed.items[0].id}/retry`, undefined, admin);
    await work();

    expect(failed.items).toMatchObject([
      { to: "ada@example.org", attempts: 1, lastError: "The mail server is asleep." },
    ]);
    expect(JSON.stringify(failed)).not.toContain("123456");
    expect(retried.statusCode).toBe(204);
    expect((await t.lettersTo("ada@example.org"))[0]?.status).toBe("handed_over");
    const again = await t.post(`/admin/letters/${failed.items[0].id}/retry`, undefined, admin);
    expect(again.json().code).toBe("letter.not_found");
  });
});

describe("jobs", () => {
  it("that failed are named by their fact, and run when they are tried again", async () => {
    const rained = fact<{ id: string }>()("test.rained");
    let isBroken = true;
    const subscriber = onFact(rained, "test", async () => {
      if (isBroken) throw new Error("No umbrella");
    });
    await inTx(t.ctx, (tctx) => record(tctx, rained({ id: "1" })));
    await work([subscriber]);
    isBroken = false;

    const { items, queues } = (await t.get("/admin/jobs", admin)).json();
    const retried = await t.post(`/admin/jobs/${items[0].id}/retry`, undefined, admin);
    await work([subscriber]);

    expect(items).toMatchObject([{ task: "fact", about: "test.rained", attempts: 1 }]);
    expect(items[0].lastError).toContain("No umbrella");
    expect(queues).toContainEqual({ task: "fact", waiting: 0, running: 0, failed: 1 });
    expect(retried.statusCode).toBe(204);
    expect((await t.get("/admin/jobs", admin)).json().items).toEqual([]);
    expect((await t.post("/admin/jobs/999999/retry", undefined, admin)).json().code).toBe("job.not_found");
    expect((await t.post("/admin/jobs/1e9/retry", undefined, admin)).json().code).toBe("request.invalid");
  });
});

describe("the installation", () => {
  it("says how its parts are and how much there is", async () => {
    const health = (await t.get("/admin/health", admin)).json();
    const figures = (await t.get("/admin/figures", admin)).json();

    expect(health).toMatchObject({ database: { state: "ready" }, media: { state: "off" }, mail: { kind: "mailbox" } });
    expect(health.disk.totalBytes).toBeGreaterThan(health.disk.freeBytes);
    expect(figures.users).toBeGreaterThan(0);
    expect((await t.get("/admin/health")).statusCode).toBe(404);
  });

  it("says what is wrong in the language of whoever asks, and to machines in English", async () => {
    const german = await t.get("/admin/health?lang=de", admin);
    const ready = (await t.app.inject({ url: "/ready" })).json();

    expect(german.json().media.reason).toMatch(/^Hier läuft kein Prozess/);
    expect(ready.media).toEqual({ state: "off", reason: expect.stringMatching(/^No process/) });
  });
});

describe("the audit log", () => {
  it("is read by actor, subject, kind and day, page by page", async () => {
    const ada = await aUser(t);
    const { id } = (await t.post("/events", { title: "An evening" }, ada)).json();
    await t.send("PATCH", `/events/${id}`, { title: "Another" }, ada);
    await t.send("PATCH", "/me", { name: "Ada Byron" }, ada);
    const read = async (query: string) => (await t.get(`/admin/audit?${query}`, admin)).json();
    const actions = async (query: string) =>
      (await read(query)).items.map(({ action }: { action: string }) => action) as string[];
    const today = t.ctx.now().toISOString().slice(0, 10);

    const first = await read(`actor=${ada.email}&kind=event&limit=1`);
    const rest = await read(`actor=${ada.email}&kind=event&limit=1&cursor=${first.nextCursor}`);

    expect([first, rest].map(({ items }) => items[0].action)).toEqual(["event.changed", "event.begun"]);
    expect(first.items[0]).toMatchObject({ actor: { name: "Ada Byron" }, subject: { kind: "event", id } });
    expect(await actions(`subject=${id}`)).toEqual(["event.changed", "event.begun"]);
    expect(await actions(`actor=${ada.userId}&start_date=${today}&end_date=${today}`)).toContain(
      "identity.profile_changed",
    );
    expect(await actions(`actor=${ada.userId}&end_date=2020-01-01`)).toEqual([]);
    expect(await actions("actor=nobody@example.org")).toEqual([]);
    expect((await t.get("/admin/audit", ada)).json().code).toBe("route.not_found");
  });

  it("keeps what its last verification found", async () => {
    await chain(t.ctx);

    const state = (await t.post("/admin/audit/verify", undefined, admin)).json();

    expect(state.last).toMatchObject({ breaks: [] });
    expect(state.last.links).toBeGreaterThan(0);
  });
});
