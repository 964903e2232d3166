import { request as ask, createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { EngineDouble } from "#server/gateways/engine-double.ts";
import { createMediaDoor, isMediaSocket } from "#server/modules/rooms/proxy.ts";
import { aGuestAt, anEvent, type GuestAt, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let engine: EngineDouble;
let server: Server;
let port: number;
beforeAll(async () => {
  t = await startTestApp();
  engine = await new EngineDouble().start();
  t.setMedia(engine);
  const door = createMediaDoor(t.ctx, (origin) => origin === t.settings.publicUrl);
  server = createServer((request, response) => void door.validate(request, response));
  server.on("upgrade", (request, socket: Socket, head) => void door.upgrade(request, socket, head));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  engine.close();
  await t.close();
});

let gatheringId: string;
let host: Someone;
let guest: GuestAt;
let token: string;
beforeEach(async () => {
  engine.isAway = false;
  engine.knocks.length = 0;
  ({ gatheringId, host } = await anEvent(t, { format: "virtual", startsIn: 1 }));
  await t.post(`/gatherings/${gatheringId}/start`, {}, host);
  guest = await aGuestAt(t, gatheringId);
  const reply = await t.post(
    `/gatherings/${gatheringId}/room/passes`,
    { device: "laptop-1" },
    undefined,
    guest.headers,
  );
  token = reply.json().token;
});

/** The status line and body with which an upgrade is answered. */
function upgrade(bearer = token, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const lines = { host: "localhost", connection: "Upgrade", upgrade: "websocket", ...headers };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((done, failed) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
      socket.end();
    });
    socket.on("error", failed);
    socket.on("close", () => done({ status: Number(text.split(" ")[1]), text: text.split("\r\n\r\n")[1] ?? "" }));
    socket.write(`GET /rtc/v1?access_token=${bearer} HTTP/1.1\r\n${head.join("")}\r\n`);
  });
}

const validate = (bearer = token) =>
  new Promise<{ status: number; text: string }>((done, failed) => {
    const sent = ask({ port, host: "127.0.0.1", path: `/rtc/v1/validate?access_token=${bearer}` }, (reply) => {
      let text = "";
      reply.on("data", (chunk) => {
        text += chunk;
      });
      reply.on("end", () => done({ status: reply.statusCode ?? 0, text }));
    });
    sent.on("error", failed);
    sent.end();
  });

describe("the way to the engine", () => {
  it("is open to who may enter, over the socket and for the question why not", async () => {
    expect(await upgrade()).toMatchObject({ status: 101 });
    expect(await validate()).toEqual({ status: 200, text: "success" });

    expect(engine.knocks).toEqual(["/rtc/v1", "/rtc/v1/validate"]);
  });

  it("is shut to a banned person's old pass, with the reason on both", async () => {
    await t.post(`/gatherings/${gatheringId}/people/${guest.personId}/ban`, {}, host);

    expect(await upgrade()).toEqual({ status: 403, text: "access.banned" });
    expect(await validate()).toEqual({ status: 403, text: "access.banned" });
    expect(engine.knocks).toEqual([]);
  });

  it("is shut after the end, to pages of others, without a pass, and while the engine is away", async () => {
    expect(await upgrade(token, { origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
    expect(await upgrade(token, { origin: t.settings.publicUrl })).toMatchObject({ status: 101 });
    expect(await upgrade("")).toMatchObject({ status: 401 });
    expect(await upgrade(`${token}x`)).toMatchObject({ status: 401 });
    engine.isAway = true;
    expect(await upgrade()).toMatchObject({ status: 503 });
    engine.isAway = false;
    await t.post(`/gatherings/${gatheringId}/end`, {}, host);
    expect(await upgrade()).toEqual({ status: 403, text: "room.ended" });
  });

  it.each([
    "/twirp/livekit.RoomService/ListRooms",
    "/agent",
    "/debug/pprof",
    "/whip/v1",
    "/rtc/../twirp",
    "/rtcx",
    "/rtc/v2",
    "/",
  ])("leads nowhere else: %s", (path) => expect(isMediaSocket(path)).toBe(false));
});
