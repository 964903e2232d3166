import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const password = "a quiet place to meet";
let networks = 0;
/** Each from a network of its own, so that limits of one test are not another's. */
const elsewhere = () => ({ "x-forwarded-for": `10.${(networks >> 8) & 255}.${networks++ & 255}.7` });

const register = (email: string, over: object = {}, headers = elsewhere()) =>
  t.post("/auth/register", { name: "Grace Hopper", email, password, ...over }, undefined, headers);
const verify = (body: object, headers = elsewhere()) => t.post("/auth/verify", body, undefined, headers);
const login = (email: string, typed = password, headers = elsewhere()) =>
  t.post("/auth/login", { email, password: typed }, undefined, headers);

const newest = async (email: string) => (await t.lettersTo(email)).at(-1);
const linkIn = (text = "") => /verify\?token=([\w.-]+)/.exec(text)?.[1] ?? "";
const codeIn = (text = "") => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? "";
const cookieOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers["set-cookie"] ?? "");
const asMe = (cookie: string) =>
  t.request({ method: "GET", url: "/api/v1/auth/me", headers: { cookie: cookie.split(";")[0] } });

describe("signing up", () => {
  it("answers 202 with nothing and no cookie, and writes to the address", async () => {
    const reply = await register("grace@example.org");

    expect([reply.statusCode, reply.json(), cookieOf(reply)]).toEqual([202, {}, ""]);
    const letter = await newest("grace@example.org");
    expect(letter).toMatchObject({ kind: "identity.verify", lane: "urgent", to_name: "Grace Hopper" });
    expect(letter?.html).toContain(`token=${linkIn(letter?.text)}`);
    expect(letter?.subject).toContain(codeIn(letter?.text));
  });

  it("signs in by the letter's link, once", async () => {
    await register("link@example.org", { timeZone: "Asia/Tokyo", next: "/events/tea?x=1" });
    const token = linkIn((await newest("link@example.org"))?.text);

    const reply = await verify({ token });

    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      user: { name: "Grace Hopper", email: "link@example.org", timeZone: "Asia/Tokyo", role: "attendee" },
      next: "/events/tea?x=1",
    });
    expect(cookieOf(reply)).toMatch(/^plenary_session=[\w-]{43}; .*HttpOnly/);
    expect((await asMe(cookieOf(reply))).json().user.email).toBe("link@example.org");
    expect((await verify({ token })).json().code).toBe("auth.link_invalid");
  });

  it("signs in by the letter's code, however it is spaced, and not by another", async () => {
    await register("code@example.org");
    const code = codeIn((await newest("code@example.org"))?.text);
    const other = String((Number(code) + 1) % 1_000_000).padStart(6, "0");

    expect((await verify({ email: "code@example.org", code: other })).json().code).toBe("auth.link_invalid");
    expect((await verify({ email: "code@example.org", code: `${code.slice(0, 3)} ${code.slice(3)}` })).statusCode).toBe(
      200,
    );
    expect((await verify({ email: "code@example.org", code })).statusCode).toBe(410);
  });

  it("lets links and codes grow old", async () => {
    await register("late@example.org");
    const letter = await newest("late@example.org");
    t.travel(46 * 60_000);
    expect((await verify({ email: "late@example.org", code: codeIn(letter?.text) })).statusCode).toBe(410);
    t.travel(24 * 3_600_000);

    expect((await verify({ token: linkIn(letter?.text) })).statusCode).toBe(410);
  });

  it("gives the account the password of the letter that was opened, whoever else signed up with the address", async () => {
    await register("mine@example.org");
    const mine = linkIn((await newest("mine@example.org"))?.text);
    await register("mine@example.org", { name: "Mallory", password: "chosen by a stranger" });

    expect((await verify({ token: mine })).json().user.name).toBe("Grace Hopper");

    expect((await login("mine@example.org")).statusCode).toBe(200);
    expect((await login("mine@example.org", "chosen by a stranger")).statusCode).toBe(401);
    const theirs = linkIn((await newest("mine@example.org"))?.text);
    expect((await verify({ token: theirs })).statusCode).toBe(410);
  });

  it("makes one account of one wish that is verified from many sides at once", async () => {
    await register("race@example.org");
    await register("race@example.org");
    const letters = await t.lettersTo("race@example.org");

    const replies = await Promise.all(
      [0, 1, 0, 1, 0, 1].map((which) => verify({ token: linkIn(letters[which]?.text) })),
    );

    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(replies.filter(({ statusCode }) => statusCode === 410)).toHaveLength(5);
  });

  it("takes over what the address had as a guest, and only when it is verified", async () => {
    const personId = "01900000-0000-7000-8000-00000000aaaa";
    await t.db
      .insertInto("people")
      .values({ id: personId, email: "guest@example.org", name: "G.", user_id: null, created_at: t.ctx.now() })
      .execute();
    await register("guest@example.org");
    const person = () =>
      t.db.selectFrom("people").select("user_id").where("id", "=", personId).executeTakeFirstOrThrow();
    expect((await person()).user_id).toBeNull();

    const reply = await verify({ token: linkIn((await newest("guest@example.org"))?.text) });

    expect((await person()).user_id).toBe(reply.json().user.id);
    expect(await t.factsAbout(personId)).toEqual(["identity.verified"]);
  });

  it("remembers the name as it was typed and the address in lower case", async () => {
    await register("  MiXed@Example.ORG ", { name: "  Zoë <b>Ω</b>  " });
    const letter = await newest("mixed@example.org");

    expect(letter?.to_name).toBe("Zoë <b>Ω</b>");
    expect(letter?.html).toContain("Zoë &lt;b&gt;Ω&lt;/b&gt;");
  });

  it("sets a name that runs from right to left apart where the letter is laid out, and nowhere else", async () => {
    await register("ada-he@example.org", { name: "עדה" });
    const letter = await newest("ada-he@example.org");

    expect(letter?.html).toContain("Hello \u2068עדה\u2069,");
    expect(letter?.text).toContain("Hello עדה,");
    expect(`${letter?.text}${letter?.subject}${letter?.to_name}`).not.toMatch(/[\u2066-\u2069]/);
  });

  it.each([
    ["an address that is none", { email: "nowhere" }],
    ["a short password", { password: "1234567" }],
    ["no name", { name: "   " }],
    ["a web address for a name", { name: "Win at http://evil.example" }],
    ["a way out of the house", { next: "https://elsewhere.example" }],
    ["another way out", { next: "//elsewhere.example" }],
    ["a third", { next: "/\\elsewhere.example" }],
    ["a field nobody knows", { role: "admin" }],
  ])("refuses %s", async (_what, over) => {
    const reply = await register("bad@example.org", over);

    expect([reply.statusCode, reply.json().code]).toEqual([400, "request.invalid"]);
    expect(await t.lettersTo("bad@example.org")).toEqual([]);
  });
});

describe("what an answer tells", () => {
  it("is the same for an address with an account and one without", async () => {
    await register("known@example.org");
    await verify({ token: linkIn((await newest("known@example.org"))?.text) });
    const shown = (reply: Awaited<ReturnType<typeof register>>) => {
      const { date: _date, ...headers } = reply.headers;
      return [reply.statusCode, reply.body, headers];
    };

    expect(shown(await register("known@example.org"))).toEqual(shown(await register("unknown1@example.org")));
    expect(shown(await login("known@example.org", "wrong password"))).toEqual(
      shown(await login("unknown2@example.org", "wrong password")),
    );
    const forgot = (email: string) => t.post("/auth/password/forgot", { email }, undefined, elsewhere());
    expect(shown(await forgot("known@example.org"))).toEqual(shown(await forgot("unknown3@example.org")));
    expect(shown(await verify({ email: "known@example.org", code: "000000" }))).toEqual(
      shown(await verify({ email: "unknown4@example.org", code: "000000" })),
    );
    expect(await newest("known@example.org")).toMatchObject({ kind: "identity.reset" });
    expect(await newest("unknown3@example.org")).toMatchObject({ kind: "identity.unknown" });
  });

  it("takes as much work for an address with an account as for one without", async () => {
    await register("timed@example.org");
    await verify({ token: linkIn((await newest("timed@example.org"))?.text) });
    // Processor time, and the least of some tries: how busy the machine is changes neither.
    const leastWork = async (addressOf: (n: number) => string) => {
      let least = Number.POSITIVE_INFINITY;
      for (let n = 0; n < 7; n += 1) {
        const before = process.cpuUsage();
        expect((await login(addressOf(n), "wrong")).statusCode).toBe(401);
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, user + system);
      }
      return least;
    };

    const known = await leastWork(() => "timed@example.org");
    const unknown = await leastWork((n) => `nobody${n}@example.org`);

    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
  });

  it("tells the right password of an unverified wish to confirm, and writes again", async () => {
    await register("wish@example.org");

    const wrong = await login("wish@example.org", "not this one");
    const right = await login("wish@example.org");

    expect([wrong.statusCode, wrong.json().code]).toEqual([401, "auth.wrong"]);
    expect([right.statusCode, right.json().code, cookieOf(right)]).toEqual([403, "auth.unverified", ""]);
    const letters = await t.lettersTo("wish@example.org");
    expect(letters.map(({ kind }) => kind)).toEqual(["identity.verify", "identity.verify"]);
    expect((await verify({ token: linkIn(letters[1]?.text) })).statusCode).toBe(200);
  });
});

describe("limits", () => {
  it("refuse the 21st try from one address with Retry-After, and nobody behind other ones", async () => {
    const here = elsewhere();
    for (let n = 0; n < 20; n += 1) expect((await login(`l${n}@example.org`, "x", here)).statusCode).toBe(401);

    const refused = await login("l20@example.org", "x", here);

    expect([refused.statusCode, refused.json().code]).toEqual([429, "rate.limited"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await login("l20@example.org", "x")).statusCode).toBe(401);
  });

  it("stop guessing at one account from wherever, and let its owner in again later", async () => {
    await register("target@example.org");
    await verify({ token: linkIn((await newest("target@example.org"))?.text) });

    const guesses = await Promise.all(Array.from({ length: 14 }, (_, n) => login("target@example.org", `guess ${n}`)));

    expect(guesses.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
    expect(guesses.filter(({ statusCode }) => statusCode === 429)).toHaveLength(4);
    expect((await login("target@example.org")).statusCode).toBe(429);
    t.travel(16 * 60_000);
    expect((await login("target@example.org")).statusCode).toBe(200);
  });

  it("stop guessing codes, and say the same where there is no wish", async () => {
    await register("codes@example.org");
    for (const email of ["codes@example.org", "nothing@example.org"]) {
      for (let n = 0; n < 10; n += 1) expect((await verify({ email, code: "123456" })).statusCode).toBe(410);
      expect((await verify({ email, code: "123456" })).statusCode).toBe(429);
    }
  });

  it("keep a mailbox from being flooded", async () => {
    for (let n = 0; n < 5; n += 1) expect((await register("flood@example.org")).statusCode).toBe(202);

    expect((await register("flood@example.org")).statusCode).toBe(429);
    expect((await login("flood@example.org")).json().code).toBe("auth.unverified");
    expect(await t.lettersTo("flood@example.org")).toHaveLength(5);
  });

  it("do not count those who get in", async () => {
    await register("often@example.org");
    await verify({ token: linkIn((await newest("often@example.org"))?.text) });

    for (let n = 0; n < 15; n += 1) expect((await login("often@example.org")).statusCode).toBe(200);
  });
});

describe("a public address without a mail server", () => {
  it("refuses new people with mail.off, since nobody could ever get in", async () => {
    t.ctx.gateways.mail.kind = "off";
    const refused = [
      await register("off@example.org"),
      await t.post("/auth/password/forgot", { email: "off@example.org" }, undefined, elsewhere()),
    ];
    t.ctx.gateways.mail.kind = "mailbox";

    expect(refused.map((reply) => [reply.statusCode, reply.json().code])).toEqual([
      [409, "mail.off"],
      [409, "mail.off"],
    ]);
    expect(await t.lettersTo("off@example.org")).toEqual([]);
  });
});
