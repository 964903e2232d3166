import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aGuestAt, anEvent, aRole, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
const soon = (hours: number) =>
  new Date(Math.floor(t.ctx.now().getTime() / 1000) * 1000 + hours * 3_600_000).toISOString();
// By its slug or by its id, as an address names it.
const of = ({ slug }: { slug: string }) => `/events/${slug}/occurrences`;

async function aSecondTime(event: Event, over: object = {}) {
  const reply = await t.post(of(event), { times: [{ startTime: soon(240) }], ...over }, event.host);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json().occurrences.at(-1);
}

const aRule = (recurrenceRule: string, over: object = {}) => ({ startTime: soon(240), recurrenceRule, ...over });

const changedLetters = async (email: string) => (await t.lettersTo(email)).filter(({ kind }) => kind === "changed");

describe("the times of an event", () => {
  it("are added with the team, the settings and the length that it has, and can be registered for at once", async () => {
    const event = await anEvent(t, { format: "virtual", capacity: 5 });
    const moderator = await aUser(t);
    await aRole(t, event, moderator, "moderator");

    const second = await aSecondTime(event, { title: "The second evening", capacity: 1 });

    expect(second).toMatchObject({ status: "scheduled", title: "The second evening", capacity: 1, told: 0 });
    expect(Date.parse(second.endTime) - Date.parse(second.startTime)).toBe(2 * 3_600_000);
    const roles = await t.db
      .selectFrom("gathering_roles")
      .select("role")
      .where("gathering_id", "=", second.id)
      .execute();
    expect(roles).toEqual([{ role: "moderator" }]);
    const taken = { attendees: [{ name: "Lin", email: "lin@example.org" }], occurrenceId: second.id };
    expect((await t.post(`/events/${event.eventId}/register`, taken)).statusCode).toBe(202);
    const page = (await t.get(`/events/${event.eventId}?occurrence_id=${second.id}`)).json();
    expect(page.places).toMatchObject({ capacity: 1, left: 0 });
    expect((await t.get(`/events/${event.eventId}`)).json().places).toMatchObject({ capacity: 5, left: 5 });
    expect(page.occurrences[1].told).toBeNull();
  });

  it("say otherwise what only they say, in letters and calendars, and the rest as their event", async () => {
    const event = await anEvent(t, { format: "in_person" });
    const place = { placeName: "The Quokka Barn", placeAddress: "2 Field Road" };
    const second = await aSecondTime(event);
    const guest = await aGuestAt(t, second.id, { side: "in_person" });
    await t.settle();

    const reply = await t.send(
      "PATCH",
      `${of(event)}/${second.id}`,
      { ...place, note: "The hall is flooded." },
      event.host,
    );
    await t.settle();

    expect(reply.json().occurrences[1]).toMatchObject({ ...place, sequence: 1 });
    const [letter] = await changedLetters(guest.email);
    expect(letter?.text).toContain("2 Field Road");
    expect(letter?.text).toContain("> The hall is flooded.");
    const calendar = await t.get(`/events/${event.eventId}/calendar.ics?occurrence_id=${second.id}`);
    expect(calendar.body).toContain("The Quokka Barn");
    const page = `/events/${event.slug}?occurrence_id=${second.id}`;
    expect(letter?.text).toContain(page);
    expect(calendar.body.replace(/\r\n /g, "")).toContain(page);
    const feed = await t.get(`/organizers/${event.organizerId}/calendar.ics`);
    expect(feed.body.replace(/\r\n /g, "")).toContain(page);
    expect((await t.get(`/events/${event.eventId}`)).json().placeName).toBe("The Hall");

    const renamed = await t.send(
      "PATCH",
      `/events/${event.eventId}`,
      { title: "Anew", placeName: "Elsewhere" },
      event.host,
    );
    expect(renamed.json().occurrences.map(({ sequence }: { sequence: number }) => sequence)).toEqual([1, 2]);
  });

  it("are cancelled one by one, but not the last", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const second = await aSecondTime(event);
    const [first, other] = [await aGuestAt(t, event.gatheringId), await aGuestAt(t, second.id)];

    const off = await t.post(`${of(event)}/${second.id}/cancel`, { reason: "I am ill." }, event.host);
    await t.settle();

    expect(off.json()).toMatchObject({ status: "published", occurrenceId: event.gatheringId });
    expect(off.json().occurrences[1]).toMatchObject({ status: "cancelled", cancelReason: "I am ill." });
    expect((await t.lettersTo(other.email)).map(({ kind }) => kind)).toEqual(["cancelled"]);
    expect(await t.lettersTo(first.email)).toEqual([]);
    const last = await t.post(`${of(event)}/${event.gatheringId}/cancel`, {}, event.host);
    expect([last.statusCode, last.json().code]).toEqual([409, "occurrence.last"]);
    const change = await t.send("PATCH", `${of(event)}/${second.id}`, { title: "Still" }, event.host);
    expect(change.json().code).toBe("gathering.cancelled");
  });

  it("are cancelled together, each once, unless none would be left", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const [second, third] = [await aSecondTime(event), await aSecondTime(event, { times: [{ startTime: soon(264) }] })];
    const guest = await aGuestAt(t, third.id);
    const off = (...occurrenceIds: string[]) =>
      t.post(`${of(event)}/cancel`, { occurrenceIds, reason: "No." }, event.host);

    const all = await off(event.gatheringId, second.id, third.id);
    expect([all.statusCode, all.json().code]).toEqual([409, "occurrence.last"]);
    expect((await off(second.id, randomUUID())).json().code).toBe("gathering.not_found");
    const two = await off(second.id, third.id);
    const again = await off(second.id, third.id);
    await t.settle();

    for (const reply of [two, again])
      expect(reply.json().occurrences.map(({ status }: { status: string }) => status)).toEqual([
        ...["scheduled", "cancelled", "cancelled"],
      ]);
    expect((await t.lettersTo(guest.email)).map(({ kind }) => kind)).toEqual(["cancelled"]);
    expect((await t.post(`${of(event)}/remove`, { occurrenceIds: [second.id] }, event.host)).statusCode).toBe(409);
  });

  it("that would be over are refused at what was asked for", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const second = await aSecondTime(event);
    const refusedAt = async (path: string, times: object) =>
      (await t.send("PATCH", path, times, event.host)).json().fields.map(({ at }: { at: string }) => at);

    for (const path of [`/events/${event.eventId}`, `${of(event)}/${second.id}`]) {
      expect(await refusedAt(path, { startTime: soon(-900) })).toEqual(["body.startTime"]);
      expect(await refusedAt(path, { startTime: soon(-900), endTime: soon(-898) })).toEqual(["body.endTime"]);
    }
  });

  it("of a draft are removed, but not the last", async () => {
    const event = await anEvent(t, { status: "draft" });
    const second = await aSecondTime(event);

    expect(second.status).toBe("planned");
    expect(
      (await t.send("DELETE", `${of(event)}/${second.id}`, undefined, event.host)).json().occurrences,
    ).toHaveLength(1);
    expect((await t.send("DELETE", `${of(event)}/${event.gatheringId}`, undefined, event.host)).statusCode).toBe(409);
    const more = await t.post(of(event), aRule("FREQ=DAILY;COUNT=4"), event.host);
    const remove = (occurrenceIds: string[]) => t.post(`${of(event)}/remove`, { occurrenceIds }, event.host);
    expect((await remove([event.gatheringId, ...more.json().added])).json().code).toBe("occurrence.last");
    expect((await remove(more.json().added)).json().occurrences).toHaveLength(1);
  });

  it.each([
    [{ times: [] }, 400],
    [{ times: [{ startTime: "2030-02-30T10:00" }] }, 400],
    [{ times: [{ startTime: "2020-01-01T10:00:00Z" }] }, 422],
    [{ times: [{ startTime: "2030-01-02T10:00:00Z", endTime: "2030-01-01T10:00:00Z" }] }, 422],
    [{ times: [{ startTime: "2030-01-02T10:00:00Z" }], capacity: 0 }, 400],
  ])("refuse %j", async (body, status) => {
    const event = await anEvent(t);

    expect((await t.post(of(event), body, event.host)).statusCode).toBe(status);
    expect((await t.post(of(event), body, await aUser(t))).statusCode).toBe(status === 400 ? 400 : 403);
  });
});

describe("times by a rule", () => {
  const starts = ({ occurrences }: { occurrences: { wallStart: string }[] }) =>
    occurrences.map(({ wallStart }) => wallStart);

  it("stand at the same time on the clocks, with the ends that the first one has", async () => {
    const event = await anEvent(t, { status: "draft" });
    const when = { startTime: "2030-03-12T19:00", endTime: "2030-03-12T21:30", timeZone: "Europe/Berlin" };
    await t.send("PATCH", `/events/${event.eventId}`, when, event.host);

    const rule = { ...aRule("FREQ=MONTHLY;BYDAY=2TU"), startTime: "2030-03-12T19:00", recurrenceEndDate: "2030-05-31" };
    const reply = await t.post(of(event), rule, event.host);

    expect(reply.statusCode, reply.body).toBe(201);
    const { occurrences, added } = reply.json();
    expect(
      occurrences.map(({ startTime, endTime }: Record<"startTime" | "endTime", string>) => [startTime, endTime]),
    ).toEqual([
      ["2030-03-12T18:00:00.000Z", "2030-03-12T20:30:00.000Z"],
      ["2030-04-09T17:00:00.000Z", "2030-04-09T19:30:00.000Z"],
      ["2030-05-14T17:00:00.000Z", "2030-05-14T19:30:00.000Z"],
    ]);
    // The first one stood already.
    expect(added).toEqual(occurrences.slice(1).map(({ id }: { id: string }) => id));
  });

  it("are not added where one stands, and again where one is off", async () => {
    const event = await anEvent(t);
    const rule = aRule("FREQ=WEEKLY", { maxOccurrences: 3 });
    const add = () => t.post(of(event), rule, event.host);

    const [once, twice] = [await add(), await add()];
    expect([once.json().added.length, twice.json().added.length]).toEqual([3, 0]);
    expect(twice.json().occurrences).toHaveLength(4);
    const [gone] = once.json().added;
    await t.post(`${of(event)}/${gone}/cancel`, {}, event.host);
    const anew = await add();
    expect(anew.json().added).toHaveLength(1);
    expect(new Set(starts(anew.json())).size).toBe(4);
    const one = { startTime: soon(500) };
    expect((await t.post(of(event), { times: [one, one] }, event.host)).json().added).toHaveLength(1);
  });

  it.each([
    ["FREQ=SECONDLY;COUNT=2", {}, "recurrenceRule", "recurrence_rule"],
    ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", {}, "recurrenceRule", "recurrence_never"],
    ["FREQ=WEEKLY", {}, "maxOccurrences", "recurrence_incomplete"],
    ["FREQ=WEEKLY;COUNT=53", {}, "recurrenceRule", "recurrence_many"],
    ["FREQ=DAILY", { recurrenceEndDate: "2032-01-01" }, "recurrenceEndDate", "recurrence_many"],
    ["FREQ=WEEKLY", { recurrenceEndDate: "2030-01-05" }, "recurrenceEndDate", "recurrence_ends"],
    ["FREQ=WEEKLY;UNTIL=20300105", {}, "recurrenceRule", "recurrence_ends"],
    ["FREQ=WEEKLY", { maxOccurrences: 53 }, "maxOccurrences", "too_big.number"],
    ["FREQ=WEEKLY;COUNT=2", { startTime: undefined }, "startTime", "missing"],
    ["FREQ=WEEKLY;COUNT=2", { times: [{ startTime: "2030-01-02T10:00:00Z" }] }, "times", "one_of_two"],
  ])("refuse %s with %j at %s", async (rule, over, at, code) => {
    const event = await anEvent(t);

    const reply = await t.post(of(event), { ...aRule(rule), startTime: "2030-01-02T10:00:00Z", ...over }, event.host);

    expect([reply.statusCode, reply.json().fields]).toMatchObject([400, [{ at: `body.${at}`, code }]]);
    expect((await t.get(`/events/${event.eventId}`)).json().occurrences).toHaveLength(1);
  });

  it("are no more than an event can have", async () => {
    const event = await anEvent(t);
    const add = (startTime: string) => t.post(of(event), { ...aRule("FREQ=DAILY;COUNT=30"), startTime }, event.host);

    expect((await add("2030-01-01T10:00")).statusCode).toBe(201);
    expect((await add("2030-02-01T10:00")).json().code).toBe("occurrence.too_many");
    // Those that stand count once, and those that are off neither count nor hide one that is on.
    const later = (await add("2030-01-29T10:00")).json().added;
    await t.post(`${of(event)}/cancel`, { occurrenceIds: later }, event.host);
    const { occurrences } = (await add("2030-01-29T10:00")).json();
    expect(occurrences.filter(({ status }: { status: string }) => status === "scheduled")).toHaveLength(59);
  });
});

describe("a change that matters", () => {
  it("is told in the host's words, or to nobody, and moves reminders and calendars in any case", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const guest = await aGuestAt(t, event.gatheringId);
    const move = (hours: number, over: object) =>
      t.send("PATCH", `/events/${event.eventId}`, { startTime: soon(hours), ...over }, event.host);

    await move(90, { note: "An hour later, so that all can come." });
    await t.settle();
    const startTime = soon(96);
    await move(96, { startTime, notify: false, note: "Nobody reads this." });
    await t.settle();

    const letters = await changedLetters(guest.email);
    expect(letters.map(({ text }) => text)).toEqual([
      expect.stringContaining("> An hour later, so that all can come."),
    ]);
    const timer = await t.db
      .selectFrom("timers")
      .select("due_at")
      .where("key", "=", `gathering/${event.gatheringId}/start`)
      .executeTakeFirstOrThrow();
    expect(timer.due_at).toEqual(new Date(startTime));
    expect((await t.get(`/events/${event.eventId}`)).json().sequence).toBe(2);
  });

  it("that nobody is told of does not swallow the one before it, of which they are", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const guest = await aGuestAt(t, event.gatheringId);

    await t.send("PATCH", `/events/${event.eventId}`, { startTime: soon(90) }, event.host);
    await t.send("PATCH", `/events/${event.eventId}`, { title: "With another name" }, event.host);
    await t.send("PATCH", `/events/${event.eventId}`, { title: "And another", notify: false }, event.host);
    await t.settle();

    expect(await changedLetters(guest.email)).toHaveLength(1);
  });

  it("reaches everybody, in batches, each once", async () => {
    const event = await anEvent(t, { format: "virtual" });
    await t.query(`with people as (
        insert into people (id, email, name, created_at)
        select gen_random_uuid(), 'crowd-' || n || '@example.org', 'Guest ' || n, now() from generate_series(1, 130) as n
        returning id, name)
      insert into registrations (id, gathering_id, person_id, name, display_name, side, status, created_at, updated_at)
      select gen_random_uuid(), '${event.gatheringId}', id, name, name, 'virtual', 'confirmed', now(), now() from people`);

    await t.send("PATCH", `/events/${event.eventId}`, { startTime: soon(90) }, event.host);
    await t.settle();

    const { n, people } = await t.db
      .selectFrom("letters")
      .select(({ fn }) => [fn.countAll<number>().as("n"), fn.count<number>("to_address").distinct().as("people")])
      .where("to_address", "like", "crowd-%")
      .executeTakeFirstOrThrow();
    expect([Number(n), Number(people)]).toEqual([130, 130]);
  });
});

describe("what else a host has at that time", () => {
  it("is shown to the team and refuses nothing; whose it is not learns no name", async () => {
    const host = await aUser(t, { name: "Bea Busy" });
    const one = await t.post("/events", { title: "Choir", startTime: soon(48), endTime: soon(50) }, host);
    await t.post(`/events/${one.json().id}/publish`, {}, host);
    const elsewhere = await anEvent(t, { startsIn: 49, hours: 2 });
    await aRole(t, elsewhere, host, "cohost");

    const draft = await t.post("/events", { title: "Also then", startTime: soon(49), endTime: soon(51) }, host);

    expect(draft.json().team.conflicts).toMatchObject([{ hostName: "Bea Busy", title: "Choir" }]);
    expect((await t.post(`/events/${draft.json().id}/publish`, {}, host)).statusCode).toBe(200);
    const conflicts = async (as: typeof host) =>
      (await t.get(`/events/${elsewhere.eventId}`, as))
        .json()
        .team.conflicts.map(({ title }: { title: string }) => title);
    expect(await conflicts(host)).toEqual(["Choir", "Also then"]);
    expect(await conflicts(elsewhere.host)).toEqual([null, null]);
    const later = await t.send("PATCH", `/events/${draft.json().id}`, { startTime: soon(60) }, host);
    expect(later.json().team.conflicts).toEqual([]);
  });
});
