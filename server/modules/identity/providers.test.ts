import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Adapter, AdapterPayload, Configuration } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { hashPassword } from "#server/modules/identity/passwords.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

/** A provider of npm's `oidc-provider`, where anybody signs in by saying who they are: an address, and whether it is verified. */
const port = 3000;
const client = { client_id: "plenary", client_secret: "a secret between houses" };
let elsewhere: { server: Server; issuer: string };
let t: TestApp;
let networks = 0;
const password = "first of all words";

/** What the provider remembers: for as long as this test. */
class Memory implements Adapter {
  static rows = new Map<string, AdapterPayload>();
  readonly model: string;
  constructor(model: string) {
    this.model = model;
  }
  key = (id: string) => `${this.model}:${id}`;
  upsert = async (id: string, payload: AdapterPayload) => void Memory.rows.set(this.key(id), payload);
  find = async (id: string) => Memory.rows.get(this.key(id));
  findByUid = async (uid: string) => [...Memory.rows.values()].find((row) => row.uid === uid);
  findByUserCode = async () => undefined;
  consume = async (id: string) => void Object.assign(Memory.rows.get(this.key(id)) ?? {}, { consumed: 1 });
  destroy = async (id: string) => void Memory.rows.delete(this.key(id));
  revokeByGrantId = async () => {};
}

/** Everything it would otherwise choose for itself, and warn of. */
const configuration: Configuration = {
  adapter: Memory,
  jwks: {
    keys: [{ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }) } as never],
  },
  ttl: { AccessToken: 600, AuthorizationCode: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  clients: [{ ...client, redirect_uris: [`http://localhost:${port}/sign-in/with/oidc/done`] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["for this test alone"] },
  findAccount: async (_ctx, sub) => ({
    accountId: sub,
    claims: async () => {
      const [email, verified] = sub.split("|");
      return { sub, email, email_verified: verified === "verified", name: "Ada Elsewhere" };
    },
  }),
  // Nobody is asked whether we may know what we ask for.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
};

// Past its front door, which warns of every Node whose release has no long-term name.
const { Provider } = (await import("oidc-provider/lib/provider.js" as string)) as typeof import("oidc-provider");

async function startElsewhere(): Promise<{ server: Server; issuer: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration);
  const handle = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return handle(request, response);
    const login = { accountId: String(request.headers["x-who"]) };
    return provider.interactionFinished(request, response, { login });
  });
  return { server, issuer };
}

beforeAll(async () => {
  elsewhere = await startElsewhere();
  const oidc = { id: "oidc", name: "Elsewhere", issuer: elsewhere.issuer } as const;
  t = await startTestApp({
    publicUrl: `http://localhost:${port}`,
    trustedProxy: ["127.0.0.1"],
    signInProviders: [{ ...oidc, clientId: client.client_id, clientSecret: client.client_secret }],
  });
});
afterAll(async () => {
  await t.close();
  elsewhere.server.close();
});

const network = () => ({ "x-forwarded-for": `10.5.${networks++ & 255}.7` });

/** Walks the way there as a browser does, and comes back with what stands in the address. */
async function walk(url: string, who: string): Promise<string> {
  const jar = new Map<string, string>();
  let at = url;
  for (let steps = 0; steps < 20; steps += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie, "x-who": who } });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (!location) throw new Error(`Nothing to go on with: ${(await answer.text()).slice(0, 300)}`);
    at = new URL(location, at).href;
    if (new URL(at).port === String(port)) return new URL(at).search.slice(1);
  }
  throw new Error("The way there does not end.");
}

const begin = (as?: Someone) => t.post("/auth/providers/oidc/begin", { next: "/events" }, as, network());
const end = (search: string, as?: Someone) => t.post("/auth/providers/oidc/end", { search }, as, network());
async function through(who: string, as?: Someone) {
  return end(await walk((await begin(as)).json().url, who), as);
}
const said = (reply: { statusCode: number; json: () => { code?: string } }) => [reply.statusCode, reply.json().code];
const anAddress = () => `elsewhere${networks++}@example.org`;

async function aMember(): Promise<Someone> {
  const member = await aUser(t);
  const passwordHash = await hashPassword(t.ctx, password);
  await t.db.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", member.userId).execute();
  await t.post("/auth/confirm", { password }, member);
  return member;
}

describe("an account elsewhere", () => {
  it("makes an account here from a verified address, and opens it again", async () => {
    const email = anAddress();

    const first = await through(`${email}|verified`);
    const again = await through(`${email}|verified`);

    expect(first.json()).toMatchObject({ user: { email, name: "Ada Elsewhere" }, next: "/events" });
    expect(first.headers["set-cookie"]).toMatch(/^plenary_session=\w/);
    expect(again.json().user.id).toBe(first.json().user.id);
  });

  it("opens the account that has its verified address, and its owner is told", async () => {
    const member = await aMember();

    const reply = await through(`${member.email}|verified`);

    expect(reply.json().user.id).toBe(member.userId);
    expect((await t.lettersTo(member.email)).map(({ kind }) => kind)).toEqual(["identity.account_linked"]);
  });

  it("with an address that nobody verified opens nothing and makes nothing", async () => {
    const member = await aMember();
    const nobody = anAddress();

    for (const email of [member.email, nobody]) {
      expect(said(await through(`${email}|unverified`))).toEqual([403, "provider.unverified"]);
    }

    expect(await t.db.selectFrom("users").select("id").where("email", "=", nobody).execute()).toEqual([]);
    expect(await t.lettersTo(member.email)).toEqual([]);
  });

  it("is linked by who is signed in and has just shown the password, and unlinked again", async () => {
    const member = await aMember();
    const who = `${anAddress()}|unverified`;

    expect((await through(who, member)).statusCode).toBe(200);
    expect((await through(who)).json().user.id).toBe(member.userId);
    const [linked] = (await t.get("/me/linked-accounts", member)).json().items;
    expect(linked).toMatchObject({ provider: "oidc", name: "Elsewhere" });
    const other = await aMember();
    expect(said(await through(who, other))).toEqual([409, "provider.taken"]);
    expect((await t.send("DELETE", `/me/linked-accounts/${linked.id}`, undefined, other)).statusCode).toBe(404);

    expect((await t.send("DELETE", `/me/linked-accounts/${linked.id}`, undefined, member)).statusCode).toBe(204);
    expect(said(await through(who))).toEqual([403, "provider.unverified"]);
    t.travel(11 * 60_000);
    expect(said(await begin(member))).toEqual([403, "auth.confirm_needed"]);
  });

  it("is come back from once, by who went there, and not with another's answer", async () => {
    const [one, other] = [await aMember(), await aMember()];
    const search = await walk((await begin(one)).json().url, `${anAddress()}|verified`);
    expect(said(await end(search, other))).toEqual([410, "auth.link_invalid"]);
    expect(said(await end(search, one))).toEqual([410, "auth.link_invalid"]);

    const mine = new URLSearchParams(await walk((await begin()).json().url, `${anAddress()}|verified`));
    const state = new URL((await begin()).json().url).searchParams.get("state") ?? "";
    mine.set("state", state);
    expect(said(await end(mine.toString()))).toEqual([403, "provider.refused"]);
    expect(said(await end("error=access_denied"))).toEqual([410, "auth.link_invalid"]);
  });

  it("of a house that is not configured is no way in", async () => {
    expect((await t.get("/auth/providers")).json().items).toEqual([{ id: "oidc", name: "Elsewhere" }]);
    expect(said(await t.post("/auth/providers/google/begin", {}, undefined, network()))).toEqual([
      404,
      "provider.not_found",
    ]);
  });
});
