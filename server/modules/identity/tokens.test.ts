import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUIDv7 } from "node:crypto";
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from "jose";
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
let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.6.${networks++ & 255}.7` });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const whoIs = async (headers: Record<string, string>) => (await t.get("/auth/me", undefined, headers)).statusCode;

interface WithToken extends Someone {
  token: string;
}

async function aMember(): Promise<WithToken> {
  const member = await aUser(t);
  await t.db.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", member.userId).execute();
  const reply = await t.post("/auth/login?token=true", { email: member.email, password }, undefined, elsewhere());
  expect(reply.json()).toMatchObject({ user: { id: member.userId }, expiresIn: 900 });
  return {
    ...member,
    token: reply.json().accessToken,
    cookie: String(reply.headers["set-cookie"]).split(";")[0] ?? "",
  };
}

describe("an access token", () => {
  it("speaks for its session for fifteen minutes; the session gets a fresh one", async () => {
    const member = await aMember();
    expect(await whoIs(bearer(member.token))).toBe(200);
    t.travel(15 * minute + 1000);
    expect(await whoIs(bearer(member.token))).toBe(401);

    const { accessToken } = (await t.post("/auth/token", {}, member)).json();

    expect(await whoIs(bearer(accessToken))).toBe(200);
    const prolonged = await t.post("/auth/token", {}, undefined, bearer(accessToken));
    expect([prolonged.statusCode, prolonged.json().code]).toEqual([403, "auth.forbidden"]);
  });

  it("is dead at once with its session, and with a ban", async () => {
    const [out, banned] = [await aMember(), await aMember()];
    await t.post("/auth/logout", {}, out);
    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", banned.userId).execute();

    expect([await whoIs(bearer(out.token)), await whoIs(bearer(banned.token))]).toEqual([401, 401]);
  });

  it("can be read by others with our public key", async () => {
    const member = await aMember();
    const keys = (await t.request({ method: "GET", url: "/.well-known/jwks.json" })).json();

    const { payload } = await jwtVerify(member.token, createLocalJWKSet(keys), { currentDate: t.ctx.now() });

    expect(payload).toMatchObject({ sub: member.userId, iss: t.settings.publicUrl, aud: t.settings.publicUrl });
    expect(Object.keys(keys.keys[0]).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  });

  it("counts alone: a cookie beside one that is dead opens nothing", async () => {
    const member = await aMember();

    expect(await whoIs({ ...bearer("nonsense"), cookie: member.cookie })).toBe(401);
    expect(await whoIs({ authorization: "Bearer", cookie: member.cookie })).toBe(200);
  });

  it("is not asked for its origin; a cookie is", async () => {
    const { cookie, token } = await aMember();
    const foreign = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    const change = (headers: Record<string, string>) =>
      t.send("PATCH", "/me", { name: "Lin" }, undefined, { ...foreign, ...headers });

    expect((await change(bearer(token))).statusCode).toBe(200);
    const byCookie = await change({ cookie });
    expect([byCookie.statusCode, byCookie.json().code]).toEqual([403, "request.foreign_origin"]);
    expect((await change({ ...bearer("nonsense"), cookie })).statusCode).toBe(401);
  });

  it("is believed with our signature alone", async () => {
    const { token } = await aMember();
    const [head, body = "", signature] = token.split(".");
    const claims = decodeJwt(token);
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${body}.`;
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .sign(Buffer.from("t".repeat(43)));
    const altered = Buffer.from(JSON.stringify({ ...claims, exp: Number(claims.exp) + 9999 })).toString("base64url");

    for (const forged of [unsigned, shared, `${head}.${altered}.${signature}`, `${token}x`, "..", "a.b.c"]) {
      expect(await whoIs(bearer(forged)), forged).toBe(401);
    }
  });

  const soon = () => Math.floor(t.ctx.now().getTime() / 1000) + 60;
  it.each([
    [200, "nothing wrong with it", {}],
    [401, "another key", { key: generateKeyPairSync("ed25519").privateKey }],
    [401, "another audience", { aud: "https://elsewhere.example" }],
    [401, "no audience", { aud: undefined }],
    [401, "another issuer", { iss: "https://elsewhere.example" }],
    [401, "a time that is still to come", { nbf: soon }],
    [401, "another purpose", { typ: "JWT" }],
    [401, "no session", { sid: undefined }],
    [401, "a session that there is not", { sid: randomUUIDv7() }],
  ])("gets %i with %s", async (status, _what, { key = ourKey(), typ = "at+jwt", nbf, ...over }: Wrong) => {
    const { token } = await aMember();
    const claims = { ...decodeJwt(token), ...over, ...(nbf && { nbf: nbf() }) };

    const forged = await new SignJWT(claims).setProtectedHeader({ alg: "EdDSA", typ }).sign(key);

    expect(await whoIs(bearer(forged))).toBe(status);
  });
});

interface Wrong extends Record<string, unknown> {
  key?: KeyObject;
  typ?: string;
  nbf?: () => number;
}

/** The key that the house signs with, made of its secret once more. */
const ourKey = () =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from("302e020100300506032b657004220420", "hex"),
      Buffer.from(t.settings.secrets.tokens, "base64url").subarray(0, 32),
    ]),
    format: "der",
    type: "pkcs8",
  });
