import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { EngineDouble } from "#server/gateways/engine-double.ts";
import { mayConnect } from "#server/modules/rooms/service/doors.ts";
import { reconcile } from "#server/modules/rooms/service/engine.ts";
import {
  aGuestAt,
  anEvent,
  aUser,
  type GuestAt,
  type Someone,
  startTestApp,
  type TestApp,
} from "#server/platform/testing.ts";

let t: TestApp;
let engine: EngineDouble;
beforeAll(async () => {
  t = await startTestApp();
});
beforeEach(async () => {
  engine = await new EngineDouble().start();
  t.setMedia(engine);
  return engine.close;
});
afterAll(() => t.close());

/** A room that is open, its host, and a guest with a pass. */
async function aRoom() {
  const { gatheringId, host } = await anEvent(t, { format: "virtual", startsIn: 1 });
  await t.post(`/gatherings/${gatheringId}/start`, {}, host);
  const grace = await aGuestAt(t, gatheringId, { name: "Grace" });
  const { id: room } = await t.db
    .selectFrom("rooms")
    .select("id")
    .where("gathering_id", "=", gatheringId)
    .executeTakeFirstOrThrow();
  const pass = async (guest: GuestAt, device = "laptop-1") =>
    (await t.post(`/gatherings/${gatheringId}/room/passes`, { device }, undefined, guest.headers)).json();
  const act = (what: string, guest: { personId: string }, by: Someone = host, body: object = {}) =>
    t.post(`/gatherings/${gatheringId}/people/${guest.personId}/${what}`, body, by);
  const come = (guest: GuestAt, device = "laptop-1") => engine.come(room, `${guest.personId}#${device}`);
  return { gatheringId, host, grace, room, pass, act, come };
}

const roleAt = (gatheringId: string, { userId }: Someone, role: string) =>
  t.db
    .insertInto("gathering_roles")
    .values({ gathering_id: gatheringId, user_id: userId, role, created_at: t.ctx.now() })
    .execute();

describe("a shared screen", () => {
  it("is taken down on every device, without taking anything away for good", async () => {
    const { gatheringId, grace, act, come } = await aRoom();
    const [laptop, phone, other] = [come(grace), come(grace, "phone-12"), come(await aGuestAt(t, gatheringId))];
    await act("mute", grace);
    for (const device of [laptop, phone]) device.permissions = [];

    const reply = await act("stop-screen", grace);

    expect(reply.json(), reply.body).toMatchObject({ personId: grace.personId, isMuted: true, isOut: null });
    for (const device of [laptop, phone])
      expect(device.permissions?.map((one) => one?.canPublishSources)).toEqual([
        ["CAMERA"],
        ["CAMERA", "SCREEN_SHARE"],
      ]);
    expect(other.permissions).toBeUndefined();

    expect((await act("stop-screen", { personId: randomUUIDv7() })).json().code).toBe("person.not_found");
  });
});

describe("a mute", () => {
  it("takes the microphone from every device, from new passes too, and can be given back", async () => {
    const { grace, act, come, pass } = await aRoom();
    const [laptop, phone] = [come(grace), come(grace, "phone-12")];

    const reply = await act("mute", grace);

    expect(reply.json()).toMatchObject({ personId: grace.personId, isMuted: true, isOut: null });
    for (const device of [laptop, phone]) {
      expect(device.permission).toMatchObject({
        canSubscribe: true,
        canPublish: true,
        canPublishSources: ["CAMERA", "SCREEN_SHARE"],
      });
    }
    const claims = JSON.parse(Buffer.from((await pass(grace)).token.split(".")[1], "base64url").toString());
    expect(claims.video.canPublishSources).toEqual(["camera", "screen_share"]);

    await act("mute", grace, undefined, { muted: false });
    expect(laptop.permission?.canPublishSources).toContain("MICROPHONE");
  });

  it("meets who comes with an older pass a moment later", async () => {
    const { grace, act, come } = await aRoom();
    await act("mute", grace);
    const late = come(grace);

    t.travel(1000);
    await t.settle();

    expect(late.permission?.canPublishSources).not.toContain("MICROPHONE");
  });
});

describe("a ban", () => {
  it("puts every device out at once, and shuts pass, connect, chat and people", async () => {
    const { gatheringId, grace, act, come, pass, room } = await aRoom();
    const { token } = await pass(grace);
    come(grace);
    come(grace, "phone-12");
    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });

    expect((await act("ban", grace)).json()).toMatchObject({ isOut: "banned" });

    expect(engine.rooms.get(room)?.size).toBe(0);
    expect(await mayConnect(t.ctx, token)).toMatchObject({ status: 403, code: "access.banned" });
    expect((await pass(grace, "tablet-1")).code).toBe("access.banned");
    const paths = ["messages", "people"].map((part) => `/api/v1/gatherings/${gatheringId}/${part}`);
    for (const url of paths) {
      const reply = await t.request({ method: "GET", url, headers: grace.headers });
      expect(reply.json().code).toBe("access.banned");
    }
  });

  it("meets a connect that was allowed just before and arrives just after", async () => {
    const { grace, act, come, room } = await aRoom();
    await act("ban", grace);
    come(grace);

    t.travel(1000);
    await t.settle();
    expect(engine.rooms.get(room)?.size).toBe(0);

    come(grace, "phone-12");
    t.travel(2000);
    await t.settle();
    expect(engine.rooms.get(room)?.size).toBe(0);
  });

  it("meets at the next look whoever slipped through everything else", async () => {
    const { grace, act, come, room } = await aRoom();
    await act("ban", grace);
    t.travel(10_000);
    await t.settle();
    come(grace);

    await reconcile(t.ctx);

    expect(engine.rooms.get(room)?.size).toBe(0);
  });

  it("is taken back by letting them in again", async () => {
    const { grace, act, pass } = await aRoom();
    await act("ban", grace);

    expect((await act("admit", grace)).json()).toMatchObject({ isOut: null });

    expect((await pass(grace)).token).toBeDefined();
  });
});

describe("a removal", () => {
  it("shuts the room and leaves the chat to be read, until a host lets them in", async () => {
    const { gatheringId, grace, act, pass } = await aRoom();

    await act("remove", grace);

    expect((await pass(grace)).code).toBe("room.removed");
    const url = `/api/v1/gatherings/${gatheringId}/messages`;
    expect((await t.request({ method: "GET", url, headers: grace.headers })).statusCode).toBe(200);
    const said = await t.post(`/gatherings/${gatheringId}/messages`, { text: "Let me in" }, undefined, grace.headers);
    expect(said.json().code).toBe("room.removed");
  });
});

describe("a right that is lost elsewhere", () => {
  it("puts whoever it belonged to out of the room", async () => {
    const { gatheringId, grace, come, room } = await aRoom();
    come(grace);

    const reply = await t.request({
      method: "DELETE",
      url: `/api/v1/registrations/${grace.registrationId}`,
      headers: grace.headers,
    });
    expect(reply.statusCode, reply.body).toBeLessThan(300);
    await t.settle();

    expect(engine.rooms.get(room)?.size).toBe(0);
    expect(await t.factsAbout(gatheringId)).toContain("access.rightChanged");
  });
});

describe("who may keep order", () => {
  it("is a host or a moderator, never a guest, a speaker or a stranger", async () => {
    const { gatheringId, grace, act, host } = await aRoom();
    const [moderator, speaker, stranger] = await Promise.all([aUser(t), aUser(t), aUser(t)]);
    await roleAt(gatheringId, moderator, "moderator");
    await roleAt(gatheringId, speaker, "speaker");

    for (const what of ["mute", "stop-screen", "remove", "ban", "admit", "deny"]) {
      for (const nobody of [speaker, stranger]) {
        expect((await act(what, grace, nobody)).json().code).toBe("auth.forbidden");
      }
      const byGuest = await t.post(
        `/gatherings/${gatheringId}/people/${grace.personId}/${what}`,
        {},
        undefined,
        grace.headers,
      );
      expect(byGuest.json().code).toBe("auth.required");
    }
    expect((await act("mute", grace, moderator)).statusCode).toBe(200);
    expect((await act("ban", host, moderator)).json().code).toBe("auth.forbidden");
    expect((await act("remove", host)).json().code).toBe("auth.forbidden");
    expect((await t.post(`/gatherings/${gatheringId}/end`, {}, moderator)).json().code).toBe("auth.forbidden");
  });

  it("knows only people of this gathering", async () => {
    const { act } = await aRoom();
    const stranger = await aUser(t);

    expect((await act("ban", stranger)).json().code).toBe("person.not_found");
    expect((await act("ban", { personId: randomUUIDv7() })).json().code).toBe("person.not_found");
  });

  it("works while the engine is away: the decision stands for the next connect", async () => {
    const { grace, act, pass } = await aRoom();
    engine.isAway = true;

    expect((await act("ban", grace)).statusCode).toBe(200);

    engine.isAway = false;
    expect((await pass(grace)).code).toBe("access.banned");
  });

  it("is told who was shut out; guests are told only who is there", async () => {
    const { gatheringId, grace, act, host } = await aRoom();
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    await act("remove", grace);
    const url = `/api/v1/gatherings/${gatheringId}/people`;

    const forHost = (await t.get(`/gatherings/${gatheringId}/people`, host)).json().items;
    const forGuest = (await t.request({ method: "GET", url, headers: lin.headers })).json().items;

    expect(forHost).toMatchObject([{ name: "Grace", isOut: "removed", isHere: false }]);
    expect(forGuest).toEqual([]);
  });
});
