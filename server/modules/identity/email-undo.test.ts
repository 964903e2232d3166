import { randomBytes, randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { hashPassword } from "#server/modules/identity/passwords.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let passwordHash: string;
const password = "first of all words";
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  passwordHash = await hashPassword(t.ctx, password);
});
afterAll(() => t.close());

const minute = 60_000;
const day = 1440 * minute;
let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.9.${networks++ & 255}.7` });
const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers["set-cookie"]).split(";")[0] ?? "";
const said = (reply: { statusCode: number; json: () => { code?: string } }) => [reply.statusCode, reply.json().code];
const login = (email: string, typed = password) =>
  t.post("/auth/login?token=true", { email, password: typed }, undefined, elsewhere());
const undo = (token: string) => t.post("/auth/email/undo", { token }, undefined, elsewhere());
const whoIs = (headers: Record<string, string>) => t.get("/auth/me", undefined, headers);

/** Whoever has the password of an account, and signs in with it. */
async function signedIn(member: Someone): Promise<Someone & { token: string }> {
  const reply = await login(member.email);
  return { ...member, cookie: cookieOf(reply), token: reply.json().accessToken };
}

async function aMember(): Promise<Someone> {
  const member = await aUser(t);
  await t.db.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", member.userId).execute();
  return member;
}

/** The newest link of that kind to an address. */
async function linkTo(address: string, path: string): Promise<string> {
  const letter = (await t.lettersTo(address)).findLast(({ text }) => text.includes(`${path}?token=`));
  return new RegExp(`${path}\\?token=([\\w.-]+)`).exec(letter?.text ?? "")?.[1] ?? "";
}

const anAddress = () => `stranger-${randomBytes(5).toString("hex")}@example.org`;

/** Gives the account another address, from a session that has shown the password. */
async function change(by: Someone, email = anAddress()): Promise<string> {
  expect((await t.post("/me/email", { email }, by)).statusCode).toBe(202);
  const token = await linkTo(email, "/verify/email");
  expect((await t.post("/auth/email/confirm", { token }, undefined, elsewhere())).statusCode).toBe(204);
  return email;
}

/** Four more ways into an account, written past the ceremonies that make them. */
async function addWays(userId: string): Promise<void> {
  const now = t.ctx.now();
  const mark = randomBytes(8).toString("hex");
  const row = { user_id: userId, created_at: now };
  const key = { credential_id: mark, public_key: Buffer.from(mark), counter: 0, name: mark, is_synced: false };
  await t.db
    .insertInto("passkeys")
    .values({ id: randomUUIDv7(), ...key, ...row })
    .execute();
  const elsewhere = { provider: `house ${mark}`, subject: mark, label: mark };
  await t.db
    .insertInto("linked_accounts")
    .values({ id: randomUUIDv7(), ...elsewhere, ...row })
    .execute();
  await t.db
    .insertInto("recovery_codes")
    .values({ code_hash: Buffer.from(mark), ...row })
    .execute();
  await t.db
    .insertInto("second_factors")
    .values({ secret: Buffer.from(mark), confirmed_at: now, ...row })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

async function waysOf(userId: string) {
  const tables = ["passkeys", "linked_accounts", "recovery_codes", "second_factors"] as const;
  const rows = tables.map((table) => t.db.selectFrom(table).select("user_id").where("user_id", "=", userId).execute());
  return (await Promise.all(rows)).map(({ length }) => length);
}

/** Links a Nostr key to an account, now. */
async function linkKey(userId: string): Promise<string> {
  const pubkey = randomBytes(32).toString("hex");
  const linked = t.db.updateTable("users").set({ pubkey, pubkey_since: t.ctx.now() }).where("id", "=", userId);
  await linked.execute();
  return pubkey;
}

describe("an address that a stranger has changed", () => {
  it("is put back by the letter to it: all are out, and the password opens nothing until there is a new one", async () => {
    const member = await aMember();
    const stranger = await signedIn(member);
    const email = await change(stranger);
    const token = await linkTo(member.email, "/verify/email/undo");
    // Nothing in it may say that whoever it was not can leave it unanswered.
    expect((await t.lettersTo(member.email)).at(-1)?.text).not.toContain("unanswered");

    const reply = await undo(token);

    expect(reply.statusCode).toBe(200);
    const bearer = { authorization: `Bearer ${stranger.token}` };
    const replies = [
      await whoIs({ cookie: stranger.cookie }),
      await whoIs({ cookie: member.cookie }),
      await whoIs(bearer),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect([said(await login(member.email)), said(await login(email))]).toEqual([
      [401, "auth.wrong"],
      [401, "auth.wrong"],
    ]);
    const reset = { token: reply.json().token, password: "second of all words" };
    const entered = await t.post("/auth/password/reset", reset, undefined, elsewhere());
    expect(entered.json()).toMatchObject({ user: { id: member.userId, email: member.email } });
    expect((await t.lettersTo(email)).at(-1)?.kind).toBe("identity.email_put_back");
    const entries = t.db.selectFrom("audit_entries").select("action").where("subject_id", "=", member.userId);
    expect((await entries.execute()).map(({ action }) => action)).toContain("identity.email_put_back");
  });

  it("loses what was added since the stranger signed in, and keeps what stood before", async () => {
    const member = await aMember();
    await addWays(member.userId);
    await t.db.deleteFrom("second_factors").where("user_id", "=", member.userId).execute();
    const key = await linkKey(member.userId);
    t.travel(minute);
    const stranger = await signedIn(member);
    await addWays(member.userId);
    t.travel(minute);
    await change(stranger);
    await addWays(member.userId);
    expect(await waysOf(member.userId)).toEqual([3, 3, 3, 1]);

    expect((await undo(await linkTo(member.email, "/verify/email/undo"))).statusCode).toBe(200);

    expect(await waysOf(member.userId)).toEqual([1, 1, 1, 0]);
    const user = t.db.selectFrom("users").select("pubkey").where("id", "=", member.userId);
    expect((await user.executeTakeFirst())?.pubkey).toBe(key);
  });

  it("keeps the owner's second factor, and loses a key that was linked since", async () => {
    const member = await aMember();
    const stranger = await signedIn(member);
    t.travel(minute);
    await linkKey(member.userId);
    const old = new Date(t.ctx.now().getTime() - day);
    const factor = { secret: Buffer.from("x"), confirmed_at: old, created_at: old, user_id: member.userId };
    await t.db.insertInto("second_factors").values(factor).execute();
    await change(stranger);

    await undo(await linkTo(member.email, "/verify/email/undo"));

    const user = t.db.selectFrom("users").select("pubkey").where("id", "=", member.userId);
    expect([(await user.executeTakeFirst())?.pubkey, await waysOf(member.userId)]).toEqual([null, [0, 0, 0, 1]]);
  });

  it("is put back once, within seven days, and by our link alone", async () => {
    const [late, twice] = [await aMember(), await aMember()];
    await change(await signedIn(twice));
    const used = await linkTo(twice.email, "/verify/email/undo");
    const replies = await Promise.all([undo(used), undo(used)]);
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410]);
    await change(await signedIn(late));
    const token = await linkTo(late.email, "/verify/email/undo");
    for (const forged of ["1.address.nonsense", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`])
      expect(said(await undo(forged))).toEqual([410, "auth.link_invalid"]);

    t.travel(7 * day);

    expect(said(await undo(token))).toEqual([410, "auth.link_invalid"]);
  });

  it("is put back over everything that came after it, whose links are dead then", async () => {
    const member = await aMember();
    const stranger = await signedIn(member);
    const email = await change(stranger);
    const next = { currentPassword: password, newPassword: "a stranger's own words" };
    expect((await t.post("/auth/password/change", next, stranger)).statusCode).toBe(204);
    await change(stranger);
    const [mine, theirs] = [
      await linkTo(member.email, "/verify/email/undo"),
      await linkTo(email, "/verify/email/undo"),
    ];

    expect((await undo(mine)).statusCode).toBe(200);

    expect(said(await undo(theirs))).toEqual([410, "auth.link_invalid"]);
    const { email: now } = await t.db
      .selectFrom("users")
      .select("email")
      .where("id", "=", member.userId)
      .executeTakeFirstOrThrow();
    expect(now).toBe(member.email);
  });

  it("that the owner has changed back leaves the stranger no link", async () => {
    const member = await aMember();
    const owner = await signedIn(member);
    const email = await change(owner);
    await change(owner, member.email);

    expect((await t.lettersTo(email)).at(-1)?.kind).toBe("identity.email_changed");
    expect(await linkTo(email, "/verify/email/undo")).toBe("");
    expect(said(await undo(await linkTo(member.email, "/verify/email/undo")))).toEqual([410, "auth.link_invalid"]);
  });

  it("and that another account has by now is left there; once it is free, the same link puts it back", async () => {
    const member = await aMember();
    await change(await signedIn(member));
    const other = await aUser(t, { email: member.email });
    const token = await linkTo(member.email, "/verify/email/undo");

    expect(said(await undo(token))).toEqual([409, "auth.address_taken"]);

    await t.db.updateTable("people").set({ email: anAddress() }).where("id", "=", other.personId).execute();
    await t.db.updateTable("users").set({ email: anAddress() }).where("id", "=", other.userId).execute();
    expect((await undo(token)).statusCode).toBe(200);
  });
});
