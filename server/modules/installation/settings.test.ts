import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { OutgoingLetter } from "#server/gateways/mail.ts";
import { inTx } from "#server/platform/ctx.ts";
import { houseMark } from "#server/platform/house.ts";
import { frame } from "#server/platform/letter-frame.ts";
import { post } from "#server/platform/letters.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { say } from "#server/platform/words.ts";

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

  it("name the house in its letters, and who sends them", async () => {
    await t.send("PATCH", "/admin/settings", { name: "Ada & Co" }, admin);
    const sent: OutgoingLetter[] = [];
    t.ctx.gateways.mail = { kind: "smtp", send: async (letter) => void sent.push(letter) };
    const to = { address: "ada@example.org", name: "Ada" };
    const laidOut = frame({ locale: "en", publicUrl: t.settings.publicUrl, heading: "Hello", blocks: ["Come in."] });
    const letter = { kind: "mailing.test" as const, to, subject: say("en", "letters.frame.house"), ...laidOut };

    await inTx(t.ctx, (tctx) => post(tctx, letter, { key: "test/house", lane: "normal" }));
    await t.settle();

    expect(sent).toMatchObject([{ from: "Ada & Co", subject: "Ada & Co" }]);
    expect(sent[0]?.html).toContain("Ada &amp; Co");
    expect(JSON.stringify(sent)).not.toContain(houseMark);
  });

  it("are not even there for anybody else", async () => {
    const others = [undefined, await aUser(t), await aUser(t, { role: "organizer" })];

    const replies = await Promise.all(others.map((who) => t.send("PATCH", "/admin/settings", { review: "off" }, who)));

    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual(
      Array(3).fill([404, "route.not_found"]),
    );
  });
});
