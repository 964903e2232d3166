import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { startLive } from "#server/platform/testing-live.ts";

let t: TestApp;
let live: Awaited<ReturnType<typeof startLive>>;
let root: Someone;
beforeAll(async () => {
  t = await startTestApp();
  live = await startLive(t);
  root = await aUser(t, { name: "Root", role: "admin" });
});
afterAll(async () => {
  await live.close();
  await t.close();
});

const ban = (who: Someone, body: object = { reason: "Spam" }, as = root) =>
  t.send("PUT", `/admin/users/${who.userId}/ban`, body, as);
const giveRole = (who: Someone, role: string, as = root) =>
  t.send("PUT", `/admin/users/${who.userId}/role`, { role }, as);
const isIn = async (who: Someone) => (await t.get("/auth/me", who)).statusCode === 200;

describe("a ban", () => {
  it("ends sessions at once and is told to sockets, and the account signs in again after it is lifted", async () => {
    const mallory = await aUser(t, { name: "Mallory" });
    const event = await anEvent(t, { by: mallory, format: "virtual" });
    const socket = await live.join(`gathering/${event.gatheringId}/chat`, { cookie: mallory.cookie });
    expect(socket.answer.ok).toBe(true);

    const reply = await ban(mallory, { reason: "Sold tickets that do not exist" });
    const inside = await isIn(mallory);
    await t.settle();

    expect(reply.json().ban).toMatchObject({ reason: "Sold tickets that do not exist", until: null });
    expect(inside).toBe(false);
    await expect.poll(() => socket.left).toEqual(["auth.required"]);
    expect(await t.factsAbout(mallory.personId)).toContain("access.rightChanged");

    const lifted = await t.send("DELETE", `/admin/users/${mallory.userId}/ban`, undefined, root);
    expect(lifted.json().ban).toBeNull();
  });

  it("ends by itself at its time, unless it was prolonged", async () => {
    const [short, long] = [await aUser(t), await aUser(t)];
    const inHours = (hours: number) => new Date(t.ctx.now().getTime() + hours * 3_600_000).toISOString();
    for (const who of [short, long]) await ban(who, { reason: "Rude", until: inHours(1) });
    await ban(long, { reason: "Very rude", until: inHours(5) });

    t.travel(2 * 3_600_000);
    await t.settle();

    const banOf = async ({ userId }: Someone) => (await t.get(`/admin/users/${userId}`, root)).json().ban?.reason;
    expect([await banOf(short), await banOf(long)]).toEqual([undefined, "Very rude"]);
  });

  it("is noted without the words that were said of somebody", async () => {
    const who = await aUser(t);
    await ban(who, { reason: "Harassed Erika Mustermann" });

    const entry = t.db.selectFrom("audit_entries").select(["action", "new"]).where("subject_id", "=", who.userId);
    expect(await entry.execute()).toEqual([{ action: "identity.banned", new: { until: null, fields: ["reason"] } }]);
  });

  it("needs a reason, and an end that is still to come", async () => {
    const who = await aUser(t);
    const past = new Date(t.ctx.now().getTime() - 1000).toISOString();

    const codes = [await ban(who, { reason: "" }), await ban(who, { reason: "x", until: past })];

    expect(codes.map((reply) => reply.json().code)).toEqual(["request.invalid", "request.invalid"]);
    expect(await isIn(who)).toBe(true);
  });
});

describe("the last admin", () => {
  it("can neither step down nor be shut out, however many try at once", async () => {
    expect((await giveRole(root, "attendee")).json().code).toBe("user.last_admin");
    expect((await ban(root)).json().code).toBe("user.last_admin");

    const second = await aUser(t, { role: "admin" });
    const [one, other] = await Promise.all([ban(root, undefined, second), ban(second)]);

    const admins = await t.db
      .selectFrom("users")
      .select("id")
      .where("role", "=", "admin")
      .where("banned_at", "is", null)
      .execute();
    expect([one.statusCode, other.statusCode].filter((status) => status === 200)).toHaveLength(1);
    expect(admins).toHaveLength(1);
    root = admins[0]?.id === root.userId ? root : second;
  });
});

describe("accounts", () => {
  it("are found by name and address, page by page, and changed in role", async () => {
    const people = [await aUser(t, { name: "Quillon One" }), await aUser(t, { name: "Quillon Two" })];
    const first = (await t.get("/admin/users?q=quillon&limit=1", root)).json();
    const second = (await t.get(`/admin/users?q=QUILLON&limit=1&cursor=${first.nextCursor}`, root)).json();

    const promoted = await giveRole(people[0] as Someone, "admin");

    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["Quillon Two", "Quillon One"]);
    expect(second.nextCursor).toBeNull();
    expect(promoted.json().role).toBe("admin");
    expect((await t.get("/admin/users", people[0])).statusCode).toBe(200);
    expect((await t.get("/admin/users", people[1])).json().code).toBe("route.not_found");
  });

  it("get the letter that leads to a new password", async () => {
    const who = await aUser(t);

    const reply = await t.post(`/admin/users/${who.userId}/password-letter`, undefined, root);

    expect(reply.statusCode).toBe(204);
    expect((await t.lettersTo(who.email)).map(({ kind }) => kind)).toEqual(["identity.reset"]);
    expect((await t.post(`/admin/users/${crypto.randomUUID()}/password-letter`, {}, root)).json().code).toBe(
      "user.not_found",
    );
  });
});
