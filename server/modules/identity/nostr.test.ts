import { createHash, randomBytes } from "node:crypto";
import { schnorr } from "@noble/curves/secp256k1.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.7.${networks++ & 255}.7` });
const house = "http://localhost:3000/api/v1";
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const sha256 = (text: string) => createHash("sha256").update(text).digest();
const codeOf = (reply: { statusCode: number; json: () => { code?: string } }) => [
  reply.statusCode,
  reply.statusCode === 204 ? undefined : reply.json().code,
];

interface Key {
  secret: Uint8Array;
  pubkey: string;
}
function aKey(): Key {
  const { secretKey: secret, publicKey } = schnorr.keygen();
  return { secret, pubkey: hex(publicKey) };
}

/** What may be signed otherwise than the request is made; `after` is changed when all is signed. */
interface Over {
  kind?: number;
  url?: string;
  method?: string;
  payload?: string;
  secondsAgo?: number;
  after?: Record<string, unknown>;
}

function proofBy({ secret, pubkey }: Key, over: Over = {}): string {
  const { kind = 27_235, url = `${house}/auth/nostr`, method = "POST", payload, secondsAgo = 0, after = {} } = over;
  const created_at = Math.floor(t.ctx.now().getTime() / 1000) - secondsAgo;
  const tags = [["u", url], ["method", method], ...(payload === undefined ? [] : [["payload", payload]])];
  // Two made in one second would be the same.
  const content = hex(randomBytes(4));
  const id = sha256(JSON.stringify([0, pubkey, created_at, kind, tags, content]));
  const event = { id: hex(id), pubkey, created_at, kind, tags, content, sig: hex(schnorr.sign(id, secret)), ...after };
  return `Nostr ${Buffer.from(JSON.stringify(event)).toString("base64")}`;
}

const enter = (authorization: string, body = "", query = "") =>
  t.request({
    method: "POST",
    url: `/api/v1/auth/nostr${query}`,
    headers: { authorization, "content-type": "application/octet-stream", ...elsewhere() },
    payload: body,
  });
const link = (key: Key, as?: Someone, over: Over = {}) => {
  const authorization = proofBy(key, { url: `${house}/me/nostr-key`, method: "PUT", ...over });
  return t.send("PUT", "/me/nostr-key", undefined, as, { authorization });
};

async function aMember(): Promise<Someone> {
  const who = await aUser(t);
  await t.db.updateTable("sessions").set({ confirmed_at: t.ctx.now() }).where("user_id", "=", who.userId).execute();
  return who;
}

async function linked(): Promise<{ who: Someone; key: Key }> {
  const [who, key] = [await aMember(), aKey()];
  expect((await link(key, who)).statusCode).toBe(200);
  return { who, key };
}

const refused = [401, "nostr.refused"];

describe("a Nostr key", () => {
  it("opens the account that it is linked to, by a request signed with it", async () => {
    const { who, key } = await linked();

    const reply = await enter(proofBy(key));

    expect(reply.json().user.id).toBe(who.userId);
    expect(reply.headers["set-cookie"]).toMatch(/^plenary_session=\w/);
    expect((await t.get("/me/security", who)).json().nostrKey).toMatch(/^npub1[a-z0-9]{58}$/);
    expect((await t.lettersTo(who.email)).map(({ kind }) => kind)).toEqual(["identity.key_linked"]);
  });

  it("opens it by the address without a version, with a body that was signed for, and for a token", async () => {
    const { who, key } = await linked();
    const body = '{"from":"a program"}';
    const bare = proofBy(key, { url: "http://localhost:3000/api/auth/nostr" });
    const whole = proofBy(key, { payload: hex(sha256(body)) });
    const asking = proofBy(key, { url: `${house}/auth/nostr?token=true` });

    const replies = [await enter(bare), await enter(whole, body), await enter(asking, "", "?token=true")];

    expect(replies.map((reply) => reply.json().user?.id)).toEqual([who.userId, who.userId, who.userId]);
    expect(replies[2]?.json().accessToken).toMatch(/^ey/);
  });

  it.each<[string, Over]>([
    ["is an event of another kind", { kind: 22_242 }],
    ["was signed for another house", { url: "https://elsewhere.example.org/api/v1/auth/nostr" }],
    ["was signed for another address here", { url: `${house}/me/nostr-key` }],
    ["was signed for another query", { url: `${house}/auth/nostr?token=true` }],
    ["was signed for another method", { method: "GET" }],
    ["was signed for another body", { payload: hex(sha256("something else")) }],
    ["was signed more than a minute ago", { secondsAgo: 62 }],
    ["was signed for later", { secondsAgo: -62 }],
    ["names another key", { after: { pubkey: aKey().pubkey } }],
    ["names another id", { after: { id: "0".repeat(64) } }],
    ["was altered", { after: { content: "altered" } }],
    ["has another signature", { after: { sig: hex(randomBytes(64)) } }],
    ["has no signature", { after: { sig: "" } }],
    ["has a time that is none", { after: { created_at: "now" } }],
  ])("opens nothing by what %s", async (_what, over) => {
    const { key } = await linked();

    const reply = await enter(proofBy(key, over));

    expect(codeOf(reply)).toEqual(refused);
    expect(reply.headers["set-cookie"]).toBeUndefined();
  });

  it("opens nothing with a body that was not signed for", async () => {
    const { key } = await linked();

    expect(codeOf(await enter(proofBy(key), "slipped in"))).toEqual(refused);
  });

  it.each(["", "Nostr", "Nostr !!", "Nostr e30=", `Nostr ${"A".repeat(20_000)}`, "Nostr bnVsbA=="])(
    "opens nothing by nonsense: %#",
    async (authorization) => {
      expect(codeOf(await enter(authorization))).toEqual(refused);
    },
  );

  it("opens once by one signature, however often it is shown at once", async () => {
    const { key } = await linked();
    const proof = proofBy(key);

    const replies = await Promise.all([1, 2, 3, 4].map(() => enter(proof)));

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401, 401, 401]);
    t.travel(30_000);
    expect(codeOf(await enter(proof))).toEqual(refused);
  });

  it("is answered alike whether nobody has it or it was shown wrongly", async () => {
    const { key } = await linked();

    const [unknown, wrong] = [await enter(proofBy(aKey())), await enter(proofBy(key, { secondsAgo: 600 }))];

    expect([unknown.statusCode, unknown.body]).toEqual([wrong.statusCode, wrong.body]);
  });

  it("asks for the second factor, and opens nothing that is banned", async () => {
    const { who, key } = await linked();
    const factor = { user_id: who.userId, secret: Buffer.of(1), confirmed_at: t.ctx.now(), created_at: t.ctx.now() };
    await t.db.insertInto("second_factors").values(factor).execute();
    expect((await enter(proofBy(key))).json()).toMatchObject({ code: "auth.second_step", step: expect.any(String) });

    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", who.userId).execute();
    expect(codeOf(await enter(proofBy(key)))).toEqual([403, "auth.banned"]);
  });
});

describe("linking a key", () => {
  it("needs that one has just shown who one is, and a proof for just that", async () => {
    const [who, key] = [await aUser(t), aKey()];
    expect(codeOf(await link(key))).toEqual([401, "auth.required"]);
    expect(codeOf(await link(key, who))).toEqual([403, "auth.confirm_needed"]);

    const member = await aMember();
    expect(codeOf(await link(key, member, { url: `${house}/auth/nostr` }))).toEqual(refused);
    expect((await t.get("/me/security", member)).json().nostrKey).toBeNull();
  });

  it("takes no key of another account, of two at once one, and says no more than that it did not", async () => {
    const { key } = await linked();
    const other = await aMember();
    const [taken, wrong] = [await link(key, other), await link(aKey(), other, { secondsAgo: 600 })];
    expect([taken.statusCode, taken.body]).toEqual([wrong.statusCode, wrong.body]);

    const [fresh, one, two] = [aKey(), await aMember(), await aMember()];
    const replies = await Promise.all([link(fresh, one), link(fresh, two)]);
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 401]);
  });

  it("puts a new key in the place of the old one, and unlinking leaves none", async () => {
    const { who, key: old } = await linked();
    const key = aKey();
    await link(key, who);
    expect(codeOf(await enter(proofBy(old)))).toEqual(refused);
    expect((await enter(proofBy(key))).statusCode).toBe(200);

    expect((await t.send("DELETE", "/me/nostr-key", undefined, who)).statusCode).toBe(204);

    expect(codeOf(await enter(proofBy(key)))).toEqual(refused);
    expect(codeOf(await t.send("DELETE", "/me/nostr-key", undefined, who))).toEqual([404, "nostr.not_found"]);
    expect((await t.lettersTo(who.email)).at(-1)?.kind).toBe("identity.key_unlinked");
  });
});
