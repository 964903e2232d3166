import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { EngineDouble } from "#server/gateways/engine-double.ts";
import { LiveKit } from "#server/gateways/livekit.ts";
import { createBreakoutRooms } from "#server/modules/rooms/service/conference.ts";
import { mayConnect } from "#server/modules/rooms/service/doors.ts";
import { noteLife, reconcile } from "#server/modules/rooms/service/engine.ts";
import { aGuestAt, aUser, type GuestAt, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let engine: EngineDouble;
let ada: Someone;
beforeAll(async () => {
  t = await startTestApp();
  ada = await aUser(t);
});
beforeEach(async () => {
  engine = await new EngineDouble().start();
  t.setMedia(engine);
  return engine.close;
});
afterAll(() => t.close());

const minute = 60_000;
const inMinutes = (minutes: number) => new Date(t.ctx.now().getTime() + minutes * minute).toISOString();

/** A published event that begins in an hour, and its gathering. */
async function anEvent(over: object = {}) {
  const times = { startTime: inMinutes(60), endTime: inMinutes(120) };
  const draft = (await t.post("/events", { title: "An open house", ...times, ...over }, ada)).json();
  const reply = await t.post(`/events/${draft.id}/publish`, {}, ada);
  expect(reply.statusCode, reply.body).toBe(200);
  await t.settle();
  return { ...reply.json(), gatheringId: reply.json().occurrences[0].id };
}

/** The same, with its room open: ten minutes before it begins. */
async function anOpenRoom(over: object = {}) {
  const event = await anEvent(over);
  t.travel(50 * minute);
  await t.settle();
  return event;
}

const aGuest = (gatheringId: string, name = "Grace", over: Parameters<typeof aGuestAt>[2] = {}) =>
  aGuestAt(t, gatheringId, { name, ...over });

type Guest = GuestAt;

const passFor = (gatheringId: string, guest: Guest, device = "laptop-1") =>
  t.post(`/gatherings/${gatheringId}/room/passes`, { device }, undefined, guest.headers);
const roomOf = async (gatheringId: string, guest?: Guest) =>
  (await t.request({ method: "GET", url: `/api/v1/gatherings/${gatheringId}/room`, headers: guest?.headers })).json();
const roomId = async (gatheringId: string) =>
  (await t.db.selectFrom("rooms").select("id").where("gathering_id", "=", gatheringId).executeTakeFirstOrThrow()).id;

/** What the engine tells when somebody comes or goes. */
async function tell(event: string, gatheringId: string, guest: ReturnType<EngineDouble["come"]>, at = Date.now()) {
  const { body, authorization } = await engine.tell(event, await roomId(gatheringId), guest, at);
  return t.request({
    method: "POST",
    url: "/api/v1/webhooks/livekit",
    payload: body,
    headers: { authorization, "content-type": "application/webhook+json" },
  });
}
const come = async (gatheringId: string, guest: Guest, device = "laptop-1", minutesAgo = 0) =>
  engine.come(await roomId(gatheringId), `${guest.personId}#${device}`, {
    name: "Grace",
    joinedAtMs: String(Date.now() - minutesAgo * minute),
  });
const attendanceOf = async (eventId: string, page = "") =>
  (await t.get(`/events/${eventId}/attendance${page}`, ada)).json();

describe("the conference", () => {
  it("opens by itself before the start and ends by itself at the end", async () => {
    const { gatheringId } = await anEvent();
    const guest = await aGuest(gatheringId);
    expect(await roomOf(gatheringId, guest)).toMatchObject({
      state: "not_started",
      mayJoin: false,
      because: "room.not_open",
    });

    t.travel(44 * minute);
    await t.settle();
    expect((await roomOf(gatheringId, guest)).state).toBe("not_started");

    t.travel(minute + 1000);
    await t.settle();
    expect(await roomOf(gatheringId, guest)).toMatchObject({ state: "live", mayJoin: true, because: null });

    t.travel(75 * minute);
    await t.settle();
    expect(await roomOf(gatheringId, guest)).toMatchObject({ state: "ended", because: "room.ended" });
    expect(await t.factsAbout(gatheringId)).toEqual(expect.arrayContaining(["room.opened", "room.ended"]));
  });

  it("follows a gathering that is moved, and opens at the new time only", async () => {
    const { id, gatheringId } = await anEvent();

    const moved = { startTime: inMinutes(600), endTime: inMinutes(660) };
    expect((await t.send("PATCH", `/events/${id}`, moved, ada)).statusCode).toBe(200);
    await t.settle();
    t.travel(60 * minute);
    await t.settle();
    expect((await roomOf(gatheringId)).status).toBe("scheduled");

    t.travel(530 * minute);
    await t.settle();
    expect((await roomOf(gatheringId)).status).toBe("open");
  });

  it("is ended by a cancellation, and never opens again", async () => {
    const { id, gatheringId } = await anOpenRoom();

    await t.post(`/events/${id}/cancel`, {}, ada);
    await t.settle();

    expect(await roomOf(gatheringId)).toMatchObject({ state: "off", status: "ended", because: "gathering.cancelled" });
  });

  it("may be opened early, ended for all and reopened by its host, until two hours after the end", async () => {
    const { id, gatheringId } = await anEvent();
    const guest = await aGuest(gatheringId);
    const knownRoom = async () => (await t.get(`/events/${id}`)).json().virtualConfig.conferenceRoomId;
    expect(await knownRoom()).toBeUndefined();

    const opened = (await t.post(`/gatherings/${gatheringId}/start`, {}, ada)).json();
    expect(opened).toMatchObject({ status: "open", id: await knownRoom() });
    await come(gatheringId, guest);
    expect((await t.post(`/gatherings/${gatheringId}/end`, {}, ada)).json()).toEqual({ recordingUrl: null });
    expect(engine.rooms.size).toBe(0);
    expect((await passFor(gatheringId, guest)).json().code).toBe("room.ended");

    t.travel(239 * minute);
    expect((await t.post(`/gatherings/${gatheringId}/start`, {}, ada)).json().status).toBe("open");
    expect((await passFor(gatheringId, guest)).statusCode).toBe(201);

    await t.post(`/gatherings/${gatheringId}/end`, {}, ada);
    t.travel(2 * minute);
    expect((await t.post(`/gatherings/${gatheringId}/start`, {}, ada)).json().code).toBe("room.ended");
  });

  it.each([
    ["virtual", "over"],
    ["hybrid", "on"],
  ])("is all of a %s event: ended early by its host, that is %s", async (format, becomes) => {
    const [guest, other] = [await aUser(t), await aUser(t)];
    const { id, slug, gatheringId } = await anEvent({ title: `Early ${format}`, format, placeName: "Hall" });
    for (const one of [guest, other]) expect((await t.post(`/events/${id}/register`, {}, one)).statusCode).toBe(201);
    t.travel(70 * minute);
    await t.settle();
    const told = async () => ({
      page: (await t.get(`/events/${slug}`)).json().isLive,
      sale: (await t.get(`/events/${id}/register`)).json().state !== "over",
      found: (await t.get(`/events?q=early+${format}`)).json().items.length === 1,
      mine: (await t.get("/registrations/me?when=upcoming", guest)).json().items.length === 1,
      desk: (await t.get(`/organize/events?show=upcoming&q=early`, ada))
        .json()
        .items.some((one: { id: string }) => one.id === id),
    });
    const on = { page: true, sale: true, found: true, mine: true, desk: true };
    const over = { page: false, sale: false, found: false, mine: false, desk: false };
    expect(await told()).toEqual(on);

    await t.post(`/gatherings/${gatheringId}/end`, {}, ada);
    expect(await told()).toEqual(becomes === "over" ? over : on);
    const givenUp = await t.send("DELETE", `/events/${id}/register`, undefined, other);
    expect(givenUp.statusCode, givenUp.body).toBe(becomes === "over" ? 409 : 204);
    const people = [{ email: `early-${format}@example.org`, name: "Late" }];
    const invited = await t.post(`/events/${id}/invitations`, { people }, ada);
    expect(invited.statusCode, invited.body).toBe(becomes === "over" ? 409 : 200);
    if (becomes === "over")
      expect((await t.post(`/events/${id}/cancel`, {}, ada)).json().code).toBe("event.wrong_status");

    await t.post(`/gatherings/${gatheringId}/start`, {}, ada);
    expect(await told()).toEqual(on);
  });

  it("stays ended when its host ended it before its start was told a second time", async () => {
    const { gatheringId } = await anOpenRoom();
    await t.post(`/gatherings/${gatheringId}/end`, {}, ada);

    await t.db.updateTable("facts").set({ delivered: [] }).where("name", "=", "room.startDue").execute();
    const facts = await t.db.selectFrom("facts").select("id").where("name", "=", "room.startDue").execute();
    for (const { id } of facts) await t.runFact(id);

    expect((await roomOf(gatheringId)).status).toBe("ended");
  });

  it("opens and ends for nobody but its hosts", async () => {
    const { gatheringId } = await anEvent();
    const stranger = await aUser(t, { name: "Mallory" });

    for (const act of ["start", "end"]) {
      expect((await t.post(`/gatherings/${gatheringId}/${act}`, {}, stranger)).json().code).toBe("auth.forbidden");
      expect((await t.post(`/gatherings/${gatheringId}/${act}`)).json().code).toBe("auth.required");
    }
  });
});

describe("breakout rooms", () => {
  it("are refused by their name, so that nobody relies on them", async () => {
    const { gatheringId } = await anEvent();
    const config = { enabled: true, autoAssign: true, allowSelfSelect: false };

    await expect(createBreakoutRooms(t.ctx, gatheringId, config)).rejects.toMatchObject({ code: "feature.later" });
  });
});

describe("reminders", () => {
  it("go out a quarter of an hour before and at the start, to whoever has an online place by then", async () => {
    const { gatheringId } = await anEvent();
    const early = await aGuest(gatheringId);
    const onSite = await aGuest(gatheringId, "Alan Turing", { side: "in_person" });

    t.travel(46 * minute);
    await t.settle();
    const late = await aGuest(gatheringId, "Lin Clark");
    t.travel(15 * minute);
    await t.settle();

    const subjects = async ({ email }: Guest) => (await t.lettersTo(email)).map(({ kind }) => kind);
    expect(await subjects(early)).toEqual(["rooms.soon", "rooms.live"]);
    expect(await subjects(late)).toEqual(["rooms.live"]);
    expect(await subjects(onSite)).toEqual([]);
    const [soon, live] = await t.lettersTo(early.email);
    expect(soon?.subject).toContain("virtual event starting soon - click to join");
    expect(live?.subject).toContain("event is now live - join the conference");
    expect(soon?.text).toContain("/t/1.registration.");
  });
});

describe("passes", () => {
  it("are for one person, one device, one room and ten minutes, and command nothing", async () => {
    const { gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);

    const pass = (await passFor(gatheringId, guest)).json();

    const claims = JSON.parse(Buffer.from(pass.token.split(".")[1], "base64url").toString());
    expect(pass.identity).toBe(`${guest.personId}#laptop-1`);
    expect(claims).toMatchObject({
      sub: pass.identity,
      name: "Grace",
      attributes: { as: "attendee" },
      video: {
        room: await roomId(gatheringId),
        roomJoin: true,
        roomAdmin: false,
        roomCreate: false,
        canPublishData: false,
        canUpdateOwnMetadata: false,
        canPublishSources: ["camera", "screen_share", "microphone", "screen_share_audio"],
      },
    });
    expect(claims.exp - Date.now() / 1000).toBeLessThanOrEqual(601);
  });

  it.each([
    ["pending", "access.approval_pending"],
    ["waitlisted", "access.waitlisted"],
    ["cancelled", "access.registration_needed"],
  ])("are refused to a %s registration with %s", async (status, code) => {
    const { gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId, "Grace", { status });

    expect((await passFor(gatheringId, guest)).json().code).toBe(code);
  });

  it("are refused to whom nobody knows, to the other side, and to devices with strange names", async () => {
    const { gatheringId } = await anOpenRoom({ format: "hybrid", placeName: "The hall" });
    const onSite = await aGuest(gatheringId, "Alan Turing", { side: "in_person" });
    const guest = await aGuest(gatheringId);

    expect((await passFor(gatheringId, onSite)).json().code).toBe("access.other_side");
    expect((await t.post(`/gatherings/${gatheringId}/room/passes`, { device: "laptop-1" })).json().code).toBe(
      "auth.required",
    );
    expect((await passFor(gatheringId, guest, "a#b")).json().code).toBe("request.invalid");
    expect((await passFor(randomUUIDv7(), guest)).json().code).toBe("gathering.not_found");
  });

  it("say that rooms are off while the engine is away", async () => {
    const { gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    engine.isAway = true;

    expect((await passFor(gatheringId, guest)).json().code).toBe("room.off");
    expect(await roomOf(gatheringId, guest)).toMatchObject({ state: "off", because: "room.off", mayJoin: false });
  });

  it("stop at a full room, but not for who is in it already", async () => {
    const { gatheringId } = await anOpenRoom();
    await sql`update gatherings set settings = jsonb_set(settings, '{virtualConfig,maxVirtualAttendees}', '1')
      where id = ${gatheringId}`.execute(t.db);
    const [first, second] = [await aGuest(gatheringId), await aGuest(gatheringId, "Lin")];
    await tell("participant_joined", gatheringId, await come(gatheringId, first));

    expect((await passFor(gatheringId, second)).json().code).toBe("room.full");
    expect((await passFor(gatheringId, first, "phone-12")).statusCode).toBe(201);
    expect((await t.post(`/gatherings/${gatheringId}/room/passes`, { device: "host-123" }, ada)).statusCode).toBe(201);
  });
});

describe("GET /events/:id/room", () => {
  it("is the room of the occurrence that is meant, by id and by slug, and hidden where the event is", async () => {
    const { id, slug, gatheringId } = await anEvent();
    const hidden = await anEvent({ visibility: "private" });

    for (const name of [id, slug]) expect((await t.get(`/events/${name}/room`)).json()).toMatchObject({ gatheringId });
    expect((await t.get("/events/no-such-event/room")).json().code).toBe("event.not_found");
    expect((await t.get(`/events/${hidden.id}/room`)).json().code).toBe("gathering.not_found");
    expect((await t.get(`/events/${hidden.id}/room`, ada)).json().state).toBe("not_started");
  });

  it("shows the way to who was there to those who run it alone", async () => {
    const { id, gatheringId } = await anEvent();
    const guest = await aGuest(gatheringId);
    const asked = { method: "GET", url: `/api/v1/events/${id}/room`, headers: guest.headers } as const;

    expect((await t.request(asked)).json().attendanceUrl).toBeNull();
    expect((await t.get(`/events/${id}/room`, ada)).json().attendanceUrl).toBe(
      `/organize/events/${id}/attendance?occurrence_id=${gatheringId}`,
    );
  });
});

describe("GET /events/:id/stream", () => {
  it("says when it opens, then hands a pass, then that it is over", async () => {
    const { id, slug, gatheringId } = await anEvent();
    const guest = await aGuest(gatheringId);
    const stream = async (path: string) =>
      (await t.request({ method: "GET", url: `/api/v1/events/${path}/stream`, headers: guest.headers })).json();

    expect(await stream(id)).toEqual({
      kind: "room",
      url: `${t.settings.publicUrl}/live/${gatheringId}`,
      opensAt: expect.any(String),
    });
    t.travel(50 * minute);
    await t.settle();
    expect(await stream(slug)).toMatchObject({
      kind: "room",
      token: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect((await t.get(`/events/${id}/stream`)).json().code).toBe("access.registration_needed");

    t.travel(80 * minute);
    await t.settle();
    expect((await stream(id)).code).toBe("room.ended");
  });
});

describe("the way to the engine", () => {
  it("asks the door at every connect, and makes sure that the room is there", async () => {
    const { gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    const { token } = (await passFor(gatheringId, guest)).json();

    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });
    expect([...engine.rooms.keys()]).toEqual([await roomId(gatheringId)]);

    await t.db
      .updateTable("registrations")
      .set({ status: "cancelled" })
      .where("id", "=", guest.registrationId)
      .execute();
    expect(await mayConnect(t.ctx, token)).toMatchObject({
      allowed: false,
      status: 403,
      code: "access.registration_needed",
    });
  });

  it("knows no pass but ours, and none without its engine", async () => {
    const { gatheringId } = await anOpenRoom();
    const foreign = await new EngineDouble().start();
    const theirs = { ...foreign.connection(), apiSecret: "x".repeat(43), apiKey: "double", url: "" };
    const token = await new LiveKit({ status: foreign.status, connection: () => theirs }).pass({
      room: await roomId(gatheringId),
      identity: `${ada.personId}#laptop-1`,
      name: "Ada",
      attributes: {},
      canSpeak: true,
      seconds: 600,
    });
    foreign.close();

    expect(await mayConnect(t.ctx, token)).toMatchObject({ status: 401 });
    expect(await mayConnect(t.ctx, "nonsense")).toMatchObject({ status: 401 });
    engine.isAway = true;
    expect(await mayConnect(t.ctx, token)).toMatchObject({ status: 503 });
  });
});

describe("POST /webhooks/livekit", () => {
  it("refuses what is not signed, signed with another key, or signed over other bytes", async () => {
    const { gatheringId } = await anOpenRoom();
    const guest = await come(gatheringId, await aGuest(gatheringId));
    const room = await roomId(gatheringId);
    const send = (payload: string, authorization = "") =>
      t.request({ method: "POST", url: "/api/v1/webhooks/livekit", payload, headers: { authorization } });
    const good = await engine.tell("participant_joined", room, guest);
    const foreign = await engine.tell("participant_joined", room, guest, Date.now(), "x".repeat(43));

    for (const reply of [
      await send(good.body),
      await send(good.body.replace("Grace", "Eve"), good.authorization),
      await send(foreign.body, foreign.authorization),
      await send("{", good.authorization),
    ]) {
      expect(reply.json()).toMatchObject({ status: 401, code: "webhook.unsigned" });
    }
    expect((await send(good.body, good.authorization)).statusCode).toBe(200);
  });

  const joined = "participant_joined";
  const left = "participant_left";
  it.each([
    ["in order", [joined, left]],
    ["the leave before the join", [left, joined]],
    ["each told twice", [joined, joined, left, left]],
    ["all of it late and mixed", [left, joined, left, joined, joined]],
  ])("keeps one and the same stay: %s", async (_how, signs) => {
    const { id, gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    const there = await come(gatheringId, guest, "laptop-1", 30);

    const leftAt = Number(there.joinedAtMs) + 20 * minute;
    for (const sign of signs) await tell(sign, gatheringId, there, sign === left ? leftAt : undefined);

    const { items, stats } = await attendanceOf(id);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ pubkey: guest.personId, eventId: id, name: "Grace" });
    expect(Math.abs(items[0].durationSeconds - 20 * 60)).toBeLessThanOrEqual(1);
    expect(stats).toMatchObject({ totalVirtualAttendees: 1, peakConcurrentAttendees: 1 });
    expect(stats.averageDurationMinutes).toBeCloseTo(20, 1);
    expect(stats.attendees[0]).toMatchObject({ pubkey: guest.personId, isHere: false });
  });

  it("leaves alone what it does not know: foreign rooms, foreign identities", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const stranger = engine.come(await roomId(gatheringId), "loadtest-7");
    const nowhere = await engine.tell(joined, randomUUIDv7(), engine.come("x", `${ada.personId}#laptop-1`));

    expect((await tell(joined, gatheringId, stranger)).statusCode).toBe(200);
    const { body: payload, authorization } = nowhere;
    const reply = await t.request({
      method: "POST",
      url: "/api/v1/webhooks/livekit",
      payload,
      headers: { authorization },
    });
    expect(reply.statusCode).toBe(200);
    expect((await attendanceOf(id)).items).toEqual([]);
  });

  it("counts two devices of one person as one, and tells the room of the first and the last only", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    const [laptop, phone] = [await come(gatheringId, guest), await come(gatheringId, guest, "phone-12")];

    for (const [event, device] of [
      [joined, laptop],
      [joined, phone],
      [left, laptop],
      [left, phone],
    ] as const) {
      await tell(event, gatheringId, device);
    }

    expect((await attendanceOf(id)).stats).toMatchObject({ totalVirtualAttendees: 1, peakConcurrentAttendees: 1 });
    const operations = await t.db
      .selectFrom("channel_operations")
      .select("body")
      .where("channel", "=", `gathering/${gatheringId}/people`)
      .orderBy("seq")
      .execute();
    expect(operations.map(({ body }) => (body as { isHere: boolean }).isHere)).toEqual([true, false]);
  });
});

describe("the ledger's routine", () => {
  /** That a stay took what the clock was moved by, and no more than went by meanwhile. */
  const expectStay = ({ durationSeconds }: { durationSeconds: number }, moved: number, since: Date, until: Date) => {
    expect(durationSeconds).toBeGreaterThanOrEqual(moved - 1);
    expect(durationSeconds).toBeLessThanOrEqual((until.getTime() - since.getTime()) / 1000 + 1);
  };

  it("closes the stays of whom a killed engine took along, at their last sign of life", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    const since = t.ctx.now();
    await tell("participant_joined", gatheringId, await come(gatheringId, guest));
    t.travel(5 * minute);
    await reconcile(t.ctx);
    const until = t.ctx.now();

    engine.die();
    t.travel(minute);
    await reconcile(t.ctx);
    t.travel(minute);
    await reconcile(t.ctx);

    const { items } = await attendanceOf(id);
    expect(items[0].leftAt).toBeDefined();
    expectStay(items[0], 5 * 60, since, until);
  });

  it("loses no more of a stay than the time since the last sign of life", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const since = t.ctx.now();
    await tell("participant_joined", gatheringId, await come(gatheringId, await aGuest(gatheringId)));
    t.travel(40_000);
    await noteLife(t.ctx);
    const until = t.ctx.now();

    engine.die();
    t.travel(2 * minute);
    await noteLife(t.ctx);
    await reconcile(t.ctx);

    const { items } = await attendanceOf(id);
    expect(items[0].leftAt).toBeDefined();
    expectStay(items[0], 40, since, until);
  });

  it("notes whom no webhook told of, and closes nothing while the engine is away", async () => {
    const { id, gatheringId } = await anOpenRoom();
    await come(gatheringId, await aGuest(gatheringId));

    await reconcile(t.ctx);
    engine.isAway = true;
    t.travel(10 * minute);
    await reconcile(t.ctx);

    const { items } = await attendanceOf(id);
    expect(items).toHaveLength(1);
    expect(items[0].leftAt).toBeUndefined();
  });

  it("is read in pages, the last who came first, with the figures of all", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const guest = await aGuest(gatheringId);
    for (const device of ["laptop-1", "phone-1"]) {
      await tell("participant_joined", gatheringId, await come(gatheringId, guest, device, 30));
    }

    const first = await attendanceOf(id, "?limit=1");
    const rest = await attendanceOf(id, `?limit=1&cursor=${first.nextCursor}`);

    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([1, 1, null]);
    expect(rest.items[0].id < first.items[0].id).toBe(true);
    expect(first.stats).toMatchObject({ totalVirtualAttendees: 1, peakConcurrentAttendees: 1 });
  });

  it("is for the team alone", async () => {
    const { id, gatheringId } = await anOpenRoom();
    const stranger = await aUser(t, { name: "Mallory" });
    await aGuest(gatheringId);

    expect((await t.get(`/events/${id}/attendance`, stranger)).json().code).toBe("auth.forbidden");
    expect((await t.get(`/events/${id}/attendance`)).json().code).toBe("auth.required");
  });
});
