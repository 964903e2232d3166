import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { importJWK, jwtVerify } from "jose";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { openPush } from "#server/gateways/push.ts";
import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

/** A push service that keeps what it is handed, and answers as it is told. */
let service: { server: Server; origin: string };
let received: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
let status = 201;
let t: TestApp;
beforeAll(async () => {
  const server = createServer(async (request, response) => {
    received.push({ path: request.url ?? "", headers: request.headers, body: await buffer(request) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  service = { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  t = await startTestApp();
  t.ctx.gateways.push = openPush(t.settings, [service.origin]);
});
beforeEach(() => {
  received = [];
  status = 201;
});
afterAll(async () => {
  service.server.close();
  await t.close();
});

/** A browser, with keys of its own. */
class Browser {
  readonly pair = createECDH("prime256v1");
  readonly auth = randomBytes(16);
  readonly path = `/send/${randomBytes(8).toString("hex")}`;
  constructor() {
    this.pair.generateKeys();
  }

  get subscription() {
    const keys = { p256dh: this.pair.getPublicKey("base64url"), auth: this.auth.toString("base64url") };
    return { endpoint: service.origin + this.path, keys };
  }

  get rings() {
    return received.filter(({ path }) => path === this.path);
  }

  /** What it was told last, opened as RFC 8291 and RFC 8188 say. */
  get told(): Record<string, string> {
    const body = this.rings.at(-1)?.body ?? Buffer.alloc(0);
    const [salt, house, sealed] = [body.subarray(0, 16), body.subarray(21, 21 + 65), body.subarray(21 + 65)];
    const hkdf = (ikm: Buffer, from: Buffer, info: Buffer | string, size: number) =>
      Buffer.from(hkdfSync("sha256", ikm, from, info, size));
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.pair.getPublicKey(), house]);
    const shared = hkdf(this.pair.computeSecret(house), this.auth, info, 32);
    const key = hkdf(shared, salt, "Content-Encoding: aes128gcm\0", 16);
    const nonce = hkdf(shared, salt, "Content-Encoding: nonce\0", 12);
    const cipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString("utf8");
    // Padding begins with a 2.
    return JSON.parse(plain.slice(0, plain.lastIndexOf("\x02")));
  }
}

async function rung(who?: Someone) {
  const [owner, browser] = [who ?? (await aUser(t)), new Browser()];
  const reply = await t.send("PUT", "/me/devices", browser.subscription, owner);
  expect(reply.statusCode, reply.body).toBe(200);
  return { owner, browser, id: reply.json().id as string };
}

/** Something happens that its holder is told of. */
async function happens(who: Someone): Promise<string> {
  const event = await anEvent(t);
  const reply = await t.post(`/events/${event.eventId}/register`, { ticketTypeId: event.ticketTypeIds[0] }, who);
  await t.settle();
  return reply.json().id;
}

const prefer = (who: Someone, places: object) => t.send("PATCH", "/me/notification-preferences", { places }, who);
const noticesOf = async (who: Someone) => (await t.get("/me/notices", who)).json().items.length;

describe("a device", () => {
  it("is rung with what only it can read, and what names nothing", async () => {
    const { owner, browser } = await rung();

    const registrationId = await happens(owner);

    expect(browser.rings).toHaveLength(1);
    expect(browser.told).toMatchObject({
      title: "Plenary",
      body: "There is news about a place of yours.",
      path: `/me/tickets/${registrationId}`,
    });
    expect(JSON.stringify(browser.told)).not.toMatch(/evening|Hosts|Ada/i);
    const [{ headers, body }] = browser.rings as [(typeof received)[0]];
    expect(headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "86400" });
    expect(body.includes("news")).toBe(false);
  });

  it("is rung by a house that signs for itself", async () => {
    const { owner, browser } = await rung();
    await happens(owner);

    const [, token = "", key = ""] =
      /^vapid t=([^,]+), k=(.+)$/.exec(browser.rings[0]?.headers.authorization ?? "") ?? [];
    expect((await t.get("/me/devices", owner)).json().publicKey).toBe(key);
    const point = Buffer.from(key, "base64url");
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
    const jwk = await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256");
    const { payload } = await jwtVerify(token, jwk, { audience: service.origin });
    expect(payload.sub).toBe("mailto:plenary@localhost");
  });

  it("names what it is about once its owner allows it", async () => {
    const { owner, browser, id } = await rung();
    expect((await t.send("PATCH", `/me/devices/${id}`, { showsTitles: true }, owner)).json().showsTitles).toBe(true);

    await happens(owner);

    expect(browser.told.body).toBe("You have a place at An evening together.");
  });

  it("is rung for what its owner wants, apart from what they want to read here", async () => {
    const { owner, browser } = await rung();
    await prefer(owner, { push: false });
    await happens(owner);
    expect([browser.rings.length, await noticesOf(owner)]).toEqual([0, 1]);

    await prefer(owner, { push: true, notice: false });
    await happens(owner);
    expect([browser.rings.length, await noticesOf(owner)]).toEqual([1, 1]);

    await prefer(owner, { push: false });
    await happens(owner);
    expect([browser.rings.length, await noticesOf(owner)]).toEqual([1, 1]);
  });

  it.each([404, 410])("that is no longer there (%i) is forgotten", async (answer) => {
    const { owner } = await rung();
    status = answer;

    await happens(owner);

    expect((await t.get("/me/devices", owner)).json().items).toEqual([]);
  });

  it.each([400, 403, 413])(
    "whose service refuses (%i) is not rung with the same again, and is kept",
    async (answer) => {
      const { owner, browser } = await rung();
      status = answer;

      await happens(owner);

      expect(browser.rings).toHaveLength(1);
      expect((await t.get("/me/devices", owner)).json().items).toHaveLength(1);
    },
  );

  it("whose service is no longer outside is not tried again", async () => {
    const { owner, id } = await rung();
    await t.db.updateTable("push_devices").set({ endpoint: "https://10.0.0.8/x" }).where("id", "=", id).execute();

    // Throws when a job is left to be tried again.
    await happens(owner);
  });

  it("whose service fails is rung again, with what replaces itself", async () => {
    const { owner, browser } = await rung();
    await happens(owner);
    const { tag } = browser.told;
    const row = t.db.selectFrom("facts").select("id").where("name", "=", "notification.rung").orderBy("id", "desc");
    const { id } = await row.executeTakeFirstOrThrow();
    await t.query("update facts set delivered = '{}'");
    status = 503;
    const errors: string[] = [];
    t.ctx.log = pino({ level: "error" }, { write: (line) => errors.push(line) });
    await expect(t.runFact(id)).rejects.toThrow("503");
    // Nothing of ours is wrong.
    expect(errors).toEqual([]);
    status = 201;

    await t.runFact(id);
    await t.runFact(id);

    expect(browser.rings).toHaveLength(3);
    expect([browser.told.tag, browser.rings[2]?.headers.topic]).toEqual([tag, tag]);
    // What was news yesterday is none.
    t.travel(86_400_001);
    await t.query("update facts set delivered = '{}'");
    await t.runFact(id);
    expect(browser.rings).toHaveLength(3);
  });

  it("is left in peace once nobody is signed in there, or somebody else is", async () => {
    const { owner, browser } = await rung();
    const other = { ...(await aUser(t)), browser };
    await t.send("PUT", "/me/devices", browser.subscription, other);
    await happens(owner);
    expect(browser.rings).toEqual([]);
    expect((await t.get("/me/devices", owner)).json().items).toEqual([]);

    await happens(other);
    expect(browser.rings).toHaveLength(1);
    await t.post("/auth/logout", {}, other);
    const left = await t.db.selectFrom("push_devices").select("id").where("user_id", "=", other.userId).execute();
    expect(left).toEqual([]);
  });

  it("is not rung with what was meant before its session ended", async () => {
    const { owner, browser } = await rung();
    await t.db.updateTable("sessions").set({ expires_at: t.ctx.now() }).where("user_id", "=", owner.userId).execute();
    const fresh = await aUser(t);
    const event = await anEvent(t, { by: owner });
    await t.post(`/events/${event.eventId}/register`, { ticketTypeId: event.ticketTypeIds[0] }, fresh);
    await t.settle();

    expect(browser.rings).toEqual([]);
  });

  it("is seen, changed and left in peace by its owner alone", async () => {
    const { owner, id } = await rung();
    const stranger = await aUser(t);
    const replies = [
      await t.send("PATCH", `/me/devices/${id}`, { showsTitles: true }, stranger),
      await t.send("DELETE", `/me/devices/${id}`, undefined, stranger),
    ];
    expect(replies.map((reply) => reply.json().code)).toEqual(Array(2).fill("device.not_found"));
    expect((await t.get("/me/devices", stranger)).json().items).toEqual([]);
    expect((await t.get("/me/devices", owner)).json().items).toMatchObject([
      { id, agent: "test", isHere: true, showsTitles: false },
    ]);

    expect((await t.send("DELETE", `/me/devices/${id}`, undefined, owner)).statusCode).toBe(204);
    expect((await t.get("/me/devices", owner)).json().items).toEqual([]);
  });

  it.each(["http://push.example.org/x", "https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.8/x"])(
    "is not rung over %s",
    async (endpoint) => {
      const body = { ...new Browser().subscription, endpoint };
      const reply = await t.send("PUT", "/me/devices", body, await aUser(t));
      expect([reply.statusCode, reply.json().code]).toEqual([422, "device.refused"]);
    },
  );

  it("is not rung with keys that are none", async () => {
    const { endpoint, keys } = new Browser().subscription;
    const owner = await aUser(t);
    for (const wrong of [{ p256dh: "x" }, { auth: "" }, { auth: "x".repeat(500) }]) {
      const reply = await t.send("PUT", "/me/devices", { endpoint, keys: { ...keys, ...wrong } }, owner);
      expect(reply.json().code).toBe("request.invalid");
    }
  });
});
