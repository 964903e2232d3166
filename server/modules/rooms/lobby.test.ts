import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { EngineDouble } from "#server/gateways/engine-double.ts";
import { lobbyChannel } from "#server/modules/rooms/realtime.ts";
import { mayConnect } from "#server/modules/rooms/service/doors.ts";
import {
  aGuestAt,
  anEvent,
  aRole,
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

/** A room whose waiting room its host has switched on, open, and a guest before it. */
async function aDoor() {
  const { gatheringId, eventId, host } = await anEvent(t, { format: "virtual", startsIn: 1 });
  const configure = (waitingRoomEnabled: boolean) =>
    t.send("PATCH", `/events/${eventId}`, { virtualConfig: { waitingRoomEnabled } }, host);
  const changed = await configure(true);
  expect(changed.statusCode, changed.body).toBe(200);
  await t.post(`/gatherings/${gatheringId}/start`, {}, host);
  const lobby = `/gatherings/${gatheringId}/lobby`;
  const grace = await aGuestAt(t, gatheringId, { name: "Grace" });
  const knock = (guest: GuestAt) => t.post(lobby, {}, undefined, guest.headers);
  const leave = ({ headers }: GuestAt) => t.request({ method: "DELETE", url: `/api/v1${lobby}`, headers });
  const view = async ({ headers }: GuestAt) =>
    (await t.request({ method: "GET", url: `/api/v1/gatherings/${gatheringId}/room`, headers })).json();
  const pass = async ({ headers }: GuestAt) =>
    (await t.post(`/gatherings/${gatheringId}/room/passes`, { device: "laptop-1" }, undefined, headers)).json();
  const answer = (what: "admit" | "deny", guest: { personId: string }, by: Someone = host) =>
    t.post(`/gatherings/${gatheringId}/people/${guest.personId}/${what}`, {}, by);
  const waiting = async (by: Someone = host) =>
    (await t.get(lobby, by)).json().items?.map(({ name }: { name: string }) => name);
  return { gatheringId, host, grace, lobby, configure, knock, leave, view, pass, answer, waiting };
}

const toldOn = async (channel: string) =>
  await t.db
    .selectFrom("channel_operations")
    .select(["op", "body"])
    .where("channel", "=", channel)
    .orderBy("seq")
    .execute();

describe("a waiting room", () => {
  it("holds guests before the door until a host lets them in", async () => {
    const { gatheringId, grace, knock, view, pass, answer, waiting } = await aDoor();
    expect(await view(grace)).toMatchObject({
      ...{ state: "waiting_room", mayJoin: false, because: "access.lobby_waiting", isWaiting: false },
    });
    expect((await pass(grace)).code).toBe("access.lobby_waiting");
    expect(await waiting()).toEqual([]);

    const knocked = await knock(grace);

    expect(knocked.json()).toMatchObject({ state: "waiting_room", mayJoin: false, isWaiting: true });
    expect((await knock(grace)).statusCode).toBe(200);
    expect(await waiting()).toEqual(["Grace"]);
    expect((await pass(grace)).code).toBe("access.lobby_waiting");

    expect((await answer("admit", grace)).json()).toMatchObject({ name: "Grace", isOut: null, isHere: false });

    expect(await waiting()).toEqual([]);
    expect(await view(grace)).toMatchObject({ state: "live", mayJoin: true, isWaiting: false });
    const { token } = await pass(grace);
    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });
    expect(await toldOn(`gathering/${gatheringId}/lobby`)).toMatchObject([{ op: "changed" }, { op: "changed" }]);
    expect(await toldOn(`gathering/${gatheringId}/room`)).toMatchObject([
      { op: "opened" },
      { op: "answered", body: { personId: grace.personId } },
    ]);
    // The others in the room hear of her when she is there.
    expect(await toldOn(`gathering/${gatheringId}/people`)).toEqual([]);
  });

  it("keeps out who was turned away, whatever they knock, until they are let in all the same", async () => {
    const { gatheringId, host, grace, knock, view, pass, answer, waiting } = await aDoor();
    await knock(grace);

    expect((await answer("deny", grace)).json()).toMatchObject({ isOut: "denied" });

    expect(await view(grace)).toMatchObject({ mayJoin: false, because: "access.lobby_denied", isWaiting: false });
    expect((await knock(grace)).json().code).toBe("access.lobby_denied");
    expect((await pass(grace)).code).toBe("access.lobby_denied");
    expect(await waiting()).toEqual([]);
    const said = await t.post(`/gatherings/${gatheringId}/messages`, { text: "Hello?" }, undefined, grace.headers);
    expect(said.json().code).toBe("access.lobby_denied");
    expect((await t.get(`/gatherings/${gatheringId}/people`, host)).json().items).toMatchObject([
      { name: "Grace", isOut: "denied" },
    ]);

    await answer("admit", grace);
    expect((await pass(grace)).token).toBeDefined();
    // She hears of both answers at once, and those in the room, who have never met her, of neither.
    const answered = { op: "answered", body: { personId: grace.personId } };
    expect(await toldOn(`gathering/${gatheringId}/room`)).toMatchObject([{ op: "opened" }, answered, answered]);
    expect(await toldOn(`gathering/${gatheringId}/people`)).toEqual([]);
  });

  it("forgets who left, and within a minute who went without a word", async () => {
    const { gatheringId, grace, knock, leave, view, waiting } = await aDoor();
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    await knock(grace);
    await knock(lin);
    expect(await waiting()).toEqual(["Grace", "Lin"]);

    expect((await leave(grace)).statusCode).toBe(204);
    expect((await leave(grace)).statusCode).toBe(204);
    expect(await waiting()).toEqual(["Lin"]);

    t.travel(59_000);
    expect(await waiting()).toEqual(["Lin"]);
    t.travel(2000);
    expect(await waiting()).toEqual([]);
    expect((await view(lin)).isWaiting).toBe(false);

    await knock(lin);
    expect(await waiting()).toEqual(["Lin"]);
    // Each who came or left by a word, and who came again.
    expect(await toldOn(`gathering/${gatheringId}/lobby`)).toHaveLength(4);
  });

  it("remembers whose microphone was taken, however often they come and go before it", async () => {
    const { gatheringId, host, grace, knock, leave, answer } = await aDoor();
    await knock(grace);
    await t.post(`/gatherings/${gatheringId}/people/${grace.personId}/mute`, {}, host);

    await leave(grace);
    await knock(grace);

    expect((await answer("admit", grace)).json()).toMatchObject({ isMuted: true, isOut: null });
  });

  it("lets everybody in at once who stands before it, and nobody else", async () => {
    const { gatheringId, host, grace, lobby, knock, pass, answer } = await aDoor();
    const [lin, eve, tom] = await Promise.all(["Lin", "Eve", "Tom"].map((name) => aGuestAt(t, gatheringId, { name })));
    for (const guest of [grace, lin, eve]) await knock(guest as GuestAt);
    await answer("deny", eve as GuestAt);

    const reply = await t.post(`${lobby}/admit`, {}, host);

    expect(reply.json().items).toMatchObject([{ name: "Grace" }, { name: "Lin" }]);
    const answers = await Promise.all([grace, lin, eve, tom].map((guest) => pass(guest as GuestAt)));
    expect(answers.map(({ code, token }) => code ?? typeof token)).toEqual([
      ...["string", "string", "access.lobby_denied", "access.lobby_waiting"],
    ]);
  });

  it("lets nobody in with all the others whom another host has turned away meanwhile", async () => {
    const { gatheringId, host, grace, lobby, knock, view } = await aDoor();
    await knock(grace);

    const pressed = await t.db.transaction().execute(async (tx) => {
      await sql`select from rooms where gathering_id = ${gatheringId} for no key update`.execute(tx);
      const all = t.post(`${lobby}/admit`, {}, host);
      await expect.poll(isHeldUp, { timeout: 30_000 }).toBe(true);
      await sql`update room_members set admission = 'denied' where person_id = ${grace.personId}`.execute(tx);
      return { all };
    });

    expect((await pressed.all).json()).toEqual({ items: [] });
    expect((await view(grace)).because).toBe("access.lobby_denied");
  });

  it("is passed by the team, and opened by hosts and moderators alone", async () => {
    const { gatheringId, host, grace, lobby, knock, answer, waiting } = await aDoor();
    const [moderator, speaker, stranger] = await Promise.all([aUser(t), aUser(t), aUser(t)]);
    await aRole(t, { gatheringId }, moderator, "moderator");
    await aRole(t, { gatheringId }, speaker, "speaker");
    await knock(grace);

    for (const by of [host, moderator, speaker])
      expect((await t.get(`/gatherings/${gatheringId}/room`, by)).json()).toMatchObject({
        state: "live",
        mayJoin: true,
      });
    for (const by of [speaker, stranger]) {
      expect((await t.get(lobby, by)).json().code).toBe("auth.forbidden");
      expect((await t.post(`${lobby}/admit`, {}, by)).json().code).toBe("auth.forbidden");
      expect((await answer("admit", grace, by)).json().code).toBe("auth.forbidden");
    }
    expect((await t.request({ method: "GET", url: `/api/v1${lobby}`, headers: grace.headers })).json().code).toBe(
      "auth.required",
    );
    expect((await t.post(lobby, {}, stranger)).json().code).toBe("access.registration_needed");
    expect(await waiting(moderator)).toEqual(["Grace"]);
    const hears = ({ userId, personId }: Someone) => {
      const actor = { kind: "user" as const, userId, personId, sessionId: "", isAdmin: false };
      return lobbyChannel.mayJoin({ ...t.ctx, actor }, { gatheringId } as never);
    };
    expect(await Promise.all([host, moderator, speaker, stranger].map(hears))).toEqual([true, true, false, false]);
    expect((await answer("deny", host, moderator)).json().code).toBe("auth.forbidden");
  });

  it("that is set up meanwhile puts nobody out who is in, and holds who comes after them", async () => {
    const { gatheringId, grace, configure, pass } = await aDoor();
    await configure(false);
    const { token } = await pass(grace);
    const { id: room } = await t.db
      .selectFrom("rooms")
      .select("id")
      .where("gathering_id", "=", gatheringId)
      .executeTakeFirstOrThrow();
    await sql`insert into room_visits (id, room_id, gathering_id, person_id, display_name, role, participant_sid, joined_at, last_seen_at)
      values (gen_random_uuid(), ${room}, ${gatheringId}, ${grace.personId}, 'Grace', 'attendee', ${`PA_${grace.personId}`},
        ${t.ctx.now()}, ${t.ctx.now()})`.execute(t.db);

    await configure(true);

    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    expect((await pass(lin)).code).toBe("access.lobby_waiting");
    await sql`update room_visits set left_at = ${t.ctx.now()} where person_id = ${grace.personId}`.execute(t.db);
    expect(await mayConnect(t.ctx, token)).toMatchObject({ status: 403, code: "access.lobby_waiting" });
  });

  it("is knocked at only where there is one, and its door is open", async () => {
    const { gatheringId, host, grace, configure, knock, waiting } = await aDoor();
    await configure(false);
    expect((await knock(grace)).json()).toMatchObject({ state: "live", mayJoin: true, isWaiting: false });
    expect(await waiting()).toEqual([]);

    await configure(true);
    await t.post(`/gatherings/${gatheringId}/end`, {}, host);
    expect((await knock(grace)).json().code).toBe("room.ended");
    expect(await waiting()).toEqual([]);
  });

  it("keeps the host's answer over a knock that asked the door before it", async () => {
    const { gatheringId, grace, knock, view } = await aDoor();
    await knock(grace);

    const knocked = await t.db.transaction().execute(async (tx) => {
      await sql`select from rooms where gathering_id = ${gatheringId} for no key update`.execute(tx);
      const again = knock(grace);
      await expect.poll(isHeldUp, { timeout: 30_000 }).toBe(true);
      await sql`update room_members set admission = 'denied' where person_id = ${grace.personId}`.execute(tx);
      return { again };
    });

    expect((await knocked.again).json().because).toBe("access.lobby_denied");
    expect((await view(grace)).because).toBe("access.lobby_denied");
  });
});

const isHeldUp = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(t.db);
  return (rows[0]?.n ?? 0) > 0;
};
