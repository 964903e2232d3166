import fc from "fast-check";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { hashPassword } from "#server/modules/identity/passwords.ts";
import { seal, unseal } from "#server/platform/seal.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let passwordHash: string;
const password = "first of all words";
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  passwordHash = await hashPassword(t.ctx, password);
});
afterAll(() => t.close());

const halfMinute = 30_000;
let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.7.${networks++ & 255}.7` });
const said = (reply: { statusCode: number; json: () => { code?: string } }) => [reply.statusCode, reply.json().code];

/** Somebody with a password who has just shown it. */
async function aMember(): Promise<Someone> {
  const member = await aUser(t);
  await t.db.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", member.userId).execute();
  await t.post("/auth/confirm", { password }, member);
  return member;
}

interface Guarded {
  member: Someone;
  recoveryCodes: string[];
  /** What the phone shows now. */
  code: () => string;
}

async function guarded(): Promise<Guarded> {
  const member = await aMember();
  const { secret } = (await t.post("/me/second-factor", {}, member)).json();
  const totp = new TOTP({ secret });
  const code = () => totp.generate({ timestamp: t.ctx.now().getTime() });
  const reply = await t.post("/me/second-factor/confirm", { code: code() }, member);
  expect(reply.statusCode).toBe(200);
  // The next code is another one.
  t.travel(halfMinute);
  return { member, code, recoveryCodes: reply.json().recoveryCodes };
}

const login = ({ email }: Someone) => t.post("/auth/login", { email, password }, undefined, elsewhere());
const second = (step: string, code: string) => t.post("/auth/second", { step, code }, undefined, elsewhere());
const stepOf = async (member: Someone): Promise<string> => (await login(member)).json().step;

describe("a second factor", () => {
  it("is asked for after the password, and opens the session then", async () => {
    const { member, code } = await guarded();

    const half = await login(member);

    expect([said(half), half.headers["set-cookie"]]).toEqual([[403, "auth.second_step"], undefined]);
    const whole = await second(half.json().step, code());
    expect(whole.json()).toMatchObject({ user: { id: member.userId } });
    expect(whole.headers["set-cookie"]).toMatch(/^plenary_session=\w/);
  });

  it("takes a code once, however often it is sent at once", async () => {
    const { member, code } = await guarded();
    const steps = await Promise.all([stepOf(member), stepOf(member), stepOf(member)]);

    const replies = await Promise.all(steps.map((step) => second(step, code())));

    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });

  it("takes no wrong, old or foreign code, and stops guessing", async () => {
    const { member, code } = await guarded();
    const step = await stepOf(member);
    const old = code();
    t.travel(3 * halfMinute);
    expect(said(await second(step, old))).toEqual([401, "auth.code_wrong"]);
    expect(said(await second(step, "not-a-code"))).toEqual([401, "auth.code_wrong"]);
    expect(said(await second("1.step.nonsense", code()))).toEqual([410, "auth.link_invalid"]);

    for (let n = 0; n < 8; n += 1) await second(step, "000000");
    expect(said(await second(step, code()))).toEqual([429, "rate.limited"]);
  });

  it("is given up after ten minutes", async () => {
    const { member, code } = await guarded();
    const step = await stepOf(member);
    t.travel(20 * halfMinute);

    expect(said(await second(step, code()))).toEqual([410, "auth.link_invalid"]);
  });

  it("stands behind a link by letter and a new password too", async () => {
    const { member } = await guarded();
    const tokenTo = async () => /token=([\w.-]+)/.exec((await t.lettersTo(member.email)).at(-1)?.text ?? "")?.[1] ?? "";
    await t.post("/auth/link", { email: member.email }, undefined, elsewhere());
    const byLink = await t.post("/auth/link/use", { token: await tokenTo() }, undefined, elsewhere());
    await t.post("/auth/password/forgot", { email: member.email }, undefined, elsewhere());
    const reset = { token: await tokenTo(), password: "second of all words" };
    const byReset = await t.post("/auth/password/reset", reset, undefined, elsewhere());

    expect([said(byLink), said(byReset)]).toEqual([
      [403, "auth.second_step"],
      [403, "auth.second_step"],
    ]);
    expect([byLink.headers["set-cookie"], byReset.headers["set-cookie"]]).toEqual([undefined, undefined]);
  });

  it("is replaced once by each recovery code, typed as people do; the owner is told", async () => {
    const { member, recoveryCodes } = await guarded();
    const [one = ""] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);

    const first = await second(await stepOf(member), ` ${one.toUpperCase().replace("-", " ")}`);
    const again = await second(await stepOf(member), one);

    expect([first.statusCode, said(again)]).toEqual([200, [401, "auth.code_wrong"]]);
    expect((await t.lettersTo(member.email)).map(({ kind }) => kind)).toContain("identity.code_used");
    expect((await t.get("/me/security", member)).json().secondFactor).toMatchObject({ codesLeft: 9 });
  });

  it("changes only for who has just shown the password", async () => {
    const { member, recoveryCodes } = await guarded();
    t.travel(20 * halfMinute);
    for (const path of ["/me/second-factor", "/me/second-factor/codes"]) {
      expect(said(await t.post(path, {}, member))).toEqual([403, "auth.confirm_needed"]);
    }
    expect(said(await t.send("DELETE", "/me/second-factor", undefined, member))).toEqual([403, "auth.confirm_needed"]);

    await t.post("/auth/confirm", { password }, member);
    expect(said(await t.post("/me/second-factor", {}, member))).toEqual([409, "factor.on"]);
    await t.post("/me/second-factor/codes", {}, member);
    expect(said(await second(await stepOf(member), recoveryCodes[0] ?? ""))).toEqual([401, "auth.code_wrong"]);
    expect((await t.send("DELETE", "/me/second-factor", undefined, member)).statusCode).toBe(204);
    expect((await login(member)).statusCode).toBe(200);
  });

  it("is in force from its first right code on, and not before", async () => {
    const member = await aMember();
    await t.post("/me/second-factor", {}, member);
    expect(said(await t.post("/me/second-factor/confirm", { code: "123456" }, member))).toEqual([
      401,
      "auth.code_wrong",
    ]);

    expect((await login(member)).statusCode).toBe(200);
  });

  it("lies in the database as nobody can read it", async () => {
    const member = await aMember();
    const { secret } = (await t.post("/me/second-factor", {}, member)).json();
    const row = await t.db.selectFrom("second_factors").select("secret").where("user_id", "=", member.userId).execute();

    expect(row[0]?.secret.includes(Buffer.from(secret))).toBe(false);
    expect(() => unseal("another key", `second-factor/${member.userId}`, row[0]?.secret ?? Buffer.of())).toThrow();
  });
});

describe("seal", () => {
  it("opens with the same key and about the same thing only, and never when a bit was turned", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.string(), fc.nat(), (plain, about, at) => {
        const sealed = seal("key", about, plain);
        expect([...unseal("key", about, sealed)]).toEqual([...plain]);
        expect(() => unseal("other", about, sealed)).toThrow();
        expect(() => unseal("key", `${about}!`, sealed)).toThrow();
        const turned = Buffer.from(sealed);
        turned[at % turned.length] = (turned[at % turned.length] ?? 0) ^ 1;
        expect(() => unseal("key", about, turned)).toThrow();
      }),
    );
  });
});
