import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";
import { startLive } from "#server/platform/testing-live.ts";
import { schedulingIn } from "#server/platform/testing-scheduling.ts";

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

const comeTo = async (event: Event, who: Someone): Promise<string> =>
  (await t.post(`/events/${event.eventId}/register`, {}, who)).json().id;
const noticesOf = async (who: Someone, query = "") => (await t.get(`/me/notices${query}`, who)).json();
const kindsOf = async (who: Someone): Promise<string[]> =>
  (await noticesOf(who)).items.map(({ kind }: { kind: string }) => kind);
const day = 86_400_000;

describe("GET /me/notices", () => {
  it("tells who comes that the place is theirs, and leads to the ticket", async () => {
    const event = await anEvent(t);
    const ada = await aUser(t);
    const id = await comeTo(event, ada);

    await t.settle();

    const { items, unread } = await noticesOf(ada);
    expect(items).toMatchObject([
      { kind: "registration.confirmed", title: "An evening together", path: `/me/tickets/${id}`, isRead: false, n: 1 },
    ]);
    expect(unread).toBe(1);
  });

  it("tells the team once how many came since it last looked, and of nobody twice", async () => {
    const event = await anEvent(t);
    for (let n = 0; n < 3; n += 1) await aGuest(t, event);
    await t.settle();
    const first = await noticesOf(event.host);
    await t.post("/me/notices/read", {}, event.host);

    const facts = await t.db.selectFrom("facts").select("id").where("name", "=", "registration.confirmed").execute();
    for (const { id } of facts) {
      await t.query(`update facts set delivered = '{}' where id = '${id}'`);
      await t.runFact(id);
    }
    const again = await noticesOf(event.host);
    await aGuest(t, event);
    await t.settle();
    const later = await noticesOf(event.host);

    expect(first).toMatchObject({ items: [{ kind: "people.confirmed", n: 3 }], unread: 1 });
    expect(again).toMatchObject({ items: [{ isRead: true }], unread: 0 });
    expect(later).toMatchObject({ items: [{ kind: "people.confirmed", n: 1, isRead: false }], unread: 1 });
  });

  it("tells both sides of a request and its answer", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const [ada, lin] = [await aUser(t), await aUser(t)];
    const [yes, no] = [await comeTo(event, ada), await comeTo(event, lin)];
    await t.settle();
    expect(await noticesOf(event.host)).toMatchObject({ items: [{ kind: "people.pending", n: 2 }] });

    await t.post(`/registrations/${yes}/approve`, {}, event.host);
    await t.post(`/registrations/${no}/decline`, {}, event.host);
    await t.settle();

    expect(await kindsOf(ada)).toEqual(["registration.confirmed"]);
    expect(await kindsOf(lin)).toEqual(["registration.declined"]);
    // What the team did itself is no news to it.
    expect(await kindsOf(event.host)).toEqual(["people.pending"]);
  });

  it("tells of a move, a reminder a day before, and the end of it all; not who gave the place back", async () => {
    const event = await anEvent(t, { startsIn: 24 * 10 });
    const [ada, lin] = [await aUser(t), await aUser(t)];
    await comeTo(event, ada);
    await t.send("DELETE", `/registrations/${await comeTo(event, lin)}`, undefined, lin);
    const startTime = new Date(event.start.getTime() - 5 * day).toISOString();
    const endTime = new Date(event.end.getTime() - 5 * day).toISOString();
    const moved = await t.send("PATCH", `/events/${event.eventId}`, { startTime, endTime }, event.host);
    expect(moved.statusCode).toBe(200);
    await t.settle();
    t.travel(4 * day + 60_000);
    await t.settle();
    await t.post(`/events/${event.eventId}/cancel`, {}, event.host);
    await t.settle();
    t.travel(-4 * day - 60_000);

    expect(await kindsOf(ada)).toEqual([
      "event.cancelled",
      "event.reminder",
      "event.changed",
      "registration.confirmed",
    ]);
    expect(await kindsOf(lin)).not.toContain("event.reminder");
  });

  it("leaves bookings to their letters, also of who has an account", async () => {
    const { at, aType, aBooking, manage } = schedulingIn(() => t);
    const { type } = await aType();
    const ada = await aUser(t);
    const { accessToken } = await aBooking(type, at("10:00"), { inviteeEmail: ada.email }, ada);
    const moved = await manage(accessToken, { action: "reschedule", startTime: at("12:00") });
    expect(moved.statusCode, moved.body).toBe(200);
    await t.settle();
    const wait = Date.parse(at("12:00")) - t.ctx.now().getTime() - day + 60_000;
    t.travel(wait);
    await t.settle();
    t.travel(-wait);

    expect(await kindsOf(ada)).toEqual([]);
  });

  it("pages by key, keeps to what is unread, and shows nobody what is another's", async () => {
    const ada = await aUser(t);
    for (let n = 0; n < 5; n += 1) await comeTo(await anEvent(t), ada);
    await t.settle();

    const first = await noticesOf(ada, "?limit=3");
    const second = await noticesOf(ada, `?limit=3&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    const stranger = await aUser(t);
    await t.post("/me/notices/read", { ids: [ids[0]] }, stranger);
    const left = await t.post("/me/notices/read", { ids: ids.slice(0, 2) }, ada);

    expect(new Set(ids).size).toBe(5);
    expect(second.nextCursor).toBeNull();
    expect(left.json()).toEqual({ unread: 3 });
    expect((await noticesOf(ada, "?unread=true")).items).toHaveLength(3);
    expect((await noticesOf(stranger)).items).toEqual([]);
    expect((await t.get("/me/notices?cursor=x", ada)).json().code).toBe("request.invalid");
    expect((await t.post("/me/notices/read", { ids: ["\0"] }, ada)).statusCode).toBe(400);
  });

  it("refuses a page after a day that no calendar has", async () => {
    const forged = Buffer.from('["2030-02-30T10:00:00.000Z","0190b8f2-1111-7222-8333-444455556666"]');

    const reply = await t.get(`/me/notices?cursor=${forged.toString("base64url")}`, await aUser(t));

    expect(reply.json()).toMatchObject({ code: "request.invalid", fields: [{ at: "query.cursor" }] });
  });
});

describe("the bell", () => {
  it("is heard by nobody else, and counts on every screen", async () => {
    const [ada, eve] = [await aUser(t), await aUser(t)];
    const name = `user/${ada.userId}/notices`;
    const screen = await live.join(name, { cookie: ada.cookie });
    const spy = await live.join(name, { cookie: eve.cookie });

    await comeTo(await anEvent(t), ada);
    await t.settle();
    await t.post("/me/notices/read", {}, ada);

    expect(spy.answer).toMatchObject({ ok: false, problem: { code: "auth.forbidden" } });
    await expect
      .poll(() => screen.heard.map(({ op, body }) => [op, body]))
      .toEqual([
        ["counted", { unread: 1 }],
        ["counted", { unread: 0 }],
      ]);
  });
});

describe("PATCH /me/notification-preferences", () => {
  it("switches a topic off and on again, and leaves the others", async () => {
    const ada = await aUser(t);
    const set = (body: object) => t.send("PATCH", "/me/notification-preferences", body, ada);
    const before = (await t.get("/me/notification-preferences", ada)).json();

    const off = await set({ places: { notice: false } });
    await comeTo(await anEvent(t), ada);
    await t.settle();

    expect(before.wishes.places).toEqual({ letter: true, notice: true, push: true });
    expect(off.json().wishes).toEqual({ ...before.wishes, places: { letter: true, notice: false, push: true } });
    expect(await kindsOf(ada)).toEqual([]);
    expect((await set({ places: { notice: true } })).json().wishes).toEqual(before.wishes);
  });

  it("does not take the letter that brings the ticket, nor what it does not know", async () => {
    const ada = await aUser(t);
    const set = (body: object) => t.send("PATCH", "/me/notification-preferences", body, ada);

    expect((await set({ places: { letter: false } })).json().code).toBe("notification.fixed");
    expect((await set({ security: { letter: false } })).json().code).toBe("request.invalid");
    expect((await set({ places: { letter: "no" } })).statusCode).toBe(400);
  });
});
