import { randomUUIDv7 } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { chain, findBreaks, forgetOld, record } from "#server/modules/audit/service.ts";
import { inTx } from "#server/platform/ctx.ts";
import { aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let intruder: pg.Client;
beforeAll(async () => {
  t = await startTestApp();
  intruder = new pg.Client({ connectionString: t.databaseUrl });
  await intruder.connect();
});
afterAll(async () => {
  await intruder.end();
  await t.close();
});

// Somebody with all rights to the database, who knows how to switch triggers off.
const tamper = async (sql: string, values: unknown[] = []) => {
  await intruder.query("set session_replication_role = replica");
  await intruder.query(sql, values);
  await intruder.query("set session_replication_role = origin");
};

const write = (id: string, note: string) =>
  inTx(t.ctx, (tctx) =>
    record(
      tctx,
      "event.changed",
      { kind: "event", id },
      { old: { note: "" }, new: { note, a: [1, { z: 1, b: null }] } },
    ),
  );
const entriesOf = async (id: string): Promise<string[]> => {
  const rows = await t.db.selectFrom("audit_entries").select("id").where("subject_id", "=", id).orderBy("id").execute();
  return rows.map((row) => row.id);
};

let subject: string;
let entries: string[];
beforeEach(async () => {
  await tamper("truncate audit_chain, audit_open, audit_personal, audit_entries");
  subject = randomUUIDv7();
  for (const note of ["one", "two", "three", "four"]) await write(subject, note);
  await write(randomUUIDv7(), "another");
  await chain(t.ctx);
  entries = await entriesOf(subject);
});

describe("the audit log", () => {
  it("holds when nobody has touched it, however often and by however many it is chained", async () => {
    for (let n = 0; n < 20; n += 1) await write(subject, `note ${n}`);
    await Promise.all([chain(t.ctx), chain(t.ctx), chain(t.ctx)]);
    await chain(t.ctx);

    expect(await findBreaks(t.ctx)).toEqual([]);
    const links = await t.db
      .selectFrom("audit_chain")
      .select("position")
      .where("subject_id", "=", subject)
      .orderBy("position")
      .execute();
    expect(links.map(({ position }) => position)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
  });

  it("vanishes with the transaction that it tells of", async () => {
    const failed = inTx(t.ctx, async (tctx) => {
      await record(tctx, "event.changed", { kind: "event", id: subject });
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow();

    expect(await entriesOf(subject)).toHaveLength(4);
  });

  it.each([
    "update audit_entries set action = 'x'",
    "delete from audit_entries",
    "truncate audit_entries cascade",
    "update audit_chain set position = position + 100",
    "delete from audit_chain",
    "truncate audit_chain",
  ])("refuses %s", async (sql) => {
    await expect(intruder.query(sql)).rejects.toThrow("append-only");
  });

  it("still holds when the personal part of an entry is erased", async () => {
    await t.db
      .deleteFrom("audit_personal")
      .where("entry_id", "=", entries[1] ?? "")
      .execute();

    expect(await findBreaks(t.ctx)).toEqual([]);
  });
});

describe("from where somebody did something", () => {
  const kept = async () => (await t.db.selectFrom("audit_personal").select("entry_id").execute()).length;

  it("is forgotten after a year and no sooner, and every chain still holds", async () => {
    const day = 86_400_000;
    t.travel(364 * day);
    await write(subject, "a year later");
    await forgetOld(t.ctx);
    expect(await kept()).toBe(6);

    t.travel(day);
    await forgetOld(t.ctx);
    await chain(t.ctx);
    t.travel(-365 * day);

    expect(await kept()).toBe(1);
    expect(await findBreaks(t.ctx)).toEqual([]);
  });
});

describe("what people write", () => {
  const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * 3_600_000).toISOString();
  const said = (action: string) => `Zyzzyva ${action}`;

  it("is not in the log, which names the fields that changed", async () => {
    const [ada, admin] = [await aUser(t), await aUser(t, { role: "admin" })];
    const done = async (call: ReturnType<typeof t.post>) => {
      const reply = await call;
      expect(reply.statusCode, reply.body).toBeLessThan(300);
      return reply.body === "" ? {} : reply.json();
    };
    await done(t.send("PATCH", "/admin/settings", { review: "all" }, admin));
    const { id } = await done(t.post("/events", { title: "Draft", startTime: soon(48), endTime: soon(50) }, ada));
    const texts = ["title", "summary", "description", "placeName", "placeAddress", "contact", "conduct"];
    const written = Object.fromEntries(texts.map((name) => [name, said(name)]));
    await done(t.send("PATCH", `/events/${id}`, { ...written, format: "in_person", capacity: 9 }, ada));
    await done(t.post(`/events/${id}/publish`, { note: said("submit") }, ada));
    await done(t.post(`/admin/events/${id}/review`, { decision: "approve", note: said("approve") }, admin));
    const times = { times: [{ startTime: soon(72), endTime: soon(74) }], title: said("time") };
    const { occurrences } = await done(t.post(`/events/${id}/occurrences`, times, ada));
    const second = `/events/${id}/occurrences/${occurrences[1].id}`;
    await done(t.send("PATCH", second, { placeName: said("elsewhere"), capacity: 7 }, ada));
    await done(t.post(`${second}/cancel`, { reason: said("cancel") }, ada));
    await done(t.post(`/admin/events/${id}/cancel`, { reason: said("cancel") }, admin));
    const schedule = await done(t.post("/events/schedules", { name: said("schedule") }, ada));
    await done(t.send("PATCH", `/events/schedules/${schedule.id}`, { name: said("hours") }, ada));
    await done(t.send("DELETE", `/events/schedules/${schedule.id}`, undefined, ada));
    const type = await done(t.post("/events/event-types", { name: said("type"), duration: 30 }, ada));
    await done(
      t.send("PATCH", `/events/event-types/${type.id}`, { description: said("type"), bufferTimeAfter: 5 }, ada),
    );

    const rows = await t.db.selectFrom("audit_entries").select(["action", "old", "new"]).orderBy("id").execute();
    const changeOf = (action: string) => rows.findLast((row) => row.action === action);
    expect(rows.filter((row) => JSON.stringify(row).includes("Zyzzyva"))).toEqual([]);
    expect(changeOf("event.changed")).toMatchObject({
      old: { capacity: null },
      new: { capacity: 9, fields: expect.arrayContaining(texts) },
    });
    expect(changeOf("event.time_changed")).toMatchObject({ old: { capacity: null }, new: { capacity: 7 } });
    expect(changeOf("event.review_approved")).toMatchObject({ new: { stepId: expect.any(String) } });
    expect(changeOf("schedule.changed")).toMatchObject({ old: {}, new: { fields: ["name"] } });
    expect(changeOf("event_type.changed")?.new).toEqual({ fields: ["description", "bufferTimeAfter"] });
    await chain(t.ctx);
    expect(await findBreaks(t.ctx)).toEqual([]);
  });
});

describe("somebody with all rights to the database", () => {
  const second = () => entries[1] ?? "";

  it.each([
    ["what was done", "update audit_entries set action = 'event.seen' where id = $1"],
    ["the values", `update audit_entries set new = '{"note":"other"}' where id = $1`],
    ["who did it", "update audit_entries set actor_kind = 'anonymous' where id = $1"],
    ["when", "update audit_entries set at = at + interval '1 second' where id = $1"],
    ["from where", "update audit_personal set address = '10.0.0.1' where entry_id = $1"],
  ])("is noticed when they change %s", async (_what, sql) => {
    await tamper(sql, [second()]);

    expect(await findBreaks(t.ctx)).toContain(second());
  });

  it("is noticed when they take an entry out of the middle, even with its link", async () => {
    await tamper("delete from audit_chain where entry_id = $1", [second()]);
    await tamper("delete from audit_personal where entry_id = $1", [second()]);
    await tamper("delete from audit_entries where id = $1", [second()]);

    expect(await findBreaks(t.ctx)).toEqual([entries[2]]);
  });

  it("is noticed when they close the gap behind it", async () => {
    await tamper("delete from audit_chain where entry_id = $1", [second()]);
    await tamper("update audit_chain set position = position - 1 where subject_id = $1 and position > 2", [subject]);

    expect(new Set(await findBreaks(t.ctx))).toEqual(new Set([entries[2], second()]));
  });

  it("is noticed when they keep an entry from ever being chained", async () => {
    await write(subject, "five");
    await tamper("delete from audit_open");
    await chain(t.ctx);

    expect(await findBreaks(t.ctx)).toEqual((await entriesOf(subject)).slice(-1));
  });
});
