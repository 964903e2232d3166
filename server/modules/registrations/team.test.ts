import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proveCounters } from "#server/modules/capacity/service.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
const somebody = () => ({ name: "Nell New", email: `${crypto.randomUUID()}@example.org` });
const kindsTo = async (email: string) => (await t.lettersTo(email)).map(({ kind }) => kind);
const add = (event: Event, body: object) => t.post(`/events/${event.eventId}/participants`, body, event.host);
const bulk = (event: Event, body: object) => t.post(`/events/${event.eventId}/participants/bulk`, body, event.host);
const statusOf = async ({ id, link }: Awaited<ReturnType<typeof aGuest>>) =>
  (await t.get(`/registrations/${id}`, undefined, link)).json().status;
const auditOf = async (action: string) =>
  t.db.selectFrom("audit_entries").select(["new", "subject_id"]).where("action", "=", action).execute();

/** A second time of the same event. */
async function anotherTime({ eventId, gatheringId }: Event): Promise<string> {
  const id = crypto.randomUUID();
  await t.query(`insert into gatherings select (jsonb_populate_record(g, jsonb_build_object('id', '${id}',
    'start_time', g.start_time + interval '1 day', 'end_time', g.end_time + interval '1 day'))).*
    from gatherings g where id = '${gatheringId}' and source_id = '${eventId}'`);
  return id;
}

describe("adding people as the team", () => {
  it("gives each a place while there are any, and says who has one already", async () => {
    const event = await anEvent(t, { capacity: 3, needsApproval: true });
    const known = await aGuest(t, event);
    await t.post(`/registrations/${known.id}/approve`, {}, event.host);
    const people = [somebody(), { name: "Lin", email: known.email }, somebody(), somebody()];

    const reply = await add(event, { people });
    await t.settle();

    const [first, , second, third] = people.map(({ email }) => email);
    expect(reply.json()).toEqual({
      added: [first, second],
      already: [known.email],
      refused: [{ email: third, code: "registration.sold_out" }],
    });
    expect(await kindsTo(first ?? "")).toEqual(["confirmation"]);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("writes no letter when none is wanted", async () => {
    const event = await anEvent(t);
    const nell = somebody();

    await add(event, { people: [nell], letter: false });
    await t.settle();

    expect(await kindsTo(nell.email)).toEqual([]);
  });

  it("goes above the limit only when asked to, writes it down, and lets nobody else follow", async () => {
    const event = await anEvent(t, { capacity: 1, hasWaitlist: true });
    const inside = await aGuest(t, event);
    const waits = await aGuest(t, event);

    const reply = await add(event, { people: [somebody(), somebody()], overbook: true });

    expect(reply.json().added).toHaveLength(2);
    expect((await t.get(`/events/${event.eventId}/register`)).json()).toMatchObject({ taken: 3, capacity: 1 });
    const [written] = (await auditOf("registration.made")).filter(
      ({ new: after }) => "overbooked" in (after as object),
    );
    expect(written?.new).toMatchObject({ overbooked: [`gathering/${event.gatheringId}`] });
    await t.send("DELETE", `/registrations/${inside.id}`, undefined, undefined, inside.link);
    expect(await statusOf(waits)).toBe("waitlisted");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("is the team's alone", async () => {
    const event = await anEvent(t);

    expect(
      (await t.post(`/events/${event.eventId}/participants`, { people: [somebody()] }, await aUser(t))).json().code,
    ).toBe("auth.forbidden");
    expect((await add(event, { people: [{ name: "X", email: "nowhere" }] })).statusCode).toBe(400);
    expect((await add(event, { people: [somebody()], ticketTypeId: crypto.randomUUID() })).json().code).toBe(
      "ticket_type.not_found",
    );
  });
});

describe("a limit below what is taken", () => {
  it("is asked about first, then keeps everybody and lets nobody new in until it has emptied", async () => {
    const event = await anEvent(t, { capacity: 4, hasWaitlist: true });
    const inside = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];
    const lower = (body: object) => t.send("PATCH", `/events/${event.eventId}`, body, event.host);

    const asked = await lower({ capacity: 1 });
    const done = await lower({ capacity: 1, overbook: true });
    const waits = await aGuest(t, event);

    expect(asked.json()).toMatchObject({ code: "event.capacity_below_taken", taken: 3, over: 2 });
    expect(done.statusCode, done.body).toBe(200);
    expect(await Promise.all(inside.map(statusOf))).toEqual(["confirmed", "confirmed", "confirmed"]);
    const [written] = await auditOf("gathering.overbooked");
    expect(written).toMatchObject({ subject_id: event.gatheringId, new: { pools: [{ used: 3, capacity: 1 }] } });
    for (const [n, status] of ["waitlisted", "waitlisted", "offered"].entries()) {
      const { id, link } = inside[n] ?? waits;
      await t.send("DELETE", `/registrations/${id}`, undefined, undefined, link);
      expect(await statusOf(waits)).toBe(status);
    }
    expect((await lower({ hasWaitlist: false })).statusCode).toBe(200);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("may come nearer to what is taken without being asked about", async () => {
    const event = await anEvent(t, { capacity: 3, tickets: [{ capacity: 3 }] });
    for (let n = 0; n < 3; n += 1) await aGuest(t, event);
    const types = (await t.get(`/events/${event.eventId}/ticket-types`, event.host)).json().items;
    const save = (capacity: number, overbook?: boolean) => {
      const items = types.map(({ id, name }: { id: string; name: string }) => ({ id, name, capacity }));
      return t.send("PUT", `/events/${event.eventId}/ticket-types`, { items, overbook }, event.host);
    };

    expect((await save(1)).json()).toMatchObject({ code: "event.capacity_below_taken", over: 2 });
    expect((await save(1, true)).statusCode).toBe(200);
    expect((await save(2)).statusCode).toBe(200);
  });
});

describe("the windows of tickets", () => {
  it("are instants, or times on the clocks of the event, and open before they close", async () => {
    const event = await anEvent(t);
    await t.query(`update gatherings set time_zone = 'Europe/Berlin' where id = '${event.gatheringId}'`);
    const save = (over: object) =>
      t.send("PUT", `/events/${event.eventId}/ticket-types`, { items: [{ name: "Early", ...over }] }, event.host);

    const saved = await save({ opensAt: "2030-01-10T09:00", closesAt: "2030-07-10T09:00:00Z" });
    expect(saved.json().items).toMatchObject([
      { opensAt: "2030-01-10T08:00:00.000Z", closesAt: "2030-07-10T09:00:00.000Z" },
    ]);
    const shut = await save({ opensAt: "2030-01-10T09:00", closesAt: "2030-01-10T08:00:00Z" });
    expect(shut.json()).toMatchObject({
      code: "request.invalid",
      fields: [{ at: "body.items.0.opensAt", says: "Registration must open before it closes." }],
    });
  });
});

describe("moving people", () => {
  it("gives another ticket, side and time in one go, and frees what was theirs for who waits", async () => {
    const event = await anEvent(t, {
      format: "hybrid",
      inPersonCapacity: 1,
      hasWaitlist: true,
      tickets: [{}, { capacity: 1, side: "virtual" }],
    });
    const inside = await aGuest(t, event, { side: "in_person" });
    const waits = await aGuest(t, event, { side: "in_person" });
    const later = await anotherTime(event);
    const [, other] = event.ticketTypeIds;

    const reply = await t.post(
      `/registrations/${inside.id}/move`,
      { occurrenceId: later, ticketTypeId: other },
      event.host,
    );
    await t.settle();

    expect(reply.json()).toMatchObject({ side: "virtual", ticketTypeName: "Admission 2" });
    const page = (await t.get(`/registrations/${inside.id}`, undefined, inside.link)).json();
    expect(page).toMatchObject({ occurrenceId: later, ticketType: { id: other }, status: "confirmed" });
    expect(await statusOf(waits)).toBe("offered");
    const told = (await t.lettersTo(inside.email)).at(-1);
    expect(told).toMatchObject({ kind: "confirmation", subject: expect.stringMatching(/^Changed: your seat at /) });
    expect(told?.text).toContain("What an earlier letter says of it holds no more");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("changes nothing where there is no room, unless it is overbooked", async () => {
    const event = await anEvent(t, { tickets: [{}, { capacity: 1 }] });
    const [one, two] = event.ticketTypeIds;
    const guest = await aGuest(t, event);
    await aGuest(t, event, { ticketTypeId: two });
    const move = (body: object) => t.post(`/registrations/${guest.id}/move`, body, event.host);

    expect((await move({ ticketTypeId: two })).json().code).toBe("registration.sold_out");
    expect((await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json().ticketType.id).toBe(one);
    expect((await move({ ticketTypeId: two, overbook: true })).json().ticketTypeName).toBe("Admission 2");
    expect((await move({ occurrenceId: (await anEvent(t)).gatheringId })).json().code).toBe("gathering.not_found");
    expect((await move({ side: "virtual" })).json().code).toBe("registration.side_not_offered");
    const refused = await t.post(`/registrations/${guest.id}/move`, { ticketTypeId: one }, undefined, guest.link);
    expect(refused.statusCode).toBe(401);
  });

  it("gives nobody the same ticket twice", async () => {
    const event = await anEvent(t, { tickets: [{}, {}] });
    const [one, two] = event.ticketTypeIds;
    const guest = await aGuest(t, event, { ticketTypeId: one });
    await aGuest(t, event, { ticketTypeId: two, email: guest.email });

    const reply = await t.post(`/registrations/${guest.id}/move`, { ticketTypeId: two }, event.host);

    expect(reply.json().code).toBe("registration.duplicate");
  });
});

describe("doing one thing to many", () => {
  it("approves whoever fits, names whom it could not, and each once", async () => {
    const event = await anEvent(t, { capacity: 2, needsApproval: true });
    const guests = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];

    const reply = (await bulk(event, { action: "approve", ids: guests.map(({ id }) => id) })).json();

    expect(reply).toMatchObject({ matching: 3, nextCursor: null, refused: [{ code: "registration.sold_out" }] });
    expect(reply.done).toEqual(guests.slice(0, 2).map(({ id }) => id));
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("declines all that match, and takes it back", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guests = [await aGuest(t, event), await aGuest(t, event)];

    const declined = (await bulk(event, { action: "decline", note: "Sorry", matching: { status: "pending" } })).json();
    const before = await Promise.all(guests.map(statusOf));
    const { counts } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    const restored = (await bulk(event, { action: "restore", ids: declined.done })).json();

    expect(before).toEqual(["declined", "declined"]);
    expect(counts).toMatchObject({ pending: 0, declined: 2 });
    expect(restored.done).toHaveLength(2);
    expect(await Promise.all(guests.map(statusOf))).toEqual(["pending", "pending"]);
  });

  it("takes a cancelling back while there is room, but forces nothing on who left", async () => {
    const event = await anEvent(t, { capacity: 2 });
    const [one, two] = [await aGuest(t, event), await aGuest(t, event)];
    const ids = [one.id, two.id];
    await t.send("DELETE", `/registrations/${one.id}`, undefined, undefined, one.link);
    await bulk(event, { action: "cancel", ids: [two.id] });

    const whoEnded = async ({ id, link }: typeof one) =>
      (await t.get(`/registrations/${id}`, undefined, link)).json().cancelledBy;
    const ended = [await whoEnded(one), await whoEnded(two)];
    const reply = (await bulk(event, { action: "restore", ids })).json();
    await t.settle();

    expect(ended).toEqual(["attendee", "organizer"]);
    expect(await whoEnded(two)).toBeNull();
    expect(reply).toMatchObject({ done: [two.id], refused: [{ id: one.id, code: "registration.wrong_status" }] });
    expect((await kindsTo(two.email)).at(-1)).toBe("confirmation");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("writes once more to all, a hundred at a time", async () => {
    const event = await anEvent(t);
    await add(event, { people: Array.from({ length: 100 }, somebody), letter: false });
    const last = somebody();
    await add(event, { people: [last], letter: false });

    const first = (await bulk(event, { action: "letter", matching: {} })).json();
    const rest = (await bulk(event, { action: "letter", matching: {}, cursor: first.nextCursor })).json();

    expect([first.done.length, first.matching, rest.done.length, rest.nextCursor]).toEqual([100, 101, 1, null]);
    const asked = await t.db.selectFrom("facts").select("id").where("name", "=", "registration.letter_asked").execute();
    expect(asked).toHaveLength(101);
    await t.query("delete from graphile_worker._private_jobs");
  });

  it("touches nobody of another event, and is the team's alone", async () => {
    const [event, other] = [await anEvent(t), await anEvent(t)];
    const guest = await aGuest(t, other);

    expect((await bulk(event, { action: "cancel", ids: [guest.id] })).json()).toMatchObject({ done: [], matching: 0 });
    expect(await statusOf(guest)).toBe("confirmed");
    expect(
      (
        await t.post(`/events/${event.eventId}/participants/bulk`, { action: "cancel", matching: {} }, await aUser(t))
      ).json().code,
    ).toBe("auth.forbidden");
    expect((await bulk(event, { action: "cancel" })).statusCode).toBe(400);
  });

  it("brings nobody back to what is being cancelled at that moment", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    await bulk(event, { action: "cancel", ids: [guest.id] });

    const { pending } = await t.db.transaction().execute(async (tx) => {
      await tx.updateTable("gatherings").set({ status: "cancelled" }).where("id", "=", event.gatheringId).execute();
      const pending = bulk(event, { action: "restore", ids: [guest.id] });
      await Promise.race([pending, somebodyWaits()]);
      return { pending };
    });

    expect((await pending).json()).toMatchObject({ done: [], refused: [{ code: "gathering.cancelled" }] });
    expect(await statusOf(guest)).toBe("cancelled");
  });
});

/** Until a statement of this house waits for a lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(t.db);
    if (rows.length > 0) return;
  }
}
