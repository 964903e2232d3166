import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proveCounters } from "#server/modules/capacity/service.ts";
import { linkToken } from "#server/platform/links.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const hour = 3_600_000;
type Guest = Awaited<ReturnType<typeof aGuest>>;

const view = async ({ id, link }: Pick<Guest, "id" | "link">) =>
  (await t.get(`/registrations/${id}`, undefined, link)).json();
const statusOf = async (guest: Pick<Guest, "id" | "link">): Promise<string> => (await view(guest)).status;
const cancel = ({ id, link }: Guest) => t.send("DELETE", `/registrations/${id}`, undefined, undefined, link);
const accept = ({ id, link }: Pick<Guest, "id" | "link">) =>
  t.post(`/registrations/${id}/accept`, undefined, undefined, link);
const kindsTo = async (email: string) => (await t.lettersTo(email)).map(({ kind }) => kind);

/** A full house of so many, with a waitlist. */
async function aFullHouse(seats = 1, over: Parameters<typeof anEvent>[1] = {}) {
  const event = await anEvent(t, { capacity: seats, hasWaitlist: true, ...over });
  const inside: Guest[] = [];
  for (let n = 0; n < seats; n += 1) inside.push(await aGuest(t, event, { name: `Inside ${n}` }));
  return { event, inside: inside as [Guest, ...Guest[]] };
}

/** A party that asks together; each with their own link. */
async function aParty(event: { eventId: string; gatheringId: string }, size: number) {
  const addresses = Array.from({ length: size }, (_, n) => `party-${crypto.randomUUID()}-${n}@example.org`);
  const attendees = addresses.map((email, n) => ({ name: `Party ${n}`, email }));
  const reply = await t.post(`/events/${event.eventId}/register`, { attendees }, undefined, fromElsewhere());
  expect(reply.statusCode, reply.body).toBe(202);
  const rows = await t.db
    .selectFrom("registrations")
    .innerJoin("people", "people.id", "registrations.person_id")
    .select(["registrations.id", "people.email"])
    .where("email", "in", addresses)
    .execute();
  return rows.map(({ id, email }) => {
    const token = linkToken(t.settings.secrets.links, { kind: "registration", id, version: 1 });
    return { id, email: email ?? "", name: "", token, link: { authorization: `Link ${token}` } };
  });
}

/** So many who wait one by one, written past the door. */
const aCrowd = (
  { gatheringId, ticketTypeIds: [type] }: Awaited<ReturnType<typeof anEvent>>,
  size: number,
  side: string,
) =>
  t.query(`with p as (insert into people (id, email, name, created_at)
      select gen_random_uuid(), 'crowd-' || n || '-${gatheringId}@example.org', 'Crowd', now() from generate_series(1, ${size}) n returning id),
    w as (insert into waitlist_entries (id, gathering_id, ticket_type_id, person_id, party_size, status, created_at)
      select gen_random_uuid(), '${gatheringId}', '${type}', id, 1, 'waiting', now() from p returning id, person_id)
    insert into registrations (id, gathering_id, ticket_type_id, person_id, waitlist_entry_id, name, display_name, side, status, created_at, updated_at)
      select gen_random_uuid(), '${gatheringId}', '${type}', person_id, id, 'Crowd', 'Crowd', '${side}', 'waitlisted', now(), now() from w`);

describe("a full house", () => {
  it("takes the host along, too, as their own page says", async () => {
    const { event } = await aFullHouse();
    const path = `/events/${event.eventId}/register`;
    const options = (await t.get(path, event.host)).json();

    const reply = await t.post(path, {}, event.host);

    expect([options.state, reply.json().status, reply.json().position]).toEqual(["waitlist", "waitlisted", 1]);
  });

  it("keeps a number on the waitlist, and says which", async () => {
    const { event } = await aFullHouse();

    const first = await aGuest(t, event);
    const second = await aGuest(t, event);
    await t.settle();

    expect(await view(first)).toMatchObject({ status: "waitlisted", position: 1, ticket: null });
    expect(await view(second)).toMatchObject({ status: "waitlisted", position: 2 });
    const [letter] = await t.lettersTo(second.email);
    expect(letter).toMatchObject({ kind: "waitlisted", subject: "You are on the waitlist for An evening together" });
    expect(letter?.text).toMatch(/Number on the waitlist:? *2/);
    expect(letter?.text).toContain(`/t/${second.token}`);
    expect((await t.get(`/events/${event.eventId}/register`)).json()).toMatchObject({ state: "waitlist", taken: 1 });
  });

  it("tells who waits nothing of those before them when one leaves", async () => {
    const { event } = await aFullHouse();
    const [first, second] = [await aGuest(t, event), await aGuest(t, event)];

    await cancel(first);

    expect((await view(second)).position).toBe(1);
  });

  it("offers what comes free to the first in turn, for a while, by letter", async () => {
    const { event, inside } = await aFullHouse();
    const [first, second] = [await aGuest(t, event), await aGuest(t, event)];

    await cancel(inside[0]);
    await t.settle();

    const offer = await view(first);
    expect(offer).toMatchObject({ status: "offered", ticket: null });
    expect(new Date(offer.offerEndsAt).getTime() - t.ctx.now().getTime()).toBeGreaterThan(23 * hour);
    expect(await statusOf(second)).toBe("waitlisted");
    const letter = (await t.lettersTo(first.email)).at(-1);
    expect(letter).toMatchObject({ kind: "offered" });
    expect(letter?.html).toContain(`/t/${first.token}`);
    expect(letter?.text).toContain("Kept until");
  });

  it("never lets a newcomer snatch what somebody leaves by changing sides", async () => {
    const event = await anEvent(t, { format: "hybrid", hasWaitlist: true, inPersonCapacity: 1, virtualCapacity: 1 });
    const inside = await aGuest(t, event, { side: "in_person" });
    const waits = await aGuest(t, event, { side: "in_person" });

    const [swapped, ...late] = await Promise.all([
      t.post(`/registrations/${inside.id}/swap-side`, { side: "virtual" }, undefined, inside.link),
      ...Array.from({ length: 6 }, () => aGuest(t, event, { side: "in_person" })),
    ]);

    expect(swapped.statusCode).toBe(200);
    expect(await statusOf(waits)).toBe("offered");
    expect(new Set(await Promise.all(late.map(statusOf)))).toEqual(new Set(["waitlisted"]));
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("offers what a larger house gains", async () => {
    const { event } = await aFullHouse();
    const waiting = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];

    const reply = await t.send("PATCH", `/events/${event.eventId}`, { capacity: 3 }, event.host);

    expect(reply.statusCode, reply.body).toBe(200);
    expect(await Promise.all(waiting.map(statusOf))).toEqual(["offered", "offered", "waitlisted"]);
  });

  it("keeps nobody waiting twice", async () => {
    const { event } = await aFullHouse();
    const waits = await aGuest(t, event);

    await aGuest(t, event, { email: waits.email });
    await t.settle();

    expect((await view(waits)).position).toBe(1);
    expect(await kindsTo(waits.email)).toEqual(["waitlisted", "waitlisted"]);
  });
});

describe("an offer", () => {
  async function anOffer() {
    const { event, inside } = await aFullHouse();
    const [first, second] = [await aGuest(t, event), await aGuest(t, event)];
    await cancel(inside[0]);
    return { event, first, second };
  }

  it("is accepted with one answer and one letter, however often it is clicked", async () => {
    const { first } = await anOffer();

    const replies = [await accept(first), await accept(first)];
    await t.settle();

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await view(first)).ticket.code).toMatch(/^PL1/);
    expect((await kindsTo(first.email)).filter((kind) => kind === "confirmation")).toHaveLength(1);
  });

  it("lapses at its time and goes to the next, and so on", async () => {
    const { first, second } = await anOffer();

    t.travel(24 * hour + 1000);
    await t.settle();

    expect(await statusOf(first)).toBe("lapsed");
    expect(await statusOf(second)).toBe("offered");
    expect((await kindsTo(first.email)).at(-1)).toBe("lapsed");
    expect((await accept(first)).json()).toMatchObject({ code: "registration.wrong_status" });
    expect((await accept(second)).json().status).toBe("confirmed");
    t.travel(48 * hour);
    await t.settle();
    expect(await statusOf(second)).toBe("confirmed");
  });

  it("cascades to each in turn exactly once, though its time is told twice", async () => {
    const { first, second } = await anOffer();
    t.travel(24 * hour + 1000);
    await t.settle();
    const due = await t.db.selectFrom("facts").select("id").where("name", "=", "registration.offer_due").execute();

    await Promise.all(due.flatMap(({ id }) => [t.runFact(id), t.runFact(id)]));
    await t.settle();

    expect([await statusOf(first), await statusOf(second)]).toEqual(["lapsed", "offered"]);
    expect((await kindsTo(second.email)).filter((kind) => kind === "offered")).toHaveLength(1);
  });

  it("is over at its time even while nobody has noticed", async () => {
    const { first } = await anOffer();

    t.travel(24 * hour + 1000);

    expect((await accept(first)).json().code).toBe("registration.wrong_status");
    expect(await statusOf(first)).toBe("offered");
    await t.settle();
  });

  it("may be refused, and goes on at once", async () => {
    const { first, second } = await anOffer();

    expect((await cancel(first)).statusCode).toBe(200);

    expect(await statusOf(second)).toBe("offered");
  });

  it("is short when the start is near", async () => {
    const { event, inside } = await aFullHouse(1, { startsIn: 1 });
    const first = await aGuest(t, event);

    await cancel(inside[0]);

    const minutes = (new Date((await view(first)).offerEndsAt).getTime() - t.ctx.now().getTime()) / 60_000;
    expect(Math.round(minutes)).toBe(15);
  });

  it("is nobody else's to accept", async () => {
    const { first, second } = await anOffer();
    const stranger = await aUser(t);

    expect((await accept({ id: first.id, link: second.link })).json().code).toBe("registration.not_found");
    expect((await t.post(`/registrations/${first.id}/accept`, undefined, stranger)).json().code).toBe(
      "registration.not_found",
    );
    expect((await t.post(`/registrations/${first.id}/accept`)).json().code).toBe("auth.required");
    expect(await statusOf(first)).toBe("offered");
  });
});

describe("a party", () => {
  it("waits together, and gets all its places or none", async () => {
    const { event, inside } = await aFullHouse(3);
    const party = await aParty(event, 2);
    const single = await aGuest(t, event);

    await t.settle();
    await cancel(inside[0]);
    // One place is no use to two; it is not left empty on their account.
    expect(await Promise.all(party.map(statusOf))).toEqual(["waitlisted", "waitlisted"]);
    expect(await statusOf(single)).toBe("offered");

    await Promise.all(inside.slice(1).map(cancel));
    await t.settle();

    expect(await Promise.all(party.map(statusOf))).toEqual(["offered", "offered"]);
    for (const { email, token } of party) {
      expect(await kindsTo(email)).toEqual(["waitlisted", "offered"]);
      expect((await t.lettersTo(email)).at(-1)?.text).toContain(token);
    }
  });

  it("accepts as one", async () => {
    const { event, inside } = await aFullHouse(2);
    const party = await aParty(event, 2);
    await Promise.all(inside.map(cancel));

    await accept(party[1] as Guest);
    await t.settle();

    expect(await Promise.all(party.map(statusOf))).toEqual(["confirmed", "confirmed"]);
    for (const { email } of party) expect((await kindsTo(email)).at(-1)).toBe("confirmation");
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("is not torn apart where only some of it would fit", async () => {
    const event = await anEvent(t, { capacity: 2, hasWaitlist: true });

    const party = await aParty(event, 3);

    expect(new Set(await Promise.all(party.map(statusOf)))).toEqual(new Set(["waitlisted"]));
    expect((await t.get(`/events/${event.eventId}/register`)).json().taken).toBe(0);
  });

  it("goes on without who leaves it", async () => {
    const { event, inside } = await aFullHouse(2);
    const party = await aParty(event, 3);
    await Promise.all(inside.map(cancel));
    expect(await statusOf(party[0] as Guest)).toBe("waitlisted");

    await cancel(party[0] as Guest);

    expect(await Promise.all(party.slice(1).map(statusOf))).toEqual(["offered", "offered"]);
  });

  it("gives all its places back when nobody accepts", async () => {
    const { event, inside } = await aFullHouse(2);
    const party = await aParty(event, 2);
    await Promise.all(inside.map(cancel));
    const [one, other] = [await aGuest(t, event), await aGuest(t, event)];

    t.travel(25 * hour);
    await t.settle();

    expect(await Promise.all(party.map(statusOf))).toEqual(["lapsed", "lapsed"]);
    expect(await Promise.all([one, other].map(statusOf))).toEqual(["offered", "offered"]);
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

// Last: nobody settles after them, so that what follows for so many people is not done in the time of others.
describe("a full house with many before it", () => {
  it("never lets a newcomer snatch what came free, however many reach for it", async () => {
    const { event, inside } = await aFullHouse(3);
    const waiting = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];
    const newcomer = () => aGuest(t, event);

    const [, , , ...late] = await Promise.all([...inside.map(cancel), ...Array.from({ length: 12 }, () => newcomer())]);

    expect(await Promise.all(waiting.map(statusOf))).toEqual(["offered", "offered", "offered"]);
    const statuses = await Promise.all((late as Guest[]).map(statusOf));
    expect(new Set(statuses)).toEqual(new Set(["waitlisted"]));
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("asks whoever waits for the side that came free, however many wait for another", async () => {
    const event = await anEvent(t, { format: "hybrid", hasWaitlist: true, inPersonCapacity: 1, virtualCapacity: 1 });
    await aGuest(t, event, { side: "in_person" });
    const inside = await aGuest(t, event, { side: "virtual" });
    await aCrowd(event, 220, "in_person");
    const waits = await aGuest(t, event, { side: "virtual" });

    await cancel(inside);

    expect(await statusOf(waits)).toBe("offered");
  });

  it("offers all that a much larger house gains, in one go", async () => {
    const { event } = await aFullHouse();
    await aCrowd(event, 60, "in_person");

    await t.send("PATCH", `/events/${event.eventId}`, { capacity: 56 }, event.host);

    expect((await t.get(`/events/${event.eventId}/register`)).json().taken).toBe(56);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("keeps every counter in a storm of changes of side, and nobody in two places", async () => {
    const event = await anEvent(t, {
      format: "hybrid",
      hasWaitlist: true,
      capacity: 12,
      inPersonCapacity: 7,
      virtualCapacity: 8,
    });
    const inside: Guest[] = [];
    for (let n = 0; n < 12; n += 1) inside.push(await aGuest(t, event, { side: n < 6 ? "in_person" : "virtual" }));

    const swaps = Array.from({ length: 5 }, (_, round) =>
      inside.map(({ id, link }, n) =>
        t.post(`/registrations/${id}/swap-side`, { side: (n + round) % 2 ? "virtual" : "in_person" }, undefined, {
          ...link,
          ...fromElsewhere(),
        }),
      ),
    );
    const replies = await Promise.all(swaps.flat());

    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
    for (const reply of replies.filter(({ statusCode }) => statusCode === 409))
      expect(reply.json().code).toBe("registration.sold_out");
    const sides = (await Promise.all(inside.map(view))).map(({ side }) => side);
    expect(sides.filter((side) => side === "in_person").length).toBeLessThanOrEqual(7);
    expect(sides.filter((side) => side === "virtual").length).toBeLessThanOrEqual(8);
    expect((await t.get(`/events/${event.eventId}/register`)).json().taken).toBe(12);
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});
