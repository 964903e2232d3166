import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proveCounters } from "#server/modules/capacity/service.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

interface Party {
  id: string;
  accessToken: string;
  attendee: { id: string; email: string; status: string };
  waitlist: { position: number | null; offerEndsAt: string | null; isOpen: boolean } | null;
}

const { at, aType, bodyFor, monday, manage, slotsOf } = schedulingIn(() => t);
const post = (path: string, type: EventType, over: object = {}) =>
  t.post(path, bodyFor(type, at("10:00"), over), undefined, fromElsewhere());
const book = (type: EventType, over: object = {}) => post("/events/bookings/create", type, over);
const ask = (type: EventType, over: object = {}) => post("/events/waitlist", type, over);
const leave = ({ accessToken }: Party) => manage(accessToken, { action: "cancel" });
const accept = ({ accessToken }: Party) => manage(accessToken, { action: "accept" });
const now = async ({ accessToken }: Party): Promise<Party> =>
  (await t.get(`/events/booking/${accessToken}/manage`)).json();
const statusOf = async (party: Party) => (await now(party)).attendee.status;
const kindsTo = async ({ attendee }: Party) => (await t.lettersTo(attendee.email)).map(({ kind }) => kind);

async function waits(type: EventType, over: object = {}): Promise<Party> {
  const reply = await ask(type, over);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

/** A session whose seats are all taken, each by a party of one. */
async function aFullSession(seats = 1) {
  const settings = { name: "Yoga", maxAttendees: Math.max(2, seats), enableWaitlist: true };
  const { host, type } = await aType(settings);
  const inside: Party[] = [];
  const parties = seats === 1 ? [{ attendeeCount: 2 }] : Array.from({ length: seats }, () => ({}));
  for (const party of parties) {
    const reply = await book(type, party);
    expect(reply.statusCode, reply.body).toBe(201);
    inside.push(reply.json());
  }
  return { host, type, inside: inside as [Party, ...Party[]], sessionId: inside[0]?.id ?? "" };
}

async function slots(type: EventType, more: Record<string, string> = {}) {
  const reply = await slotsOf(type, { start_date: monday(), end_date: monday(), ...more });
  const [day]: { slots: { startTime: string; seatsLeft: number; isFull?: true }[] }[] = reply.json().days;
  return day?.slots.map((slot) => ({ ...slot, time: slot.startTime.slice(11, 16) })) ?? [];
}

const entries = async (host: Someone, query = "") => (await t.get(`/events/waitlist${query}`, host)).json().items;

describe("a full session", () => {
  it("is shown to those who ask for full ones, and never as a free time", async () => {
    const { type, host } = await aFullSession(2);
    expect((await slots(type)).map(({ time }) => time)).not.toContain("10:00");
    const shown = await slots(type, { with_full: "true" });
    expect(shown.filter(({ isFull }) => isFull)).toMatchObject([{ time: "10:00", seatsLeft: 0 }]);

    await t.send("PATCH", `/events/event-types/${type.id}`, { enableWaitlist: false }, host);
    expect((await slots(type, { with_full: "true" })).map(({ time }) => time)).not.toContain("10:00");
    expect((await ask(type)).json().code).toBe("waitlist.not_enabled");
  });

  it("keeps a number for who waits, told by letter and on their page", async () => {
    const { type } = await aFullSession(2);
    const first = await waits(type);
    const second = await waits(type, { attendeeCount: 2 });
    expect(first).toMatchObject({ attendee: { status: "waitlisted" }, waitlist: { position: 1, isOpen: true } });
    expect(second).toMatchObject({ waitlist: { position: 2, offerEndsAt: null }, meetingLink: null });
    await t.settle();
    const [letter] = await t.lettersTo(second.attendee.email);
    expect(letter?.subject).toMatch(/^You are on the waitlist for Yoga/);
    expect(letter?.text).toMatch(/Number on the waitlist:? *2/);
    expect(letter?.text).toContain(second.accessToken);
    expect(letter?.attachments).toEqual([]);

    await leave(first);
    expect((await now(second)).waitlist?.position).toBe(1);
    expect(await statusOf(first)).toBe("cancelled");
  });

  it("is nothing to wait for when there are seats, no such time, or it is over; and not for one to one", async () => {
    const { type, host } = await aFullSession(2);
    const codeOf = async (over: object) => (await ask(type, over)).json().code;
    expect(await codeOf({ startTime: at("11:00") })).toBe("waitlist.not_full");
    expect(await codeOf({ startTime: at("10:15") })).toBe("waitlist.unknown_time");
    expect(await codeOf({ startTime: "2020-01-06T10:00:00Z" })).toBe("waitlist.past");
    expect(await codeOf({ attendeeCount: 3 })).toBe("booking.capacity_exceeded");
    expect(await codeOf({ eventTypeSlug: "nothing" })).toBe("event_type.not_found");
    expect((await ask(type, { notifyWhenAvailable: false })).statusCode).toBe(400);
    const single = await t.send("PATCH", `/events/event-types/${type.id}`, { maxAttendees: 1 }, host);
    expect(single.json()).toMatchObject({ code: "event_type.invalid", fields: [{ code: "only_for_groups" }] });
  });

  it("is joined once per idempotency key", async () => {
    const { type, host } = await aFullSession(2);
    const body = bodyFor(type, at("10:00"));
    const headers = { ...fromElsewhere(), "idempotency-key": "wait-once" };
    const first = await t.post("/events/waitlist", body, undefined, headers);
    expect((await t.post("/events/waitlist", body, undefined, headers)).json()).toEqual(first.json());
    expect(await entries(host)).toHaveLength(1);
  });
});

describe("a seat that comes free", () => {
  it("is kept for the first party that fits, by letter, and taken by nobody else", async () => {
    const { type, inside, host, sessionId } = await aFullSession(2);
    const pair = await waits(type, { attendeeCount: 2 });
    const one = await waits(type);
    await leave(inside[0]);
    await t.settle();

    expect(await statusOf(pair)).toBe("waitlisted");
    expect(await now(one)).toMatchObject({ attendee: { status: "offered" }, waitlist: { isOpen: true } });
    expect(await kindsTo(one)).toEqual(["booking_offered"]);
    expect((await book(type)).json().code).toBe("scheduling.slot_taken");
    expect((await slots(type)).map(({ time }) => time)).not.toContain("10:00");

    expect((await accept(pair)).json().code).toBe("waitlist.offer_over");
    const taken = await accept(one);
    expect(taken.json()).toMatchObject({ attendee: { status: "confirmed" }, waitlist: null });
    expect((await accept(one)).statusCode).toBe(200);
    await t.settle();
    expect((await kindsTo(one)).at(-1)).toBe("booking_booked");
    const { attendees, waiting } = (await t.get(`/events/bookings/${sessionId}`, host)).json();
    expect(attendees.map(({ status }: { status: string }) => status)).toEqual(["cancelled", "confirmed", "confirmed"]);
    expect(waiting).toBe(1);
  });

  it("goes on to the next when its offer lapses, and back to its host when nobody is left", async () => {
    const { type, inside, host, sessionId } = await aFullSession(2);
    const [first, second] = [await waits(type), await waits(type)];
    await leave(inside[0]);
    const { waitlist } = await now(first);
    const ends = new Date(waitlist?.offerEndsAt ?? 0);
    expect(ends.getTime() - t.ctx.now().getTime()).toBeGreaterThan(23 * 3_600_000);

    t.travel(ends.getTime() - t.ctx.now().getTime() + 1000);
    await t.settle();
    expect(await statusOf(first)).toBe("lapsed");
    expect(await statusOf(second)).toBe("offered");
    expect((await accept(first)).json().code).toBe("waitlist.offer_over");
    expect((await kindsTo(first)).at(-1)).toBe("booking_lapsed");

    await leave(inside[1] as Party);
    await leave(second);
    await t.settle();
    expect((await t.get(`/events/bookings/${sessionId}`, host)).json().status).toBe("cancelled");
    expect((await slots(type)).map(({ time }) => time)).toContain("10:00");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("comes from a larger session and from a smaller party as well", async () => {
    const { type, inside, host } = await aFullSession(1);
    const [first, second] = [await waits(type), await waits(type)];
    await manage(inside[0].accessToken, { action: "resize", attendeeCount: 1 });
    expect(await statusOf(first)).toBe("offered");
    await t.send("PATCH", `/events/event-types/${type.id}`, { maxAttendees: 4 }, host);
    expect(await statusOf(second)).toBe("offered");
    expect((await slots(type)).find(({ time }) => time === "10:00")).toMatchObject({ seatsLeft: 1 });
    expect((await book(type)).statusCode).toBe(201);
  });

  it("goes by what a party wishes now: fewer keep their number, more go last, and what is kept can shrink", async () => {
    const { type, inside, sessionId, host } = await aFullSession(3);
    const [trio, pair, one] = [
      await waits(type, { attendeeCount: 3 }),
      await waits(type, { attendeeCount: 2 }),
      await waits(type),
    ];
    const resize = ({ accessToken }: Party, attendeeCount: number) =>
      manage(accessToken, { action: "resize", attendeeCount });
    expect((await resize(trio, 2)).json()).toMatchObject({ attendee: { seats: 2 }, waitlist: { position: 1 } });
    expect((await resize(pair, 3)).json()).toMatchObject({ attendee: { seats: 3 }, waitlist: { position: 3 } });
    expect((await now(one)).waitlist?.position).toBe(2);
    expect((await resize(one, 4)).json().code).toBe("booking.capacity_exceeded");

    await leave(inside[0]);
    expect(await statusOf(one)).toBe("offered");
    await leave(inside[1] as Party);
    expect(await statusOf(trio)).toBe("waitlisted");
    // What fits by now is offered at once.
    expect((await resize(trio, 1)).json()).toMatchObject({ attendee: { status: "offered", seats: 1 } });
    expect((await resize(trio, 2)).json().code).toBe("booking.capacity_exceeded");
    await leave(inside[2] as Party);
    expect((await resize(trio, 2)).json()).toMatchObject({ attendee: { status: "offered", seats: 2 } });
    await resize(trio, 1);
    expect((await resize(pair, 1)).json()).toMatchObject({ attendee: { status: "offered", seats: 1 } });
    for (const party of [one, trio, pair])
      expect((await accept(party)).json()).toMatchObject({ attendee: { status: "confirmed", seats: 1 } });
    expect((await t.get(`/events/bookings/${sessionId}`, host)).json()).toMatchObject({ attendeeCount: 3, waiting: 0 });
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("is never given twice, however many leave and come at once", async () => {
    const { type, inside, host, sessionId } = await aFullSession(4);
    const waiting = [];
    for (const attendeeCount of [1, 2, 1, 1, 1]) waiting.push(await waits(type, { attendeeCount }));
    const tries = [leave(inside[0]), leave(inside[1] as Party), ...waiting.map(accept), book(type), book(type)];
    await Promise.all(tries);
    await Promise.all(waiting.map(accept));
    const pool = t.db.selectFrom("pools").select(["held", "taken"]).where("key", "=", `gathering/${sessionId}`);
    expect(await pool.executeTakeFirst()).toEqual({ held: 0, taken: 4 });
    const { attendeeCount } = (await t.get(`/events/bookings/${sessionId}`, host)).json();
    expect(attendeeCount).toBe(4);
    const converted = await entries(host, "?status=converted");
    expect(converted.reduce((all: number, one: { attendeeCount: number }) => all + one.attendeeCount, 0)).toBe(2);
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

describe("the list of who waits", () => {
  it("tells the team who waits, and what became of it", async () => {
    const { type, inside, host } = await aFullSession(2);
    const [first, second, third] = [await waits(type), await waits(type), await waits(type)];
    await leave(inside[0]);
    await leave(third);
    const shown = await entries(host);
    expect(shown.map(({ status }: { status: string }) => status)).toEqual(["notified", "active", "cancelled"]);
    expect(shown[1]).toMatchObject({ inviteeEmail: second.attendee.email, position: 1, desiredStartTime: at("10:00") });
    expect(await entries(host, "?status=active")).toHaveLength(1);
    const page = (await t.get("/events/waitlist?limit=2", host)).json();
    expect(await entries(host, `?limit=2&cursor=${page.nextCursor}`)).toHaveLength(1);
    await accept(first);
    expect((await entries(host, "?status=converted"))[0].convertedBooking).toBe(first.id);
    expect(await entries(await aUser(t))).toEqual([]);
  });

  it("is changed by the host alone: a seat out of turn, and somebody taken off it", async () => {
    const { type, host } = await aFullSession(2);
    const [first, second] = [await waits(type), await waits(type)];
    const path = `/events/waitlist/${second.attendee.id}`;
    expect((await t.post(`${path}/offer`, {}, await aUser(t))).json().code).toBe("waitlist.not_found");
    expect((await t.post(`${path}/offer`, {}, host)).json().code).toBe("booking.capacity_exceeded");
    const offered = await t.post(`${path}/offer`, { overbook: true }, host);
    expect(offered.json(), offered.body).toMatchObject({ status: "notified" });
    expect((await accept(second)).statusCode).toBe(200);

    expect((await t.send("DELETE", `/events/waitlist/${first.attendee.id}`, undefined, host)).statusCode).toBe(204);
    await t.settle();
    expect((await kindsTo(first)).at(-1)).toBe("booking_waitlist_left");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("is told when the session is cancelled, and when it is moved", async () => {
    const { type, host, sessionId } = await aFullSession(2);
    const party = await waits(type);
    await t.send("PATCH", `/events/bookings/${sessionId}`, { startTime: at("14:00") }, host);
    await t.settle();
    expect(await kindsTo(party)).toEqual(["booking_waitlisted", "booking_waitlisted"]);
    await t.send("PATCH", `/events/bookings/${sessionId}`, { status: "cancelled" }, host);
    await t.settle();
    expect((await kindsTo(party)).at(-1)).toBe("booking_waitlist_left");
    expect(await statusOf(party)).toBe("cancelled");
  });
});
