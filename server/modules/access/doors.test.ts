import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Door } from "#domain/entitlement/doors.ts";
import { may, mayAs } from "#server/modules/access/service.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { anEvent, aRole, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";
import { startLive } from "#server/platform/testing-live.ts";

let t: TestApp;
let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  live = await startLive(t);
});
afterAll(async () => {
  await live.close();
  await t.close();
});

type Event = Awaited<ReturnType<typeof anEvent>>;

const asAccount = ({ userId, personId }: Someone): Ctx => ({
  ...t.ctx,
  actor: { kind: "user", userId, personId, sessionId: crypto.randomUUID(), isAdmin: false },
});
const asGuest = ({ id }: { id: string }): Ctx => ({
  ...t.ctx,
  actor: { kind: "anonymous" },
  holds: [{ of: "registration", id }],
});
const asNobody = (): Ctx => ({ ...t.ctx, actor: { kind: "anonymous" } });

/** What a door says: as whom one may pass, or why not. */
const say = async (ctx: Ctx, { gatheringId }: Event, door: Door): Promise<string> => {
  const answer = await may(ctx, gatheringId, door);
  return answer.allowed ? answer.as : answer.because;
};
const sayAll = async (ctx: Ctx, event: Event, doors: readonly Door[]) =>
  Promise.all(doors.map((door) => say(ctx, event, door)));

const openRoom = (event: Event) =>
  t.query(
    `insert into rooms (id, gathering_id, name, status, created_at)
     values ('${crypto.randomUUID()}', '${event.gatheringId}', 'Main', 'open', now())`,
  );

const noteAdmission = (event: Event, personId: string, admission: string) =>
  t.query(
    `insert into room_members (room_id, person_id, admission, updated_at)
     select id, '${personId}', '${admission}', now() from rooms where gathering_id = '${event.gatheringId}'`,
  );

const holderOf = async ({ id }: { id: string }) => {
  const query = t.db.selectFrom("registrations").select("person_id").where("id", "=", id);
  return (await query.executeTakeFirstOrThrow()).person_id ?? "";
};

const doors = ["page", "register", "ticket", "lobby", "room", "stage", "channel", "replay"] as const;

describe("the doors of a live event", () => {
  it("open to each as far as they have a part in it", async () => {
    const event = await anEvent(t, { format: "hybrid", startsIn: -1, hours: 3 });
    await openRoom(event);
    const [online, inPerson] = [
      await aGuest(t, event, { side: "virtual" }),
      await aGuest(t, event, { side: "in_person" }),
    ];
    const [cohost, moderator, speaker, porter] = [await aUser(t), await aUser(t), await aUser(t), await aUser(t)];
    await aRole(t, event, cohost, "cohost");
    await aRole(t, event, moderator, "moderator");
    await aRole(t, event, speaker, "speaker");
    await aRole(t, event, porter, "door");
    const needed = "access.registration_needed";

    const answers = {
      nobody: await sayAll(asNobody(), event, doors),
      online: await sayAll(asGuest(online), event, doors),
      inPerson: await sayAll(asGuest(inPerson), event, doors),
      host: await sayAll(asAccount(event.host), event, doors),
      cohost: await sayAll(asAccount(cohost), event, doors),
      moderator: await sayAll(asAccount(moderator), event, doors),
      speaker: await sayAll(asAccount(speaker), event, doors),
      porter: await sayAll(asAccount(porter), event, doors),
    };

    const team = (as: string, register = "visitor") => [as, register, needed, as, as, as, as];
    expect(answers).toEqual({
      nobody: ["visitor", "visitor", needed, needed, needed, needed, needed, needed],
      online: [
        "attendee",
        "visitor",
        "attendee",
        "attendee",
        "attendee",
        "access.team_only",
        "attendee",
        "room.not_open",
      ],
      inPerson: ["attendee", "visitor", "attendee", ...Array(3).fill("access.other_side"), "attendee", "room.not_open"],
      host: [...team("host", "host"), "host"],
      cohost: [...team("host", "host"), "host"],
      moderator: [...team("moderator"), "room.not_open"],
      speaker: [...team("speaker"), "room.not_open"],
      porter: ["door", "visitor", needed, "door", "door", "access.team_only", "door", "room.not_open"],
    });
  });

  it("stay shut for who asks, waits or was given an offer, and each is told so", async () => {
    const asks = await anEvent(t, { format: "virtual", needsApproval: true });
    const full = await anEvent(t, { format: "virtual", capacity: 1, hasWaitlist: true });
    const pending = await aGuest(t, asks);
    const inside = await aGuest(t, full);
    const waits = await aGuest(t, full);

    expect(await say(asGuest(pending), asks, "lobby")).toBe("access.approval_pending");
    expect(await say(asGuest(waits), full, "lobby")).toBe("access.waitlisted");
    await t.send("DELETE", `/registrations/${inside.id}`, undefined, undefined, inside.link);
    expect(await say(asGuest(waits), full, "lobby")).toBe("access.offer_open");
    expect(await say(asGuest(inside), full, "lobby")).toBe("access.registration_needed");
  });

  it("shut behind an account that is banned, whichever way it comes", async () => {
    const event = await anEvent(t, { format: "virtual", startsIn: -1, hours: 3 });
    await openRoom(event);
    const grace = await aUser(t);
    const { id } = (await t.post(`/events/${event.eventId}/register`, {}, grace)).json();
    expect(await say(asAccount(grace), event, "room")).toBe("attendee");

    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", grace.userId).execute();

    for (const door of ["register", "lobby", "room", "channel"] as const) {
      expect(await say(asAccount(grace), event, door)).toBe("access.banned");
      expect(await say(asGuest({ id }), event, door)).toBe("access.banned");
    }
  });

  it("shut behind who was sent away, whatever else they are and whichever way they come", async () => {
    const event = await anEvent(t, { format: "virtual", startsIn: -1, hours: 3 });
    await openRoom(event);
    const [moderator, grace, guest] = [await aUser(t), await aUser(t), await aGuest(t, event)];
    await aRole(t, event, moderator, "moderator");
    const rights = () => mayAs(asAccount(moderator), event.gatheringId, "seePeople");
    const team = () => t.get(`/events/${event.eventId}/team`, moderator);
    expect([await rights(), (await team()).statusCode]).toEqual([true, 200]);
    await noteAdmission(event, await holderOf(guest), "admitted");

    await noteAdmission(event, moderator.personId, "banned");
    await noteAdmission(event, grace.personId, "removed");

    expect(await say(asAccount(moderator), event, "room")).toBe("access.banned");
    expect([await rights(), (await team()).statusCode]).toEqual([false, 403]);
    expect(await say(asGuest(guest), event, "room")).toBe("attendee");
    expect(await say({ ...asAccount(grace), holds: asGuest(guest).holds }, event, "room")).toBe("room.removed");
  });

  it("open by an invitation until it is withdrawn", async () => {
    const event = await anEvent(t, { visibility: "private" });
    const invited = await aUser(t);
    await t.post(
      `/events/${event.eventId}/invitations`,
      { people: [{ email: invited.email, name: "Nell" }] },
      event.host,
    );
    expect(await say(asAccount(invited), event, "register")).toBe("visitor");

    await t.db.updateTable("invitations").set({ withdrawn_at: t.ctx.now() }).execute();

    expect(await say(asAccount(invited), event, "register")).toBe("gathering.not_found");
  });

  it("do not tell strangers of a secret or unpublished event", async () => {
    const stranger = await aUser(t);
    for (const event of [await anEvent(t, { visibility: "private" }), await anEvent(t, { status: "draft" })]) {
      expect(new Set(await sayAll(asNobody(), event, doors))).toEqual(new Set(["gathering.not_found"]));
      expect(new Set(await sayAll(asAccount(stranger), event, doors))).toEqual(new Set(["gathering.not_found"]));
      expect(await say(asAccount(event.host), event, "page")).toBe("host");
      expect((await t.get(`/events/${event.eventId}`)).statusCode).toBe(404);
      expect((await t.get(`/events/${event.eventId}/register`)).json().code).toBe("event.not_found");
    }
  });

  it("know no gathering that is not there", async () => {
    expect(await may(asNobody(), crypto.randomUUID(), "page")).toEqual({
      allowed: false,
      because: "gathering.not_found",
    });
  });
});

describe("a right that is taken away", () => {
  it("reaches the socket that used it, and no other", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const [leaves, stays] = [await aGuest(t, event), await aGuest(t, event)];
    const channel = `gathering/${event.gatheringId}/chat`;
    const [gone, here] = [await live.join(channel, leaves.link), await live.join(channel, stays.link)];
    expect([gone.answer.ok, here.answer.ok]).toEqual([true, true]);

    await t.send("DELETE", `/registrations/${leaves.id}`, undefined, undefined, leaves.link);
    await t.settle();

    await expect.poll(() => gone.left).toHaveLength(1);
    expect(here.left).toEqual([]);
    const again = await live.join(channel, leaves.link);
    expect(again.answer).toMatchObject({ ok: false });
  });

  it("reaches everybody when all is cancelled", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const guest = await aGuest(t, event);
    const socket = await live.join(`gathering/${event.gatheringId}/chat`, guest.link);

    await t.post(`/events/${event.eventId}/cancel`, { reason: "Rain" }, event.host);
    await t.settle();

    await expect.poll(() => socket.left.length).toBeGreaterThan(0);
  });

  it("lets the door hear how many are in, and nobody else", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    const channel = `gathering/${event.gatheringId}/door`;
    const door = await live.join(channel, { cookie: event.host.cookie });
    const stranger = await live.join(channel, guest.link);

    await t.post(`/events/${event.eventId}/check-ins`, { registrationId: guest.id }, event.host);
    await t.settle();

    expect(stranger.answer.ok).toBe(false);
    await expect.poll(() => door.heard.map(({ body }) => body)).toEqual([{ admitted: 1, expected: 1 }]);
    expect(stranger.heard).toEqual([]);
  });
});
