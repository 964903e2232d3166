import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aGuestAt, anEvent, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const minute = 60_000;
let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.8.${networks++ & 255}.7` });
const password = "first of all words";
const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers["set-cookie"]).split(";")[0] ?? "";
const as = (someone: Someone, reply: { headers: Record<string, unknown> }): Someone => ({
  ...someone,
  cookie: cookieOf(reply),
});
const codeOf = (reply: { statusCode: number; json: () => { code?: string } }) => [
  reply.statusCode,
  reply.statusCode === 204 ? undefined : reply.json().code,
];

/** Somebody with a password, signed in by their letter. */
async function aMember(): Promise<Someone> {
  const email = `way${networks}@example.org`;
  await t.post("/auth/register", { name: "Lin", email, password }, undefined, elsewhere());
  const reply = await t.post("/auth/verify", { token: await tokenTo(email) }, undefined, elsewhere());
  return { userId: reply.json().user.id, personId: "", name: "Lin", email, cookie: cookieOf(reply) };
}

async function tokenTo(email: string): Promise<string> {
  const letter = (await t.lettersTo(email)).findLast(({ text }) => text.includes("token="));
  return /token=([\w.-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
}

const confirm = (someone: Someone, typed = password) => t.post("/auth/confirm", { password: typed }, someone);
const isIn = async (someone: Someone) => (await t.get("/auth/me", someone)).statusCode === 200;

describe("a link that signs in", () => {
  const ask = (email: string) => t.post("/auth/link", { email, next: "/events" }, undefined, elsewhere());
  const use = (token: string) => t.post("/auth/link/use", { token }, undefined, elsewhere());

  it("works once, however often it is pressed at once", async () => {
    const member = await aMember();
    await ask(member.email);
    const token = await tokenTo(member.email);

    const replies = await Promise.all([1, 2, 3].map(() => use(token)));

    const opened = replies.filter(({ statusCode }) => statusCode === 200);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.json()).toMatchObject({ user: { id: member.userId }, next: "/events" });
    expect(codeOf(await use(token))).toEqual([410, "auth.link_invalid"]);
  });

  it("is asked for with one answer for every address; the letter alone tells which it was", async () => {
    const member = await aMember();
    const nobody = `nobody${networks}@example.org`;

    const replies = [await ask(member.email), await ask(nobody)];

    expect(replies.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, "{}"],
      [202, "{}"],
    ]);
    expect((await t.lettersTo(nobody)).map(({ kind }) => kind)).toEqual(["identity.magic_unknown"]);
  });

  it("is dead after half an hour, after a new password, and for somebody banned", async () => {
    const member = await aMember();
    await ask(member.email);
    const old = await tokenTo(member.email);
    t.travel(31 * minute);
    expect(codeOf(await use(old))).toEqual([410, "auth.link_invalid"]);

    await ask(member.email);
    const replaced = await tokenTo(member.email);
    const change = { currentPassword: password, newPassword: "second of all words" };
    expect((await t.post("/auth/password/change", change, member)).statusCode).toBe(204);
    expect(codeOf(await use(replaced))).toEqual([410, "auth.link_invalid"]);

    await ask(member.email);
    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", member.userId).execute();
    expect(codeOf(await use(await tokenTo(member.email)))).toEqual([403, "auth.banned"]);
  });

  it("is dead once the account has another address, and opens none but the account it was asked for", async () => {
    const [member, other] = [await aMember(), await aMember()];
    await ask(member.email);
    await ask(other.email);
    const [old, foreign] = [await tokenTo(member.email), await tokenTo(other.email)];
    await confirm(member);
    const email = `moved${networks}@example.org`;
    await t.post("/me/email", { email }, member);
    await t.post("/auth/email/confirm", { token: await tokenTo(email) }, undefined, elsewhere());

    expect(codeOf(await use(old))).toEqual([410, "auth.link_invalid"]);
    expect((await use(foreign)).json().user.id).toBe(other.userId);
  });

  it("is used up by nothing but a press: who only looks, leaves it as it was", async () => {
    const member = await aMember();
    await ask(member.email);
    const token = await tokenTo(member.email);
    for (const method of ["GET", "HEAD"] as const) {
      const url = `/api/v1/auth/link/use?token=${token}`;
      expect((await t.request({ method, url })).statusCode).toBe(405);
    }

    expect((await use(token)).statusCode).toBe(200);
  });

  it.each(["", "1.step.nonsense", "x".repeat(200)])("refuses %j", async (token) => {
    expect([400, 410]).toContain((await use(token)).statusCode);
  });
});

describe("asking again", () => {
  const change = (someone: Someone) => t.post("/me/email", { email: `new${networks}@example.org` }, someone);

  it("is needed before a change, and holds for ten minutes", async () => {
    const member = await aMember();
    expect(codeOf(await change(member))).toEqual([403, "auth.confirm_needed"]);
    expect(codeOf(await confirm(member, "not this"))).toEqual([401, "auth.wrong"]);
    expect(codeOf(await change(member))).toEqual([403, "auth.confirm_needed"]);

    expect((await confirm(member)).statusCode).toBe(204);

    expect((await change(member)).statusCode).toBe(202);
    t.travel(10 * minute);
    expect(codeOf(await change(member))).toEqual([403, "auth.confirm_needed"]);
  });

  it("counts for one session alone", async () => {
    const member = await aMember();
    await confirm(member);
    await t.post("/auth/link", { email: member.email }, undefined, elsewhere());
    const reply = await t.post("/auth/link/use", { token: await tokenTo(member.email) }, undefined, elsewhere());

    expect(codeOf(await change(as(member, reply)))).toEqual([403, "auth.confirm_needed"]);
  });

  it("is limited, like every guess", async () => {
    const member = await aMember();
    const replies = [];
    for (let n = 0; n < 11; n += 1) replies.push(await confirm(member, "not this"));

    expect(codeOf(replies[10] as never)).toEqual([429, "rate.limited"]);
  });
});

describe("another address", () => {
  async function asked(): Promise<{ member: Someone; email: string }> {
    const member = await aMember();
    await confirm(member);
    const email = `fresh${networks++}@example.org`;
    expect((await t.post("/me/email", { email }, member)).statusCode).toBe(202);
    return { member, email };
  }
  const use = (token: string) => t.post("/auth/email/confirm", { token }, undefined, elsewhere());

  it("becomes one's own by the letter to it; the old one is told before and after", async () => {
    const { member, email } = await asked();
    expect((await t.get("/me", member)).json().email).toBe(member.email);
    const token = await tokenTo(email);

    expect((await use(token)).statusCode).toBe(204);

    expect((await t.get("/me", member)).json().email).toBe(email);
    expect((await t.lettersTo(member.email)).map(({ kind }) => kind).slice(-2)).toEqual([
      "identity.email_asked",
      "identity.email_changed",
    ]);
    const signIn = (address: string) => t.post("/auth/login", { email: address, password }, undefined, elsewhere());
    expect([(await signIn(member.email)).statusCode, (await signIn(email)).statusCode]).toEqual([401, 200]);
    expect(codeOf(await use(token))).toEqual([410, "auth.link_invalid"]);
  });

  it("brings along what it had registered for as a guest", async () => {
    const event = await anEvent(t);
    const guest = await aGuestAt(t, event.gatheringId);
    const member = await aMember();
    await confirm(member);
    await t.post("/me/email", { email: guest.email }, member);
    expect((await t.get("/registrations/me", member)).json().items).toEqual([]);

    await use(await tokenTo(guest.email));
    await t.settle();

    const { items } = (await t.get("/registrations/me", member)).json();
    expect(items.map(({ id }: { id: string }) => id)).toEqual([guest.registrationId]);
  });

  it("that has an account is not taken, and only its mailbox learns that", async () => {
    const [one, other] = [await aMember(), await aMember()];
    await confirm(one);

    const reply = await t.post("/me/email", { email: other.email }, one);

    expect([reply.statusCode, reply.body]).toEqual([202, "{}"]);
    const letter = (await t.lettersTo(other.email)).at(-1);
    expect([letter?.kind, letter?.text.includes("Lin")]).toEqual(["identity.email_taken", false]);
  });

  it("is taken by one of two who were both sent a link", async () => {
    const [one, other] = [await aMember(), await aMember()];
    const email = `both${networks}@example.org`;
    const tokens: string[] = [];
    for (const who of [one, other]) {
      await confirm(who);
      await t.post("/me/email", { email }, who);
      tokens.push(await tokenTo(email));
    }

    const replies = await Promise.all(tokens.map(use));

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 410]);
  });

  it("waits no longer when a new password was chosen meanwhile", async () => {
    const { member, email } = await asked();
    const change = { currentPassword: password, newPassword: "second of all words" };
    await t.post("/auth/password/change", change, member);

    expect(codeOf(await use(await tokenTo(email)))).toEqual([410, "auth.link_invalid"]);
    expect(await isIn(member)).toBe(true);
  });
});
