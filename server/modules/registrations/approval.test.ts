import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proveCounters } from "#server/modules/capacity/service.ts";
import { anEvent, aRole, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;

const decide = (event: Event, id: string, how: "approve" | "decline", note?: string) =>
  t.post(`/registrations/${id}/${how}`, note === undefined ? {} : { note }, event.host);
const lastLetterTo = async (email: string) => (await t.lettersTo(email)).at(-1);
const takenAt = async (event: Event): Promise<number> =>
  (await t.get(`/events/${event.eventId}/register`, event.host)).json().taken;

describe("a request for a place", () => {
  it("takes no place, and its letter says that the organizer decides", async () => {
    const event = await anEvent(t, { needsApproval: true, capacity: 1 });

    const guests = [await aGuest(t, event), await aGuest(t, event)] as const;
    await t.settle();

    expect(await takenAt(event)).toBe(0);
    const letter = await lastLetterTo(guests[1].email);
    expect(letter).toMatchObject({ kind: "requested", subject: "Your request to come to An evening together" });
    expect(letter?.text).toContain(`/t/${guests[1].token}`);
    expect(letter?.attachments).toEqual([]);
  });

  it("tells somebody signed in that it is pending, without a ticket", async () => {
    const event = await anEvent(t, { needsApproval: true });

    const reply = await t.post(`/events/${event.eventId}/register`, {}, await aUser(t));

    expect(reply.json()).toMatchObject({ status: "pending", ticket: null });
  });

  it("takes a place when it is approved, and brings the ticket", async () => {
    const event = await anEvent(t, { needsApproval: true, capacity: 1 });
    const guest = await aGuest(t, event);

    const reply = await decide(event, guest.id, "approve");
    await t.settle();

    expect(reply.json()).toMatchObject({ id: guest.id, status: "confirmed", email: guest.email });
    expect(await takenAt(event)).toBe(1);
    expect((await lastLetterTo(guest.email))?.kind).toBe("confirmation");
  });

  it("cannot be approved when every place is taken, and stays", async () => {
    const event = await anEvent(t, { needsApproval: true, capacity: 1 });
    const [first, second] = [await aGuest(t, event), await aGuest(t, event)];
    await decide(event, first.id, "approve");

    const full = await decide(event, second.id, "approve");

    expect(full.json().code).toBe("registration.sold_out");
    expect((await t.get(`/registrations/${second.id}`, undefined, second.link)).json().status).toBe("pending");
    expect(await takenAt(event)).toBe(1);
  });

  it("is approved once for the last place, however many hosts click at once", async () => {
    const event = await anEvent(t, { needsApproval: true, capacity: 2 });
    const guests = [];
    for (let n = 0; n < 6; n += 1) guests.push(await aGuest(t, event));

    const replies = await Promise.all(guests.map(({ id }) => decide(event, id, "approve")));

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 409, 409, 409, 409]);
    expect(await takenAt(event)).toBe(2);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("is declined with words, which its letter carries as they are", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);

    const reply = await decide(event, guest.id, "decline", "Next time <b>surely</b>.\nGrace");
    await t.settle();

    expect(reply.json()).toMatchObject({ status: "declined", note: "Next time <b>surely</b>.\nGrace" });
    const letter = await lastLetterTo(guest.email);
    expect(letter?.kind).toBe("declined");
    expect(letter?.text).toContain("> Next time <b>surely</b>.\n> Grace");
    expect(letter?.html).toContain("Next time &lt;b&gt;surely&lt;/b&gt;.");
  });

  it("may be asked again after a no, and not while it is open", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);
    const ask = () =>
      t.post(
        `/events/${event.eventId}/register`,
        { attendees: [{ name: "Lin", email: guest.email }] },
        undefined,
        fromElsewhere(),
      );

    await ask();
    await decide(event, guest.id, "decline");
    await ask();

    const { items } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    expect(items.map(({ status }: { status: string }) => status)).toEqual(["pending", "declined"]);
  });

  it("can be approved twice without harm, and not after a no", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const [yes, no] = [await aGuest(t, event), await aGuest(t, event)];
    await t.settle();

    await decide(event, yes.id, "approve");
    const again = await decide(event, yes.id, "approve");
    await decide(event, no.id, "decline");
    const late = await decide(event, no.id, "approve");
    await t.settle();

    expect(again.statusCode).toBe(200);
    expect(late.json()).toMatchObject({ code: "registration.wrong_status" });
    expect((await t.lettersTo(yes.email)).map(({ kind }) => kind)).toEqual(["requested", "confirmation"]);
    expect(await takenAt(event)).toBe(1);
  });

  it("is neither granted nor given up once all is over, and nobody is asked to come any more", async () => {
    const event = await anEvent(t, { needsApproval: true, startsIn: 1, hours: 1 });
    const [came, waits] = [await aGuest(t, event), await aGuest(t, event)];
    await decide(event, came.id, "approve");
    const invite = () =>
      t.post(
        `/events/${event.eventId}/invitations`,
        { people: [{ name: "Ida", email: "ida@example.org" }] },
        event.host,
      );
    const bulk = { action: "approve", ids: [waits.id] };

    t.travel(3 * 3_600_000);
    const replies = [
      await decide(event, waits.id, "approve"),
      await t.send("DELETE", `/registrations/${came.id}`, undefined, undefined, came.link),
      await t.send("DELETE", `/events/${event.eventId}/register`, undefined, undefined, came.link),
      await t.post(`/registrations/${came.id}/move`, { side: "virtual" }, event.host),
      await invite(),
      await t.post(`/events/${event.eventId}/cancel`, {}, event.host),
    ];
    const many = await t.post(`/events/${event.eventId}/participants/bulk`, bulk, event.host);
    t.travel(-3 * 3_600_000);

    expect(replies.map((reply) => reply.json().code)).toEqual([
      ...Array(4).fill("registration.closed"),
      ...Array(2).fill("event.wrong_status"),
    ]);
    expect(many.json().refused).toEqual([expect.objectContaining({ id: waits.id, code: "registration.closed" })]);
    expect(await takenAt(event)).toBe(1);
  });

  it("may be withdrawn", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);

    const reply = await t.send("DELETE", `/registrations/${guest.id}`, undefined, undefined, guest.link);

    expect(reply.json().status).toBe("cancelled");
    expect((await decide(event, guest.id, "approve")).json().code).toBe("registration.wrong_status");
  });
});

describe("deciding", () => {
  it("is for who runs the event: not for its door, nor the guest, nor a stranger", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);
    const [porter, stranger] = [await aUser(t), await aUser(t)];
    await aRole(t, event, porter, "door");
    const ask = (as?: typeof porter) => t.post(`/registrations/${guest.id}/approve`, {}, as);

    expect((await ask(porter)).json().code).toBe("registration.not_found");
    expect((await ask(stranger)).json().code).toBe("registration.not_found");
    expect((await ask()).json().code).toBe("auth.required");
    const own = await t.post(`/registrations/${guest.id}/approve`, {}, stranger, guest.link);
    expect(own.json().code).toBe("auth.forbidden");
    expect(await takenAt(event)).toBe(0);
  });

  it.each([[{ note: 7 }], [{ note: "x".repeat(2001) }], [{ status: "confirmed" }]])("refuses %j", async (body) => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);

    const reply = await t.post(`/registrations/${guest.id}/decline`, body, event.host);

    expect(reply.json().code).toBe("request.invalid");
    expect((await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json().status).toBe("pending");
  });

  it("is written down, with who did it", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);

    await decide(event, guest.id, "approve");

    const entries = await t.db
      .selectFrom("audit_entries")
      .select(["action", "actor_id", "old", "new"])
      .where("subject_id", "=", guest.id)
      .orderBy("id")
      .execute();
    expect(entries.map(({ action }) => action)).toEqual(["registration.made", "registration.approve"]);
    expect(entries[1]).toMatchObject({
      actor_id: event.host.userId,
      old: { status: "pending" },
      new: { status: "confirmed" },
    });
  });
});
