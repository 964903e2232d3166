import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let admin: Someone;
beforeAll(async () => {
  t = await startTestApp();
  admin = await aUser(t, { role: "admin" });
});
afterAll(() => t.close());

describe("the settings of an installation", () => {
  it("have a default each, change one at a time, and the log knows who changed them", async () => {
    expect((await t.get("/admin/settings", admin)).json()).toEqual({
      name: "Plenary",
      review: "off",
      plans: "open",
      redirectSites: [],
    });

    await t.send("PATCH", "/admin/settings", { review: "all" }, admin);
    const reply = await t.send("PATCH", "/admin/settings", { name: "The Commons" }, admin);

    expect(reply.json()).toEqual({ name: "The Commons", review: "all", plans: "open", redirectSites: [] });
    const entries = await t.db
      .selectFrom("audit_entries")
      .select(["actor_id", "new"])
      .where("action", "=", "installation.changed")
      .orderBy("id")
      .execute();
    expect(entries.map(({ actor_id }) => actor_id)).toEqual([admin.userId, admin.userId]);
    expect(entries[1]?.new).toMatchObject({ name: "The Commons" });
  });

  it("refuse what makes no sense, and limits that do not hold yet", async () => {
    const refused = async (body: object) => (await t.send("PATCH", "/admin/settings", body, admin)).json().code;

    expect(await refused({ review: "sometimes" })).toBe("request.invalid");
    expect(await refused({ name: " " })).toBe("request.invalid");
    expect(await refused({ colour: "red" })).toBe("request.invalid");
    expect(await refused({ plans: "tiers" })).toBe("feature.later");
  });

  it("are not even there for anybody else", async () => {
    const others = [undefined, await aUser(t), await aUser(t, { role: "organizer" })];

    const replies = await Promise.all(others.map((who) => t.send("PATCH", "/admin/settings", { review: "off" }, who)));

    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual(
      Array(3).fill([404, "route.not_found"]),
    );
  });
});
