import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chat } from "#contract/engagement.ts";
import { door } from "#contract/tickets.ts";
import { channels } from "#server/modules.ts";
import { say } from "#server/platform/channels.ts";
import { inTx } from "#server/platform/ctx.ts";
import { type Fact, fact, inBulk, later, record } from "#server/platform/facts.ts";
import { housekeeping } from "#server/platform/housekeeping.ts";
import { onFact, tasksOf, wakeDue } from "#server/platform/jobs.ts";
import { post } from "#server/platform/letters.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { anEvent, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const rang = fact<{ bellId: string }>()("bell.rang");

const run = async (taskName: string, payload: object, jobs: Parameters<typeof tasksOf>[1]) =>
  tasksOf(t.ctx, jobs)[taskName]?.(payload, {} as never);

describe("facts", () => {
  it("are told again only to the subscriber that failed", async () => {
    const heard: string[] = [];
    let fails = true;
    const subscriptions = [
      onFact(rang, "first", async () => void heard.push("first")),
      onFact(rang, "second", async () => {
        if (fails) throw new Error("not yet");
        heard.push("second");
      }),
    ];
    await inTx(t.ctx, (tctx) => record(tctx, rang({ bellId: "b1" })));
    const { id } = await t.db
      .selectFrom("facts")
      .select("id")
      .where("name", "=", "bell.rang")
      .executeTakeFirstOrThrow();

    await expect(run("fact", { id }, subscriptions)).rejects.toThrow("not yet");
    fails = false;
    await run("fact", { id }, subscriptions);

    expect(heard).toEqual(["first", "second"]);
  });

  it("are heard behind those of single people where one act has done many", async () => {
    const priorityOf = async (...facts: Fact[]) => {
      await inTx(t.ctx, (tctx) => record(tctx, ...facts));
      const { rows } = await sql<{ priority: number }>`select priority from graphile_worker.jobs
        order by id desc limit ${facts.length}`.execute(t.db);
      return rows.map(({ priority }) => priority);
    };
    const one = rang({ bellId: "one" });

    expect(await priorityOf(one, inBulk(one))).toEqual([5, 0]);
    await t.settle();
  });

  it("vanish with the transaction that recorded them", async () => {
    const failed = inTx(t.ctx, async (tctx) => {
      await record(tctx, rang({ bellId: "never" }));
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow();

    expect(await t.factsAbout("never")).toEqual([]);
  });

  it("fall due by our own clock, once, at the newest time given to their key", async () => {
    const dueAt = new Date(t.ctx.now().getTime() + 60_000);
    await inTx(t.ctx, (tctx) => later(tctx, "bell/1", new Date(0), rang({ bellId: "old" })));
    await inTx(t.ctx, (tctx) => later(tctx, "bell/1", dueAt, rang({ bellId: "due" })));

    expect(await wakeDue(t.ctx)).toBe(0);
    t.travel(61_000);
    const woken = await Promise.all([wakeDue(t.ctx), wakeDue(t.ctx), wakeDue(t.ctx)]);

    expect(woken.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await t.factsAbout("due")).toEqual(["bell.rang"]);
    expect(await t.factsAbout("old")).toEqual([]);
  });
});

describe("letters", () => {
  it("are recorded once per key and handed over with the same Message-ID", async () => {
    const letter = {
      kind: "mailing.test" as const,
      to: { address: "ada@example.org", name: "Ada" },
      subject: "Hi",
      html: "<p>Hi",
      text: "Hi",
    };

    await inTx(t.ctx, (tctx) => post(tctx, letter, { key: "hi/1", lane: "normal" }));
    await inTx(t.ctx, (tctx) => post(tctx, letter, { key: "hi/1", lane: "normal" }));
    await t.settle();

    const sent = await t.lettersTo("ada@example.org");
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ status: "handed_over", attempts: 1 });
  });
});

describe("housekeeping", () => {
  it("lets go of facts and letters that are old, and of nothing else", async () => {
    const letter = {
      kind: "mailing.test" as const,
      to: { address: "old@example.org", name: "" },
      subject: "Hi",
      html: "Hi",
      text: "Hi",
    };
    await inTx(t.ctx, async (tctx) => {
      await record(tctx, rang({ bellId: "ancient" }));
      await post(tctx, letter, { key: "ancient", lane: "bulk" });
    });
    await t.settle();
    t.travel(91 * 86_400_000);
    await inTx(t.ctx, (tctx) => record(tctx, rang({ bellId: "fresh" })));

    await run("routine", { name: "platform.tidy" }, housekeeping([]));

    expect(await t.factsAbout("ancient")).toEqual([]);
    expect(await t.factsAbout("fresh")).toEqual(["bell.rang"]);
    expect(await t.lettersTo("old@example.org")).toEqual([]);
  });

  it("lets go of jobs that nobody will try again, a month after their last try", async () => {
    const add = (key: string) =>
      t.query(`select graphile_worker.add_job('fact', '{}', job_key := '${key}',
      run_at := '${t.ctx.now().toISOString()}'::timestamptz - interval '31 days')`);
    const set = (key: string, what: string) =>
      t.query(`update graphile_worker._private_jobs set ${what} where key = '${key}'`);
    for (const key of ["long ago", "lately", "waits"]) await add(key);
    await set("long ago", "attempts = max_attempts");
    await set("lately", "attempts = max_attempts, run_at = run_at + interval '2 days'");

    await run("routine", { name: "platform.tidy" }, housekeeping([]));

    const kept = sql<{ key: string }>`select key from graphile_worker.jobs where key = any('{long ago,lately,waits}')`;
    expect((await kept.execute(t.db)).rows.map(({ key }) => key).toSorted()).toEqual(["lately", "waits"]);
    await t.query("delete from graphile_worker._private_jobs where key = any('{lately,waits}')");
  });

  it("has one job for each routine, however often it fails", async () => {
    const key = "routine/test.fails";
    for (let time = 0; time < 2; time += 1) {
      await t.query(`insert into timers (key, due_at, job, payload) values ('${key}', '-infinity', 'routine', '{}')`);
      await wakeDue(t.ctx);
    }

    const jobs = sql<{ id: string }>`delete from graphile_worker._private_jobs
      where payload::text = '{}' and task_id = (select id from graphile_worker._private_tasks where identifier = 'routine')
      returning id`;
    expect((await jobs.execute(t.db)).rows).toHaveLength(1);
  });

  it("lets go of what was said where no history is kept, and keeps what people wrote", async () => {
    const { gatheringId } = await anEvent(t);
    const speak = () =>
      inTx(t.ctx, async (tctx) => {
        await say(tctx, door, { gatheringId }, "counted", { admitted: 1, expected: 2 });
        await say(tctx, chat, { gatheringId }, "deleted", { id: gatheringId, deletedAt: tctx.now().toISOString() });
      });
    const kept = async () =>
      (
        await t.db
          .selectFrom("channel_operations")
          .select("channel")
          .where("channel", "like", `%${gatheringId}%`)
          .execute()
      )
        .map(({ channel }) => channel.split("/").at(-1))
        .toSorted();
    await speak();
    t.travel(25 * 3_600_000);
    await speak();

    await run("routine", { name: "platform.hush" }, housekeeping(channels));

    expect(await kept()).toEqual(["chat", "chat", "door"]);
  });
});

describe("link tokens", () => {
  const subject = { kind: "registration" as const, id: "0190b8f2-1111-7222-8333-444455556666", version: 3 };

  it("open what they were made for, and nothing after one letter is changed", () => {
    const token = linkToken("secret-a", subject);

    expect(readLinkToken("secret-a", token)).toEqual(subject);
    expect(readLinkToken("secret-b", token)).toBeUndefined();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "A" ? "B" : "A";
      expect(readLinkToken("secret-a", token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });
});

describe("the door of HTTP", () => {
  it.each([
    ["GET", "/api/v1/nothing-here", 404, "route.not_found"],
    ["GET", "/api/v1/%ff", 400, "request.invalid"],
  ] as const)("%s %s is a problem with a code", async (method, url, status, code) => {
    const reply = await t.request({ method, url });

    expect(reply.statusCode).toBe(status);
    expect(reply.json().code).toBe(code);
    expect(reply.headers["content-type"]).toContain("application/problem+json");
  });

  it.each([
    { origin: "https://elsewhere.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("refuses what another site sends: %j", async (headers) => {
    const reply = await t.request({ method: "POST", url: "/api/v1/auth/logout", headers });

    expect(reply.json().code).toBe("request.foreign_origin");
  });
});
