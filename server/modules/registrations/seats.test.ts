import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proveCounters } from "#server/modules/capacity/service.ts";
import { linkToken } from "#server/platform/links.ts";
import { anEvent, aUser, type EventOver, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const somebody = (name = "Nell New") => ({ name, email: `${crypto.randomUUID()}@example.org` });
const tokenIn = (url: string) => url.split("/claim/")[1] ?? "";
const kindsTo = async (email: string) => (await t.lettersTo(email)).map(({ kind }) => kind);
const claim = (token: string, who: object = somebody()) =>
  t.post("/claims", { token, ...who }, undefined, fromElsewhere());

/** A guest with so many seats that have no name yet. */
async function aBuyer(unnamed: number, over: EventOver = {}) {
  const event = await anEvent(t, over);
  const { name, email } = somebody("Bea Buyer");
  const body = { attendees: [{ name, email }], unnamed };
  const reply = await t.post(`/events/${event.eventId}/register`, body, undefined, fromElsewhere());
  expect(reply.json()).toEqual({ status: "sent" });
  const { id } = await t.db
    .selectFrom("registrations")
    .innerJoin("people", "people.id", "registrations.person_id")
    .select("registrations.id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  const token = linkToken(t.settings.secrets.links, { kind: "registration", id, version: 1 });
  const link = { authorization: `Link ${token}` };
  const page = async () => (await t.get(`/registrations/${id}`, undefined, link)).json();
  return { event, id, name, email, link, page };
}

const hand = (id: string, to: object, link: Record<string, string>) =>
  t.send("PUT", `/registrations/${id}/holder`, to, undefined, { ...link, ...fromElsewhere() });

describe("seats without a name", () => {
  it("take their places at once, and stand on the buyer's page with links", async () => {
    const { event, page } = await aBuyer(2, { capacity: 3 });

    const { seats } = await page();

    expect(seats).toMatchObject([
      { name: "Bea Buyer +1", status: "confirmed" },
      { name: "Bea Buyer +2", status: "confirmed" },
    ]);
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().taken).toBe(3);
    const listed = (await t.get(`/events/${event.eventId}/participants`, event.host)).json().items;
    expect(listed.filter(({ isUnnamed }: { isUnnamed: boolean }) => isUnnamed)).toHaveLength(2);
  });

  it("count for the largest party, and are all or none", async () => {
    const event = await anEvent(t, { capacity: 2, tickets: [{ maxParty: 4 }] });
    const ask = (unnamed: number) =>
      t.post(`/events/${event.eventId}/register`, { attendees: [somebody()], unnamed }, undefined, fromElsewhere());

    expect((await ask(4)).json()).toMatchObject({ code: "registration.party_too_large", max: 4 });
    expect((await ask(2)).json().code).toBe("registration.sold_out");
    expect((await ask(1)).statusCode).toBe(202);
  });

  it("are named by the buyer: the new holder gets the ticket by letter", async () => {
    const { page, link } = await aBuyer(1);
    const [seat] = (await page()).seats;
    const nell = somebody();

    const reply = await hand(seat.id, nell, link);
    await t.settle();

    expect(reply.json()).toEqual({ status: "sent" });
    expect(await kindsTo(nell.email)).toEqual(["confirmation"]);
    expect(await page()).toMatchObject({ seats: [], party: [{ name: "Nell New" }] });
    expect((await hand(seat.id, somebody(), link)).json().code).toBe("registration.not_found");
  });

  it("say nothing of an address that has a seat already: it has two then", async () => {
    const { event, page, link } = await aBuyer(1);
    const known = await aGuest(t, event);
    const [seat] = (await page()).seats;

    expect((await hand(seat.id, { name: "Lin", email: known.email }, link)).json()).toEqual({ status: "sent" });
    expect((await t.get(`/registrations/${known.id}`, undefined, known.link)).json().status).toBe("confirmed");
  });

  it("are the only one of whoever got one: nobody takes another beside what was handed to them", async () => {
    const { event, page, link } = await aBuyer(1, { capacity: 9 });
    const [nell, seat] = [await aUser(t), (await page()).seats[0]];
    await hand(seat.id, { name: nell.name, email: nell.email }, link);

    const again = await t.post(`/events/${event.eventId}/register`, {}, nell);
    const asGuest = { attendees: [{ name: nell.name, email: nell.email }] };
    const unseen = await t.post(`/events/${event.eventId}/register`, asGuest, undefined, fromElsewhere());
    await t.settle();

    expect(again.json()).toMatchObject({ code: "registration.duplicate", registrationId: seat.id });
    expect(unseen.json()).toEqual({ status: "sent" });
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().taken).toBe(2);
    expect(await kindsTo(nell.email)).toEqual(["confirmation", "confirmation"]);
  });

  it("become nobody's who is shut out of this place, and the answer is that of anybody else", async () => {
    const { page, link } = await aBuyer(1);
    const [outcast, seat] = [await aUser(t), (await page()).seats[0]];
    await t.query(`update users set banned_at = now() where id = '${outcast.userId}'`);

    const { name, email } = outcast;
    expect((await hand(seat.id, { name, email }, link)).json()).toEqual({ status: "sent" });
    expect((await claim(tokenIn(seat.claimUrl), { name, email })).json()).toEqual({ status: "sent" });
    await t.settle();

    expect((await page()).seats).toMatchObject([{ id: seat.id }]);
    expect(await t.lettersTo(email)).toEqual([]);
  });

  it.each(["denied", "removed", "banned"])(
    "bring nobody back whom a host has %s, by no other address",
    async (answer) => {
      const { event, id, page, link } = await aBuyer(1, { format: "virtual" });
      const before = await page();
      const room = crypto.randomUUID();
      await t.query(`insert into rooms (id, gathering_id, status, created_at) values ('${room}', '${event.gatheringId}', 'open', now());
      insert into room_members (room_id, person_id, admission, updated_at)
        select '${room}', person_id, '${answer}', now() from registrations where id = '${id}'`);

      const [seat] = before.seats;
      const handed = await Promise.all([id, seat.id].map((one) => hand(one, somebody(), link)));
      const claimed = await Promise.all([before.claimUrl, seat.claimUrl].map((url) => claim(tokenIn(url))));

      expect(handed.map((reply) => reply.json().code)).toEqual(["access.banned", "access.banned"]);
      expect(claimed.map((reply) => reply.json().code)).toEqual(["auth.link_invalid", "auth.link_invalid"]);
      expect((await page()).claimUrl).toBeNull();
      expect((await t.send("PUT", `/registrations/${seat.id}/holder`, somebody(), event.host)).statusCode).toBe(200);
    },
  );

  it("wait and are offered with the whole party", async () => {
    const { event, page, link, id } = await aBuyer(1, { capacity: 2 });
    const waits = await t.post(
      `/events/${event.eventId}/register`,
      { attendees: [somebody()], unnamed: 1 },
      undefined,
      fromElsewhere(),
    );
    expect(waits.json().code).toBe("registration.sold_out");
    await t.send("PATCH", `/events/${event.eventId}`, { hasWaitlist: true }, event.host);
    const ask = { attendees: [somebody()], unnamed: 1 };
    await t.post(`/events/${event.eventId}/register`, ask, undefined, fromElsewhere());
    const [seat] = (await page()).seats;

    await t.send("DELETE", `/registrations/${seat.id}`, undefined, undefined, link);
    await t.send("DELETE", `/registrations/${id}`, undefined, undefined, link);

    const { counts } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    expect(counts).toMatchObject({ offered: 2, confirmed: 0 });
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

describe("a link that hands a seat on", () => {
  it("shows what it is for, and gives the seat to one of many who reach for it", async () => {
    const { event, page } = await aBuyer(1);
    const token = tokenIn((await page()).seats[0].claimUrl);
    const seen = await t.post("/claims/open", { token });

    const people = Array.from({ length: 8 }, (_, n) => somebody(`Claimer ${n}`));
    const replies = await Promise.all(people.map((who) => claim(token, who)));
    await t.settle();

    expect(seen.json()).toMatchObject({ from: "Bea Buyer", event: { eventId: event.eventId }, side: "in_person" });
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, ...Array(7).fill(410)]);
    const letters = await Promise.all(people.map(({ email }) => kindsTo(email)));
    expect(letters.flat()).toEqual(["confirmation"]);
    expect((await t.post("/claims/open", { token })).json().code).toBe("auth.link_invalid");
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().taken).toBe(2);
  });

  it("gives somebody signed in the ticket at once", async () => {
    const { page } = await aBuyer(1);
    const ada = await aUser(t, { name: "Ada" });

    const reply = await t.post("/claims", { token: tokenIn((await page()).seats[0].claimUrl) }, ada);

    expect(reply.json()).toMatchObject({ status: "confirmed", name: "Ada", email: ada.email });
    expect((await t.get("/registrations/me", ada)).json().items).toHaveLength(1);
  });

  it("dies when it is made anew, and is nobody's to make up", async () => {
    const { page, link } = await aBuyer(1);
    const [seat] = (await page()).seats;

    expect((await t.post(`/registrations/${seat.id}/renew`, {}, undefined, link)).statusCode).toBe(200);

    expect((await claim(tokenIn(seat.claimUrl))).json().code).toBe("auth.link_invalid");
    expect((await claim(tokenIn((await page()).seats[0].claimUrl))).statusCode).toBe(202);
    const ticket = linkToken(t.settings.secrets.links, { kind: "registration", id: seat.id, version: 2 });
    for (const token of [ticket, "1.claim.x"]) expect((await claim(token)).statusCode).toBe(410);
    expect((await claim("\u0000")).statusCode).toBe(400);
  });
});

describe("a ticket that is handed on", () => {
  it("kills the code and the links of who had it, and tells both", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    await t.settle();
    const before = (await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json();
    const nell = somebody();

    expect((await hand(guest.id, nell, guest.link)).json()).toEqual({ status: "sent" });
    await t.settle();

    expect((await t.get(`/registrations/${guest.id}`, undefined, guest.link)).statusCode).not.toBe(200);
    const scan = await t.post(`/events/${event.eventId}/check-ins`, { code: before.ticket.code }, event.host);
    expect(scan.json().code).toBe("check_in.unknown_code");
    expect((await claim(tokenIn(before.claimUrl))).json().code).toBe("auth.link_invalid");
    expect(await kindsTo(guest.email)).toEqual(["confirmation", "handedOn"]);
    const letter = (await t.lettersTo(nell.email)).at(-1);
    expect(letter?.kind).toBe("confirmation");
    const token = /\/t\/([\w.-]+)/.exec(letter?.text ?? "")?.[1];
    const opened = (await t.post("/links/open", { token })).json();
    expect(opened).toMatchObject({ name: "Nell New", email: nell.email, party: [] });
    const admitted = await t.post(`/events/${event.eventId}/check-ins`, { code: opened.ticket.code }, event.host);
    expect(admitted.json().name).toBe("Nell New");
    const used = await t.send("PUT", `/registrations/${guest.id}/holder`, somebody(), event.host);
    expect(used.json().code).toBe("registration.wrong_status");
  });

  it("stays with a name that the organizer has chosen; a correction of the name is no handing on", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const guest = await aGuest(t, event);
    await t.post(`/registrations/${guest.id}/approve`, {}, event.host);
    const page = async () => (await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json();
    const { code } = (await page()).ticket;

    expect((await page()).claimUrl).toBeNull();
    expect((await hand(guest.id, somebody(), guest.link)).json().code).toBe("registration.not_transferable");
    expect((await hand(guest.id, { name: "Linn Guest", email: guest.email }, guest.link)).statusCode).toBe(200);
    expect(await page()).toMatchObject({ name: "Linn Guest", ticket: { code } });
    expect((await t.send("PUT", `/registrations/${guest.id}/holder`, somebody(), event.host)).statusCode).toBe(200);
  });

  it("is nobody else's to hand on, nor to be had for a broken address", async () => {
    const event = await anEvent(t);
    const [guest, other] = [await aGuest(t, event), await aGuest(t, event)];

    expect((await hand(guest.id, somebody(), other.link)).json().code).toBe("registration.not_found");
    expect((await hand(guest.id, { name: "X", email: "nowhere" }, guest.link)).statusCode).toBe(400);
    expect((await hand(guest.id, { name: "a\u0000b", email: "a@example.org" }, guest.link)).statusCode).toBeLessThan(
      500,
    );
  });
});
