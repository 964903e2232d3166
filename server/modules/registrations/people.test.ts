import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aRole, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;

const list = async (event: Event, query = "", as: Someone = event.host) =>
  (await t.get(`/events/${event.eventId}/participants?${query}`, as)).json();
const namesOf = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

/** An event with these people, each a second after the one before. */
async function anEventWith(names: readonly string[], over: Parameters<typeof anEvent>[1] = {}) {
  const event = await anEvent(t, over);
  const guests = [];
  for (const name of names) {
    guests.push(await aGuest(t, event, { name }));
    t.travel(1000);
  }
  return { event, guests };
}

describe("GET /events/{id}/participants", () => {
  it("lists who comes, newest first, with what the team needs to know", async () => {
    const { event, guests } = await anEventWith(["Ada", "Grace"]);

    const page = await list(event);

    expect(namesOf(page)).toEqual(["Grace", "Ada"]);
    expect(page.items[1]).toMatchObject({
      id: guests[0]?.id,
      email: guests[0]?.email,
      status: "confirmed",
      side: "in_person",
      ticketTypeName: "Admission",
      attendance: "unknown",
      checkedInAt: null,
      registeredBy: null,
    });
    expect(page.counts).toMatchObject({ confirmed: 2, pending: 0, waitlisted: 0, cancelled: 0, attended: 0 });
  });

  it("marks whose letters come back", async () => {
    const { event, guests } = await anEventWith(["Ada", "Grace"]);
    await t.query(`insert into refused_addresses values ('${guests[0]?.email}', '550 nobody', now())`);

    const { items } = await list(event);

    expect(items.map(({ isUnreachable }: { isUnreachable: boolean }) => isUnreachable)).toEqual([false, true]);
  });

  it("is searched by a part of a name or an address, whatever the signs in it", async () => {
    const { event, guests } = await anEventWith(["Ada Lovelace", "Grace Hopper", "100%_\\ sure"]);

    expect(namesOf(await list(event, "q=LOVE"))).toEqual(["Ada Lovelace"]);
    expect(namesOf(await list(event, `q=${guests[1]?.email.slice(0, 14)}`))).toEqual(["Grace Hopper"]);
    expect(namesOf(await list(event, `q=${encodeURIComponent("%_\\")}`))).toEqual(["100%_\\ sure"]);
    expect(namesOf(await list(event, `q=${encodeURIComponent("' or 1=1 --")}`))).toEqual([]);
  });

  it("is filtered by status and attendance", async () => {
    const { event, guests } = await anEventWith(["Ada", "Grace", "Lin"], { capacity: 2, hasWaitlist: true });
    const [ada] = guests;
    await t.post(`/events/${event.eventId}/check-ins`, { registrationId: ada?.id }, event.host);

    expect(namesOf(await list(event, "status=waitlisted"))).toEqual(["Lin"]);
    expect((await list(event, "status=waitlisted")).items[0].position).toBe(1);
    expect(namesOf(await list(event, "attendance=attended"))).toEqual(["Ada"]);
    expect((await list(event)).counts).toMatchObject({ confirmed: 2, waitlisted: 1, attended: 1 });
  });

  it("goes page by page without losing or doubling anybody who came at the same moment", async () => {
    const event = await anEvent(t);
    const attendees = Array.from({ length: 9 }, (_, n) => ({ name: `P${n}`, email: `page-${n}@example.org` }));
    await t.post(`/events/${event.eventId}/register`, { attendees }, event.host);

    const seen: string[] = [];
    let query = "limit=4";
    for (;;) {
      const page = await list(event, query);
      seen.push(...namesOf(page));
      if (page.nextCursor === null) break;
      query = `limit=4&cursor=${page.nextCursor}`;
    }

    expect(seen.toSorted()).toEqual(attendees.map(({ name }) => name));
  });

  it("says who took a place for somebody else", async () => {
    const event = await anEvent(t);
    const grace = await aUser(t, { name: "Grace" });
    await t.post(
      `/events/${event.eventId}/register`,
      { attendees: [{ name: "Kid", email: "kid@example.org" }] },
      grace,
    );

    expect((await list(event)).items[0]).toMatchObject({ name: "Kid", registeredBy: "Grace" });
  });

  it("is for the team: its doors and moderators too, nobody else", async () => {
    const { event, guests } = await anEventWith(["Ada"]);
    const [porter, moderator, speaker, stranger] = [await aUser(t), await aUser(t), await aUser(t), await aUser(t)];
    await aRole(t, event, porter, "door");
    await aRole(t, event, moderator, "moderator");
    await aRole(t, event, speaker, "speaker");

    for (const as of [porter, moderator]) expect(namesOf(await list(event, "", as))).toEqual(["Ada"]);
    for (const as of [speaker, stranger]) expect((await list(event, "", as)).code).toBe("auth.forbidden");
    const path = `/events/${event.eventId}/participants`;
    expect((await t.get(path)).json().code).toBe("auth.required");
    expect((await t.get(path, undefined, guests[0]?.link)).json().code).toBe("auth.required");
    const secret = await anEvent(t, { visibility: "private" });
    expect((await list(secret, "", stranger)).code).toBe("event.not_found");
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=x",
    "status=here",
    "attendance=late",
    "cursor=%00",
    "cursor=zzz",
    "sort=name",
  ])("refuses ?%s", async (query) => {
    const event = await anEvent(t);

    expect((await list(event, query)).code).toBe("request.invalid");
  });
});

describe("PUT /events/{id}/attendance", () => {
  const say = (event: Event, body: object, as: Someone = event.host) =>
    t.send("PUT", `/events/${event.eventId}/attendance`, body, as);

  it("is the host's word, and stands above what the door has seen", async () => {
    const { event, guests } = await anEventWith(["Ada"]);
    const registrationId = guests[0]?.id;

    const said = await say(event, { registrationId, attendance: "no_show" });
    await t.post(`/events/${event.eventId}/check-ins`, { registrationId }, event.host);

    expect(said.json()).toMatchObject({ attendance: "no_show", attendanceSource: "host" });
    expect((await list(event)).items[0]).toMatchObject({ attendance: "no_show", attendanceSource: "host" });
  });

  it("refuses strangers, the door, other events and places nobody has", async () => {
    const { event, guests } = await anEventWith(["Ada", "Grace"]);
    const other = await anEvent(t, { by: event.host });
    const [porter, stranger] = [await aUser(t), await aUser(t)];
    await aRole(t, event, porter, "door");
    const [ada, grace] = guests;
    const body = { registrationId: ada?.id, attendance: "attended" };
    await t.send("DELETE", `/registrations/${grace?.id}`, undefined, event.host);

    expect((await say(event, body, stranger)).json().code).toBe("registration.not_found");
    expect((await say(event, body, porter)).json().code).toBe("registration.not_found");
    expect((await say(other, body)).json().code).toBe("registration.not_found");
    expect((await say(event, { ...body, registrationId: grace?.id })).json()).toMatchObject({
      status: 409,
      code: "registration.wrong_status",
    });
    for (const bad of [{}, { ...body, attendance: "late" }, { ...body, registrationId: 1 }, { ...body, at: "now" }])
      expect((await say(event, bad)).json().code).toBe("request.invalid");
    expect((await list(event, "attendance=attended")).items).toEqual([]);
  });
});

describe("when it is over", () => {
  it("says who came and who did not, where somebody looked", async () => {
    const { event, guests } = await anEventWith(["Ada", "Grace"], { startsIn: 1, hours: 1 });
    const unwatched = await anEventWith(["Lin"], { startsIn: 1, hours: 1 });
    await t.post(`/events/${event.eventId}/check-ins`, { registrationId: guests[0]?.id }, event.host);
    await moveEnd(event);
    await moveEnd(unwatched.event);

    t.travel(3 * 3_600_000);
    await t.settle();

    const attendances = (await list(event)).items.map((one: { attendance: string }) => one.attendance);
    expect(attendances).toEqual(["no_show", "attended"]);
    expect((await list(unwatched.event)).items[0].attendance).toBe("unknown");
  });

  /** A builder's event has no timer; a change of its time sets one. */
  const moveEnd = async (event: Event) => {
    const endTime = new Date(event.end.getTime() + 60_000).toISOString();
    const reply = await t.send("PATCH", `/events/${event.eventId}`, { endTime }, event.host);
    expect(reply.statusCode, reply.body).toBe(200);
  };
});
