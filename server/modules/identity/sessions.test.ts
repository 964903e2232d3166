import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { makeAdmin } from "#server/modules/identity/service/profile.ts";
import { tidy } from "#server/modules/identity/service/tidy.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const day = 86_400_000;
let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.9.${networks++ & 255}.7`, "user-agent": "Firefox/140 Linux" });
const password = "first of all words";

/** Somebody with a password, signed in. */
async function aMember(): Promise<Someone> {
  const email = `member${networks}@example.org`;
  await t.post("/auth/register", { name: "Lin", email, password }, undefined, elsewhere());
  const [letter] = await t.lettersTo(email);
  const token = /token=([\w.-]+)/.exec(letter?.text ?? "")?.[1];
  const reply = await t.post("/auth/verify", { token }, undefined, elsewhere());
  return { userId: reply.json().user.id, personId: "", name: "Lin", email, cookie: cookieOf(reply) };
}

const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers["set-cookie"]).split(";")[0] ?? "";
const again = async (someone: Someone, typed = password): Promise<Someone> => {
  const reply = await t.post("/auth/login", { email: someone.email, password: typed }, undefined, elsewhere());
  return { ...someone, cookie: cookieOf(reply) };
};
const isIn = async (someone: Someone) => (await t.get("/auth/me", someone)).statusCode === 200;
const sessionsOf = async (someone: Someone) => (await t.get("/auth/sessions", someone)).json().items;

describe("sessions", () => {
  it("are stored as a digest of what the cookie carries", async () => {
    const member = await aMember();
    const rows = await t.db.selectFrom("sessions").select("token_hash").where("user_id", "=", member.userId).execute();

    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_hash.toString("base64url")).not.toBe(member.cookie.split("=")[1]);
  });

  it("are listed with their browser, and end at once", async () => {
    const here = await aMember();
    const there = await again(here);
    const list = await sessionsOf(here);
    expect(list).toMatchObject([
      { isCurrent: false, agent: "Firefox/140 Linux" },
      { isCurrent: true, agent: "Firefox/140 Linux" },
    ]);

    const reply = await t.send("DELETE", `/auth/sessions/${list[0].id}`, undefined, here);

    expect(reply.statusCode).toBe(204);
    expect([await isIn(there), await isIn(here)]).toEqual([false, true]);
  });

  it("of others can be neither seen nor ended", async () => {
    const [one, other] = [await aMember(), await aMember()];
    const [theirs] = await sessionsOf(other);

    const reply = await t.send("DELETE", `/auth/sessions/${theirs.id}`, undefined, one);

    expect([reply.statusCode, reply.json().code]).toEqual([404, "session.not_found"]);
    expect(await isIn(other)).toBe(true);
  });

  it("end everywhere else by one request", async () => {
    const here = await aMember();
    const others = [await again(here), await again(here)];

    await t.send("DELETE", "/auth/sessions", undefined, here);

    expect(await Promise.all([here, ...others].map(isIn))).toEqual([true, false, false]);
  });

  it("end by signing out, which may be pressed twice", async () => {
    const member = await aMember();

    const replies = [await t.post("/auth/logout", {}, member), await t.post("/auth/logout", {}, member)];

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([204, 204]);
    expect(replies[0]?.headers["set-cookie"]).toMatch(/^plenary_session=; Max-Age=0;/);
    expect(await isIn(member)).toBe(false);
  });

  it("of a browser are replaced when somebody signs in there anew", async () => {
    const member = await aMember();

    await t.post("/auth/login", { email: member.email, password }, member);

    expect(await isIn(member)).toBe(false);
  });

  it("last thirty days from the last visit", async () => {
    const member = await aMember();
    t.travel(29 * day);
    expect(await isIn(member)).toBe(true);
    t.travel(29 * day);
    expect(await isIn(member)).toBe(true);
    t.travel(31 * day);

    expect(await isIn(member)).toBe(false);
    await tidy(t.ctx);
    const left = await t.db.selectFrom("sessions").select("id").where("user_id", "=", member.userId).execute();
    expect(left).toEqual([]);
  });

  it("of somebody banned are dead, and the right password says why", async () => {
    const member = await aMember();
    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", member.userId).execute();

    expect(await isIn(member)).toBe(false);
    const reply = await t.post("/auth/login", { email: member.email, password }, undefined, elsewhere());
    expect([reply.statusCode, reply.json().code]).toEqual([403, "auth.banned"]);
  });

  it("are written down as begun by whom they let in, though nobody was signed in before", async () => {
    const member = await again(await aMember());
    const admin = await aUser(t, { role: "admin" });

    const { items } = (await t.get(`/admin/audit?actor=${member.userId}`, admin)).json();

    expect(items.map(({ action }: { action: string }) => action)).toEqual(["identity.signed_in", "identity.verified"]);
  });

  it("are paged", async () => {
    const member = await aMember();
    for (let n = 0; n < 4; n += 1) await again(member);
    const first = (await t.get("/auth/sessions?limit=3", member)).json();
    const second = (await t.get(`/auth/sessions?limit=3&cursor=${first.nextCursor}`, member)).json();

    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
  });

  it.each(["/auth/me", "/auth/sessions", "/me"])("GET %s wants somebody signed in", async (path) => {
    const reply = await t.get(path);

    expect([reply.statusCode, reply.json().code]).toEqual([401, "auth.required"]);
  });
});

describe("passwords", () => {
  const linkTo = async (email: string) => {
    await t.post("/auth/password/forgot", { email }, undefined, elsewhere());
    const letter = (await t.lettersTo(email)).at(-1);
    return /reset\?token=([\w.-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
  };
  const reset = (token: string, next = "second of all words") =>
    t.post("/auth/password/reset", { token, password: next }, undefined, elsewhere());

  it("are set anew by a letter's link, which ends all sessions and signs in here", async () => {
    const member = await aMember();
    const token = await linkTo(member.email);

    const reply = await reset(token);

    expect(reply.json().user.id).toBe(member.userId);
    expect(await isIn(member)).toBe(false);
    expect(await isIn({ ...member, cookie: cookieOf(reply) })).toBe(true);
    expect(await isIn(await again(member))).toBe(false);
    expect(await isIn(await again(member, "second of all words"))).toBe(true);
    expect((await t.lettersTo(member.email)).at(-1)?.kind).toBe("identity.password_changed");
  });

  it("are not set by a link that was used, replaced by a change, or is an hour old", async () => {
    const member = await aMember();
    const used = await linkTo(member.email);
    const older = await linkTo(member.email);
    await reset(used);
    expect((await reset(used)).json().code).toBe("auth.link_invalid");
    expect((await reset(older)).json().code).toBe("auth.link_invalid");

    const late = await linkTo(member.email);
    t.travel(75 * 60_000);
    expect((await reset(late)).json().code).toBe("auth.link_invalid");
    expect((await reset("1.reset.nonsense")).json().code).toBe("auth.link_invalid");
  });

  it("are set once by a link that is used from many sides at once", async () => {
    const member = await aMember();
    const token = await linkTo(member.email);

    const replies = await Promise.all([1, 2, 3, 4].map((n) => reset(token, `password number ${n}`)));

    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });

  it("are changed by who knows the old one; every other session ends", async () => {
    const here = await aMember();
    const there = await again(here);
    const change = (currentPassword: string) =>
      t.post("/auth/password/change", { currentPassword, newPassword: "third of all words" }, here);

    const wrong = await change("not this");
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, "auth.wrong"]);
    expect((await change(password)).statusCode).toBe(204);

    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
    expect(await isIn(await again(here, "third of all words"))).toBe(true);
  });
});

describe("my profile", () => {
  it("changes what is sent and leaves the rest", async () => {
    const ada = await aUser(t, { name: "Ada", timeZone: "Europe/Berlin" });

    const reply = await t.send("PATCH", "/me", { name: "Ada King", timeZone: "Europe/London" }, ada);

    expect(reply.json()).toMatchObject({ name: "Ada King", timeZone: "Europe/London", locale: "en" });
    expect((await t.get("/me", ada)).json()).toEqual(reply.json());
  });

  it.each([
    ["body.timeZone", { timeZone: "Mars/Olympus" }],
    ["body.timeZone", { timeZone: "+02:00" }],
    ["body.locale", { locale: "tlh" }],
    ["body.name", { name: "" }],
    ["body", { role: "admin" }],
    ["body.name", { name: "a\0b" }],
  ])("refuses %s", async (at, body) => {
    const ada = await aUser(t);

    const reply = await t.send("PATCH", "/me", body, ada);

    expect([reply.statusCode, reply.json().fields[0].at]).toEqual([400, at]);
  });
});

describe("makeAdmin", () => {
  it("makes an account an admin, once, and says when there is none", async () => {
    const ada = await aUser(t);

    expect(await makeAdmin(t.ctx, ada.email.toUpperCase())).toBe("made");
    expect(await makeAdmin(t.ctx, ada.email)).toBe("already");
    expect(await makeAdmin(t.ctx, "nobody@example.org")).toBe("unknown");
    expect((await t.get("/me", ada)).json().role).toBe("admin");
  });
});
