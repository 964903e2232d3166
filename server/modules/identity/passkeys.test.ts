import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

let networks = 0;
const elsewhere = () => ({ "x-forwarded-for": `10.9.${networks++ & 255}.7` });
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest();
const codeOf = (reply: { statusCode: number; json: () => { code?: string } }) => [
  reply.statusCode,
  reply.statusCode === 204 ? undefined : reply.json().code,
];

const here = { origin: "http://localhost:3000", rpId: "localhost" };
const [userPresent, userVerified, hasCredential] = [1, 4, 64];

/** What a device may say that is not true. */
interface Lie {
  challenge?: string;
  origin?: string;
  rpId?: string;
  type?: string;
  flags?: number;
  counter?: number;
  credentialId?: string;
  signedBy?: Device;
  /** Changed after it was signed. */
  shownCounter?: number;
}

/** A device that keeps one passkey, with a real key of its own. */
class Device {
  readonly credentialId = base64url(randomBytes(16));
  readonly pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  counter = 0;

  make(challenge: string) {
    const { x = "", y = "" } = this.pair.publicKey.export({ format: "jwk" });
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    const id = Buffer.from(this.credentialId, "base64url");
    const about = dataOf({ flags: userPresent | userVerified | hasCredential, counter: 0 });
    const lengths = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id]);
    const authData = new Uint8Array(Buffer.concat([about, lengths, isoCBOR.encode(key)]));
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]);
    return this.answer({
      clientDataJSON: base64url(clientDataOf({ type: "webauthn.create", challenge })),
      attestationObject: base64url(isoCBOR.encode(attestation as never)),
    });
  }

  show(challenge: string, lie: Lie = {}) {
    this.counter += 1;
    const { flags = userPresent | userVerified, counter = this.counter } = lie;
    const data = dataOf({ rpId: lie.rpId, flags, counter });
    const client = clientDataOf({ challenge, type: "webauthn.get", ...lie });
    const signature = sign("sha256", Buffer.concat([data, sha256(client)]), (lie.signedBy ?? this).pair.privateKey);
    const shown = lie.shownCounter === undefined ? data : dataOf({ flags, counter: lie.shownCounter });
    const response = {
      clientDataJSON: base64url(client),
      authenticatorData: base64url(shown),
      signature: base64url(signature),
    };
    return this.answer(response, lie.credentialId);
  }

  private answer(response: object, id = this.credentialId) {
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
  }
}

function dataOf({ rpId = here.rpId, flags, counter }: { rpId?: string | undefined; flags: number; counter: number }) {
  const rest = Buffer.alloc(5);
  rest.writeUInt8(flags, 0);
  rest.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(rpId), rest]);
}

const clientDataOf = ({
  type,
  challenge,
  origin = here.origin,
}: {
  type: string;
  challenge: string;
  origin?: string;
}) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

const noteConfirmed = ({ userId }: Someone) =>
  t.db.updateTable("sessions").set({ confirmed_at: t.ctx.now() }).where("user_id", "=", userId).execute();

async function keep(owner: Someone, device = new Device(), name = "Thumb") {
  await noteConfirmed(owner);
  const { step, options } = (await t.post("/me/passkeys/begin", {}, owner)).json();
  const made = await t.post("/me/passkeys", { step, name, response: device.make(options.challenge) }, owner);
  return { device, id: made.json().id as string, status: made.statusCode };
}

async function ask(): Promise<{ step: string; challenge: string }> {
  const { step, options } = (await t.post("/auth/passkey", {}, undefined, elsewhere())).json();
  return { step, challenge: options.challenge };
}

async function enter(device: Device, lie: Lie = {}) {
  const { step, challenge } = await ask();
  return t.post("/auth/passkey/use", { step, response: device.show(challenge, lie) }, undefined, elsewhere());
}

describe("a passkey", () => {
  it("opens the account it was made for, again and again", async () => {
    const owner = await aUser(t);
    const { device } = await keep(owner);

    const replies = [await enter(device), await enter(device)];

    expect(replies.map((reply) => [reply.statusCode, reply.json().user.id])).toEqual([
      [200, owner.userId],
      [200, owner.userId],
    ]);
  });

  it.each<[string, (device: Device, stranger: Device) => Lie]>([
    ["for another challenge", () => ({ challenge: base64url(randomBytes(32)) })],
    ["on another site", () => ({ origin: "https://plenary.example.net" })],
    ["on another port of this machine", () => ({ origin: "http://localhost:3001" })],
    ["for another house", () => ({ rpId: "example.net" })],
    ["as a making, not a showing", () => ({ type: "webauthn.create" })],
    ["by touch alone", () => ({ flags: userPresent })],
    ["with nobody there", () => ({ flags: userVerified })],
    ["signed with another key", (_device, stranger) => ({ signedBy: stranger })],
    ["changed after it was signed", () => ({ counter: 2, shownCounter: 900 })],
    ["under the name of somebody else's", (_device, stranger) => ({ credentialId: stranger.credentialId })],
    ["under a name that nobody has", () => ({ credentialId: base64url(randomBytes(16)) })],
    ["whose counter has gone back", () => ({ counter: 1 })],
    ["whose counter stands still", () => ({ counter: 7 })],
  ])("opens nothing when it is shown %s", async (_how, lieOf) => {
    const { device } = await keep(await aUser(t));
    const { device: stranger } = await keep(await aUser(t));
    device.counter = 6;
    expect((await enter(device)).statusCode).toBe(200);

    const reply = await enter(device, lieOf(device, stranger));

    expect(codeOf(reply)).toEqual([422, "passkey.refused"]);
    expect(reply.headers["set-cookie"]).toBeUndefined();
  });

  it("is taken once, of two that were copied and are shown at once", async () => {
    const { device } = await keep(await aUser(t));
    const asked = await Promise.all([1, 2, 3].map(ask));
    const shown = asked.map(({ step, challenge }) => ({ step, response: device.show(challenge, { counter: 5 }) }));

    const replies = await Promise.all(shown.map((body) => t.post("/auth/passkey/use", body, undefined, elsewhere())));

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422, 422]);
  });

  it("is not taken twice for one question, nor for one that is ten minutes old", async () => {
    const { device } = await keep(await aUser(t));
    const { step, challenge } = await ask();
    const body = { step, response: device.show(challenge) };
    const use = () => t.post("/auth/passkey/use", body, undefined, elsewhere());
    expect((await use()).statusCode).toBe(200);
    expect(codeOf(await use())).toEqual([410, "auth.link_invalid"]);

    const old = await ask();
    t.travel(600_000);
    const late = { step: old.step, response: device.show(old.challenge) };
    expect(codeOf(await t.post("/auth/passkey/use", late))).toEqual([410, "auth.link_invalid"]);
  });

  it("of somebody else confirms nothing", async () => {
    const [mine, theirs] = [await aUser(t), await aUser(t)];
    const { device } = await keep(theirs);
    const { step, challenge } = await ask();

    const reply = await t.post("/auth/confirm/passkey", { step, response: device.show(challenge) }, mine);

    expect(codeOf(reply)).toEqual([422, "passkey.refused"]);
    expect((await t.get("/me/security", mine)).json().confirmedUntil).toBeNull();
  });

  it("is kept neither twice nor for who did not begin it", async () => {
    const [one, other] = [await aUser(t), await aUser(t)];
    const { device } = await keep(one);
    expect((await keep(other, device)).status).toBe(422);

    const { step, options } = (await t.post("/me/passkeys/begin", {}, one)).json();
    const body = { step, name: "Stolen", response: new Device().make(options.challenge) };
    expect(codeOf(await t.post("/me/passkeys", body, other))).toEqual([410, "auth.link_invalid"]);
  });

  it("is called otherwise by its owner alone", async () => {
    const [owner, stranger] = [await aUser(t), await aUser(t)];
    const { id } = await keep(owner);
    const rename = (name: string, by: Someone) => t.send("PATCH", `/me/passkeys/${id}`, { name }, by);

    expect(codeOf(await rename("Mine now", stranger))).toEqual([404, "passkey.not_found"]);
    expect(codeOf(await rename(" ", owner))).toEqual([400, "request.invalid"]);
    expect((await rename("Old phone", owner)).statusCode).toBe(204);
    expect((await t.get("/me/passkeys", owner)).json().items).toMatchObject([{ name: "Old phone" }]);
  });
});
