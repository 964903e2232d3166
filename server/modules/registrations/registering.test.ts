import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Named = { name: string; email: string; side?: string };
const ada: Named = { name: "Ada", email: "ada@example.org" };
let count = 0;
const somebody = (over: Partial<Named> = {}): Named => {
  count += 1;
  return { name: `Guest ${count}`, email: `guest-${count}@example.org`, ...over };
};

/** Registers as a guest from a network of its own. */
const ask = (event: { eventId: string }, attendees: readonly Named[], over: object = {}) =>
  t.post(`/events/${event.eventId}/register`, { attendees, ...over }, undefined, fromElsewhere());

const takenAt = async (event: { eventId: string; host: Someone }): Promise<number> =>
  (await t.get(`/events/${event.eventId}/register`, event.host)).json().taken;

const statusesOf = async (event: { gatheringId: string }) => {
  const rows = await t.db
    .selectFrom("registrations")
    .select("status")
    .where("gathering_id", "=", event.gatheringId)
    .execute();
  return rows.map(({ status }) => status).toSorted();
};

describe("a guest", () => {
  it("is told the same for an address that is new, known, registered or shut out", async () => {
    const event = await anEvent(t, { capacity: 40 });
    const known = await aUser(t);
    const banned = await aUser(t);
    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", banned.userId).execute();
    const registered = await aGuest(t, event);

    const replies = await Promise.all(
      [somebody(), known, registered, banned].map(({ name, email }) => ask(event, [{ name, email }])),
    );

    for (const reply of replies) {
      expect(reply.statusCode).toBe(202);
      expect(reply.json()).toEqual({ status: "sent" });
    }
    expect(await takenAt(event)).toBe(3);
  });

  it("learns nothing by counting before and after; the last place is told as long as it can be had", async () => {
    const event = await anEvent(t, { capacity: 4 });
    const { name, email } = await aGuest(t, event);
    const told = async () => {
      const options = (await t.get(`/events/${event.eventId}/register`)).json();
      const { places } = (await t.get(`/events/${event.eventId}`)).json();
      return { taken: [options.taken, places.taken], left: [options.ticketTypes[0].left, places.left] };
    };

    const first = await told();
    await ask(event, [somebody()]);
    const afterNew = await told();
    await ask(event, [{ name, email }]);
    const afterKnown = await told();
    for (let n = 0; n < 3; n += 1) await ask(event, [{ name, email }]);

    expect([first, afterNew, afterKnown].map(({ taken }) => taken)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(afterKnown.left).toEqual([1, 1]);
    expect(await told()).toEqual(afterKnown);
    expect(await takenAt(event)).toBe(2);
    await ask(event, [somebody(), somebody()]);
    expect((await told()).left).toEqual([0, 0]);
  });

  it("is told the same of a full house, whoever they are", async () => {
    const event = await anEvent(t, { capacity: 2 });
    const banned = await aUser(t);
    await t.db.updateTable("users").set({ banned_at: t.ctx.now() }).where("id", "=", banned.userId).execute();
    const registered = await aGuest(t, event);
    await aGuest(t, event);

    const stranger = somebody();
    const replies = await Promise.all(
      [stranger, registered, banned].map(({ name, email }) => ask(event, [{ name, email }])),
    );

    expect(replies.map((reply) => reply.json().code)).toEqual(Array(3).fill("registration.sold_out"));
    expect(replies.map((reply) => Object.keys(reply.json()).toSorted().join())).toEqual(
      Array(3).fill("code,status,title,type"),
    );
    // Whoever was refused is nobody we know.
    expect(await t.db.selectFrom("people").select("id").where("email", "=", stranger.email).execute()).toEqual([]);
  });

  it("sends no web address to a stranger in the place of a name", async () => {
    const event = await anEvent(t);
    const [mallory, victim] = [somebody({ name: "Win at www.evil.example" }), somebody({ name: "Dr.Smith J.R.R." })];
    await t.db
      .updateTable("organizers")
      .set({ name: "Win at http://evil.example" })
      .where("id", "=", event.organizerId)
      .execute();

    const [refused, taken] = [await ask(event, [mallory]), await ask(event, [victim])];
    await t.settle();

    const [letter] = await t.lettersTo(victim.email);
    expect(refused.json().fields).toMatchObject([{ at: "body.attendees.0.name", code: "web_address" }]);
    expect([refused.statusCode, taken.statusCode]).toEqual([400, 202]);
    expect(`${letter?.html} ${letter?.text}`).not.toMatch(/http:\/\/evil|evil\.example/);
    expect(letter?.text).toContain("Win at http:\u2060//evil.\u2060example");
  });

  it("is known by their address whatever its case and the blanks around it", async () => {
    const event = await anEvent(t);
    const one = somebody();

    await ask(event, [one]);
    await ask(event, [{ ...one, email: ` ${one.email.toUpperCase()} ` }]);

    expect(await takenAt(event)).toBe(1);
  });

  it("may come back with the first answer to the very same request, and with another request not", async () => {
    const event = await anEvent(t);
    const headers = { ...fromElsewhere(), "idempotency-key": "one" };
    const [one, other] = [somebody(), somebody()];
    const send = (attendees: Named[]) => t.post(`/events/${event.eventId}/register`, { attendees }, undefined, headers);

    const first = await send([one]);
    const again = await send([one]);
    const different = await send([other]);

    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect(again.json()).toEqual({ status: "sent" });
    expect(different.json().code).toBe("request.key_reused");
    expect(await takenAt(event)).toBe(1);
  });

  it("may try twenty times a minute from one network; the next try is told how long to wait", async () => {
    const event = await anEvent(t);
    const headers = fromElsewhere();
    const replies = [];
    for (let n = 0; n < 21; n += 1)
      replies.push(await t.post(`/events/${event.eventId}/register`, { attendees: [somebody()] }, undefined, headers));

    expect(replies.slice(0, 20).every(({ statusCode }) => statusCode === 202)).toBe(true);
    expect(replies[20]?.json().code).toBe("rate.limited");
    expect(Number(replies[20]?.headers["retry-after"])).toBeGreaterThan(0);
    expect(await takenAt(event)).toBe(20);
  });

  it("brings others, each with a name and an address of their own", async () => {
    const event = await anEvent(t);
    const party = [somebody(), somebody(), somebody()];

    await ask(event, party);
    await t.settle();

    expect(await takenAt(event)).toBe(3);
    for (const { name, email } of party) {
      const letters = await t.lettersTo(email);
      expect(letters.map(({ kind }) => kind)).toEqual(["confirmation"]);
      expect(letters[0]?.text).toContain(name);
    }
  });

  it("never learns from their party who had a place before", async () => {
    const event = await anEvent(t);
    const before = await aGuest(t, event);
    const [self, fresh] = [somebody(), somebody()];

    await ask(event, [self, { name: "Known", email: before.email }, fresh]);
    const own = (await t.get("/registrations/me?when=all", await accountOf(self))).json().items;

    const detail = (await t.get(`/registrations/${own[0].id}`, await accountOf(self))).json();
    expect(detail.party).toEqual([{ name: "Known" }, { name: fresh.name }]);
  });

  it("counts an address that is named twice once", async () => {
    const event = await anEvent(t);
    const one = somebody();

    await ask(event, [one, { ...one, name: "The same" }]);

    expect(await takenAt(event)).toBe(1);
  });
});

/** The account that verifies the address of somebody who came as a guest. */
async function accountOf({ email, name }: Named): Promise<Someone> {
  const user = await aUser(t, { name });
  const person = await t.db.selectFrom("people").select("id").where("email", "=", email).executeTakeFirstOrThrow();
  await t.db.updateTable("people").set({ user_id: null }).where("user_id", "=", user.userId).execute();
  await t.db.updateTable("people").set({ user_id: user.userId }).where("id", "=", person.id).execute();
  return user;
}

describe("somebody signed in", () => {
  it("has the ticket at once", async () => {
    const event = await anEvent(t, { capacity: 5 });
    const grace = await aUser(t, { name: "Grace Hopper" });

    const reply = await t.post(`/events/${event.slug}/register`, {}, grace);

    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.json()).toMatchObject({
      eventId: event.eventId,
      occurrenceId: event.gatheringId,
      status: "confirmed",
      name: "Grace Hopper",
      email: grace.email,
      side: "in_person",
      ticket: { code: expect.stringMatching(/^PL1[0-9A-Z]{138}$/), typedCode: expect.stringMatching(/^\w{5}-\w{5}$/) },
      event: { slug: event.slug, title: "An evening together" },
    });
    expect(await t.factsAbout(reply.json().id)).toEqual(["registration.confirmed"]);
  });

  it("may name the event in the body", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t);

    const reply = await t.post("/registrations", { eventId: event.eventId }, grace);

    expect(reply.statusCode).toBe(201);
    expect(reply.json().eventId).toBe(event.eventId);
  });

  it("is told that they are registered, with which registration", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t);
    const { id } = (await t.post(`/events/${event.eventId}/register`, {}, grace)).json();

    const again = await t.post(`/events/${event.eventId}/register`, {}, grace);

    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: "registration.duplicate", registrationId: id });
    expect(await takenAt(event)).toBe(1);
  });

  it("learns nothing of another's address", async () => {
    const event = await anEvent(t);
    const known = await aGuest(t, event);
    const grace = await aUser(t);

    const reply = await t.post(
      `/events/${event.eventId}/register`,
      { attendees: [{ name: "Known", email: known.email }] },
      grace,
    );

    expect(reply.statusCode).toBe(202);
    expect(reply.json()).toEqual({ status: "sent" });
  });

  it("registers themselves with others, and sees the names they gave", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t, { name: "Grace" });
    const other = somebody();

    const reply = await t.post(
      `/events/${event.eventId}/register`,
      { attendees: [{ name: "Grace", email: grace.email }, other] },
      grace,
    );

    expect(reply.statusCode).toBe(201);
    expect(reply.json().party).toEqual([{ name: other.name }]);
  });

  it("repeats a request with its key and gets the same ticket", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t);
    const send = () => t.post(`/events/${event.eventId}/register`, {}, grace, { "idempotency-key": "mine" });

    const [first, again] = [await send(), await send()];

    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.json()).toEqual(first.json());
  });

  it("may come again after giving the place up", async () => {
    const event = await anEvent(t, { capacity: 1 });
    const grace = await aUser(t);
    const { id } = (await t.post(`/events/${event.eventId}/register`, {}, grace)).json();

    await t.send("DELETE", `/registrations/${id}`, undefined, grace);
    const again = await t.post(`/events/${event.eventId}/register`, {}, grace);

    expect(again.statusCode).toBe(201);
    expect(again.json().id).not.toBe(id);
  });
});

describe("the window", () => {
  const hour = 3_600_000;

  it("opens, closes, and says when", async () => {
    const opensAt = new Date(t.ctx.now().getTime() + hour);
    const event = await anEvent(t, { opensAt, closesAt: new Date(opensAt.getTime() + hour) });
    const code = async () => (await ask(event, [somebody()])).json();

    expect(await code()).toMatchObject({ code: "registration.closed", until: opensAt.toISOString() });
    t.travel(hour + 1000);
    expect(await code()).toEqual({ status: "sent" });
    t.travel(hour);
    expect(await code()).toMatchObject({ code: "registration.closed" });
    expect(await takenAt(event)).toBe(1);
  });

  it("is no bar to who runs the event, nor is approval", async () => {
    const event = await anEvent(t, { opensAt: new Date(t.ctx.now().getTime() + hour), needsApproval: true });

    const reply = await t.post(`/events/${event.eventId}/register`, { attendees: [somebody()] }, event.host);

    expect(reply.statusCode, reply.body).toBe(202);
    expect(await statusesOf(event)).toEqual(["confirmed"]);
  });

  it("is shut for what is over, and for what is cancelled", async () => {
    const over = await anEvent(t, { startsIn: -5, hours: 1 });
    const cancelled = await anEvent(t);
    await t.post(`/events/${cancelled.eventId}/cancel`, { reason: "Rain" }, cancelled.host);

    expect((await ask(over, [somebody()])).json().code).toBe("registration.closed");
    expect((await ask(cancelled, [somebody()])).json().code).toBe("gathering.cancelled");
  });

  it("is not even seen where the event is a draft, or private", async () => {
    const draft = await anEvent(t, { status: "draft" });
    const secret = await anEvent(t, { visibility: "private" });
    const invited = await anEvent(t, { visibility: "invite_only" });

    expect((await ask(draft, [somebody()])).statusCode).toBe(404);
    expect((await ask(secret, [somebody()])).statusCode).toBe(404);
    expect((await ask(invited, [somebody()])).json().code).toBe("registration.invitation_needed");
  });
});

describe("tickets and sides", () => {
  it("offers each side of a hybrid event as long as it has room", async () => {
    const event = await anEvent(t, { format: "hybrid", inPersonCapacity: 1, virtualCapacity: 2 });

    await aGuest(t, event, { side: "in_person" });
    const full = await ask(event, [somebody({ side: "physical" })]);
    const online = await ask(event, [somebody({ side: "virtual" })]);

    expect(full.json().code).toBe("registration.sold_out");
    expect(online.statusCode).toBe(202);
    const { sides, state } = (await t.get(`/events/${event.eventId}/register`)).json();
    expect(sides).toEqual([
      { side: "in_person", left: 0 },
      { side: "virtual", left: 1 },
    ]);
    expect(state).toBe("open");
  });

  it("takes from both sides for who comes on both", async () => {
    const event = await anEvent(t, {
      format: "hybrid",
      inPersonCapacity: 2,
      virtualCapacity: 1,
      tickets: [{ side: "both" }, { side: "any" }],
    });

    await aGuest(t, event, { ticketTypeId: event.ticketTypeIds[0] });

    const { sides } = (await t.get(`/events/${event.eventId}/register`)).json();
    expect(sides.map(({ left }: { left: number }) => left)).toEqual([1, 0]);
    expect(
      (await ask(event, [somebody({ side: "virtual" })], { ticketTypeId: event.ticketTypeIds[1] })).json().code,
    ).toBe("registration.sold_out");
  });

  it("refuses a side that the ticket is not for, and a ticket that is not there", async () => {
    const event = await anEvent(t, { format: "hybrid", tickets: [{ side: "virtual" }] });
    const other = await anEvent(t);

    expect((await ask(event, [somebody({ side: "in_person" })])).json()).toMatchObject({
      code: "registration.side_not_offered",
      sides: ["virtual"],
    });
    expect((await ask(event, [somebody()], { ticketTypeId: other.ticketTypeIds[0] })).json().code).toBe(
      "ticket_type.not_found",
    );
    expect((await ask(event, [somebody()], { occurrenceId: other.gatheringId })).json().code).toBe(
      "gathering.not_found",
    );
    expect(await takenAt(event)).toBe(0);
  });

  it("limits a ticket by itself, and a party by what the ticket allows, all or nobody", async () => {
    const event = await anEvent(t, { capacity: 10, tickets: [{ capacity: 2, maxParty: 3 }] });

    const tooMany = await ask(event, [somebody(), somebody(), somebody(), somebody()]);
    const noRoom = await ask(event, [somebody(), somebody(), somebody()]);
    const two = await ask(event, [somebody(), somebody()]);

    expect(tooMany.json()).toMatchObject({ code: "registration.party_too_large", max: 3 });
    expect(noRoom.json().code).toBe("registration.sold_out");
    expect(two.statusCode).toBe(202);
    expect(await takenAt(event)).toBe(2);
  });

  it("gives one address several places where the ticket allows it", async () => {
    const event = await anEvent(t, { tickets: [{ allowsSeveral: true }] });

    await ask(event, [ada]);
    await ask(event, [ada]);

    expect(await takenAt(event)).toBe(2);
  });

  it("lets who has a place change sides, if there is one", async () => {
    const event = await anEvent(t, { format: "hybrid", inPersonCapacity: 1, virtualCapacity: 1 });
    const guest = await aGuest(t, event, { side: "in_person" });
    const swap = (side: string) => t.post(`/registrations/${guest.id}/swap-side`, { side }, undefined, guest.link);

    const ways = async () => {
      const { otherSides, fullSides } = (await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json();
      return { otherSides, fullSides };
    };

    const before = await ways();
    const swapped = await swap("virtual");
    await aGuest(t, event, { side: "in_person" });
    const after = await ways();
    const back = await swap("in_person");
    await t.settle();

    expect([before, after]).toEqual([
      { otherSides: ["virtual"], fullSides: [] },
      { otherSides: ["in_person"], fullSides: ["in_person"] },
    ]);

    expect(swapped.json()).toMatchObject({ side: "virtual", status: "confirmed" });
    expect(back.json().code).toBe("registration.sold_out");
    expect((await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json().side).toBe("virtual");
    expect((await t.lettersTo(guest.email)).map(({ kind }) => kind)).toEqual(["confirmation", "confirmation"]);
  });
});

describe("where nobody can be written to", () => {
  afterEach(() => {
    t.ctx.gateways.mail = { kind: "mailbox", send: async () => {} };
  });

  it("refuses guests, since they could never get in", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t);
    t.ctx.gateways.mail = { kind: "off", send: async () => {} };

    expect((await ask(event, [somebody()])).json().code).toBe("mail.off");
    expect((await t.post("/registrations/resend", { email: ada.email }, undefined, fromElsewhere())).json().code).toBe(
      "mail.off",
    );
    expect((await t.post(`/events/${event.eventId}/register`, {}, grace)).statusCode).toBe(201);
    expect(await takenAt(event)).toBe(1);
  });
});

describe("bad input", () => {
  it.each([
    [{}, "body.attendees"],
    [{ attendees: [] }, "body.attendees"],
    [{ attendees: "Ada" }, "body.attendees"],
    [{ attendees: [{ name: "Ada" }] }, "body.attendees.0.email"],
    [{ attendees: [{ email: "ada@example.org" }] }, "body.attendees.0.name"],
    [{ attendees: [{ name: " ", email: "ada@example.org" }] }, "body.attendees.0.name"],
    [{ attendees: [{ name: "x".repeat(121), email: "ada@example.org" }] }, "body.attendees.0.name"],
    [{ attendees: [{ name: "Ada", email: "nowhere" }] }, "body.attendees.0.email"],
    [{ attendees: [{ name: "Ada", email: `${"x".repeat(250)}@example.org` }] }, "body.attendees.0.email"],
    [{ attendees: [{ name: "A\u0000da", email: "ada@example.org" }] }, "body.attendees.0.name"],
    [{ attendees: [{ ...ada, side: "above" }] }, "body.attendees.0.side"],
    [{ attendees: [{ ...ada, status: "confirmed" }] }, "body.attendees.0"],
    [{ attendees: Array(101).fill(ada) }, "body.attendees"],
    [{ attendees: [ada], ticketTypeId: "1" }, "body.ticketTypeId"],
    [{ attendees: [ada], occurrenceId: 7 }, "body.occurrenceId"],
    [{ attendees: [ada], price: 0 }, "body"],
  ])("%# is refused and changes nothing", async (body, at) => {
    const event = await anEvent(t);

    const reply = await t.post(`/events/${event.eventId}/register`, body, undefined, fromElsewhere());

    expect(reply.statusCode, reply.body).toBe(400);
    expect(reply.json().code).toBe("request.invalid");
    expect(reply.json().fields.map((field: { at: string }) => field.at)).toContain(at);
    expect(await statusesOf(event)).toEqual([]);
  });

  it.each(["/events/nowhere/register", "/events/%00/register", `/events/${"x".repeat(201)}/register`])(
    "%s leads nowhere",
    async (path) => {
      const reply = await t.post(path, { attendees: [ada] }, undefined, fromElsewhere());

      expect(reply.statusCode).toBeGreaterThanOrEqual(400);
      expect(reply.statusCode).toBeLessThan(500);
    },
  );

  it("keeps a name that looks like markup as the text it is", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event, { name: "<img src=x onerror=alert(1)>\u202e" });
    await t.settle();

    const [letter] = await t.lettersTo(guest.email);
    expect(letter?.html).not.toContain("<img src=x");
    expect(letter?.html).toContain("&lt;img src=x");
  });
});
