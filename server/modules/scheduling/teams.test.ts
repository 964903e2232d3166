import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { at, aType, book, manage, decide, starts, countWaiting } = schedulingIn(() => t);

async function join(organizerId: string, name: string): Promise<Someone> {
  const one = await aUser(t, { name, timeZone: "UTC" });
  await joinTeam(t, organizerId, one);
  return one;
}
const leave = (organizerId: string, { userId }: Someone) =>
  t.query(`delete from organizer_members where organizer_id = '${organizerId}' and user_id = '${userId}'`);

/** An event type of two hosts or three, who share it as told. */
async function aTeam(over: object = {}, names = ["Ben", "Cleo"]) {
  const { host, type } = await aType({}, await aUser(t, { name: "Ada", timeZone: "UTC" }));
  const others: Someone[] = [];
  for (const name of names) others.push(await join(type.organizerId, name));
  const hosts = [host, ...others].map(({ userId }) => ({ userId }));
  const path = `/events/event-types/${type.id}`;
  const saved = await t.send("PATCH", path, { team: "roundRobin", hosts, ...over }, host);
  expect(saved.statusCode, saved.body).toBe(200);
  return { host, others, path, type: saved.json() as EventType };
}

const setHours = async (someone: Someone, from: string, to: string) => {
  const [schedule] = (await t.get("/events/schedules", someone)).json().items;
  const weekly = [{ days: [1], from, to }];
  await t.send("PATCH", `/events/schedules/${schedule.id}`, { weekly }, someone);
};
const idsOf = (hosts: { userId: string }[]) => hosts.map(({ userId }) => userId);

describe("a team", () => {
  it("takes part as a whole: each one's hours, time, bookings and letters", async () => {
    const { host, others, type } = await aTeam({ team: "collective" });
    const [ben, cleo] = others as [Someone, Someone];
    await setHours(ben, "11:00", "17:00");
    await setHours(cleo, "09:00", "13:00");
    expect(await starts(type)).toEqual(["11:00", "12:00"]);
    const shown = (await t.get(`/events/public/${type.organizerSlug}/${type.eventTypeSlug}`)).json().eventType;
    expect(shown.hosts).toMatchObject([{ group: 0 }, { name: "Ben", group: 1 }, { name: "Cleo", group: 2 }]);

    const made = (await book(type, at("11:00"))).json();
    expect(idsOf(made.hosts)).toEqual([host, ben, cleo].map(({ userId }) => userId));
    await t.settle();
    for (const one of [host, ben, cleo]) {
      const { items } = (await t.get("/events/bookings", one)).json();
      expect(idsOf(items)).toHaveLength(1);
      const [letter] = await t.lettersTo(one.email);
      expect(letter?.subject).toContain("New booking: Intro call");
    }
    const [theirs] = await t.lettersTo(made.attendee.email);
    const all = `${made.hosts[0].name}, Ben, and Cleo`;
    expect(theirs?.subject).toBe(`Booked: Intro call with ${all}`);
    expect(theirs?.text).toContain(`${all} are looking forward to it.`);
    // What one of them hosts elsewhere is not free either.
    const own = await t.post("/events/event-types", { name: "Of my own", duration: 60 }, cleo);
    expect(own.statusCode, own.body).toBe(201);
    expect(await starts(own.json())).not.toContain("11:00");
  });

  it("takes turns by weight and priority, beside whoever always takes part, one of each group", async () => {
    const { host, others, path, type } = await aTeam({}, ["Ben", "Cleo", "Dan"]);
    const [ben, cleo, dan] = others as [Someone, Someone, Someone];
    const hosts = [
      { userId: host.userId, isFixed: true },
      { userId: ben.userId, weight: 3 },
      { userId: cleo.userId, weight: 1 },
      { userId: dan.userId, group: "Notes" },
    ];
    await t.send("PATCH", path, { hosts }, host);
    const shown = (await t.get(`/events/public/${type.organizerSlug}/${type.eventTypeSlug}`)).json().eventType;
    expect(shown.hosts.map(({ group }: { group: number }) => group)).toEqual([0, 1, 1, 2]);
    const given: string[] = [];
    for (const time of ["09:00", "10:00", "11:00", "12:00"]) {
      const made = (await book(type, at(time))).json();
      expect(idsOf(made.hosts)).toEqual(expect.arrayContaining([host.userId, dan.userId]));
      given.push(...idsOf(made.hosts).filter((id) => id !== host.userId && id !== dan.userId));
    }
    expect(given.filter((id) => id === ben.userId)).toHaveLength(3);

    // Saving the same team again, or whose hours count, leaves the shares alone: Ben still owes a turn.
    const [schedule] = (await t.get("/events/schedules", ben)).json().items;
    const again = hosts.map((one) => (one.userId === ben.userId ? { ...one, scheduleId: schedule.id } : one));
    await t.send("PATCH", path, { hosts: again }, host);
    const since = () =>
      t.db.selectFrom("event_types").select("hosts_since").where("id", "=", type.id).executeTakeFirstOrThrow();
    const before = await since();
    t.travel(60_000);
    await t.send("PATCH", path, { hosts: again.toReversed() }, host);
    expect(await since()).toEqual(before);
    await t.send("PATCH", path, { hosts: again.slice(0, 3) }, host);
    expect((await since()).hosts_since > before.hosts_since).toBe(true);
  });

  it("is chosen among the members by who may change it, with hours of each one's own", async () => {
    const { host, others, path, type } = await aTeam();
    const [ben] = others as [Someone, Someone];
    const reply = (await t.get(`${path}/possible-hosts`, host)).json();
    expect(reply.items.map(({ name }: { name: string }) => name)).toEqual(["Ada", "Ben", "Cleo"]);
    expect(reply.items[1]).toMatchObject({ isMember: true, upcoming: 0, schedules: [{ isDefault: true }] });
    expect((await t.get(`${path}/possible-hosts`, ben)).json().code).toBe("auth.forbidden");
    expect((await t.get(`${path}/possible-hosts`, await aUser(t))).json().code).toBe("event_type.not_found");

    const wrong = [{ userId: host.userId, scheduleId: reply.items[1].schedules[0].id }];
    expect((await t.send("PATCH", path, { hosts: wrong }, host)).json().code).toBe("schedule.not_found");
    const group = await t.send("PATCH", path, { maxAttendees: 5 }, host);
    expect(group.json().fields).toMatchObject([{ at: "body.hosts", code: "one_host_for_groups" }]);
    const nobody = await t.send("PATCH", path, { hosts: [] }, host);
    expect(nobody.statusCode).toBe(400);
    const unshared = await t.send("PATCH", path, { team: null }, host);
    expect(unshared.json().fields).toMatchObject([{ at: "body.team", code: "required" }]);
    expect((await t.get(path, host)).json().hosts).toHaveLength(type.hosts.length);
  });

  it("offers nobody who has left, at once, and leaves what is booked with them standing", async () => {
    const { host, others, path, type } = await aTeam({ team: "collective" }, ["Ben"]);
    const [ben] = others as [Someone];
    await setHours(ben, "11:00", "12:00");
    expect(await starts(type)).toEqual(["11:00"]);
    const made = (await book(type, at("11:00"))).json();
    await leave(type.organizerId, ben);
    expect(await starts(type)).toEqual(["09:00", "10:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);
    expect((await t.get(path, host)).json().hosts).toHaveLength(1);
    const stands = (await t.get(`/events/bookings/${made.id}`, host)).json();
    expect(stands).toMatchObject({ status: "confirmed" });
    expect(idsOf(stands.hosts)).toContain(ben.userId);
    const { items } = (await t.get(`${path}/possible-hosts`, host)).json();
    expect(items).toMatchObject([{ isMember: true }, { name: "Ben", isMember: false, upcoming: 1 }]);
    await joinTeam(t, type.organizerId, ben);
    expect(await starts(type)).toEqual([]);
  });

  it("goes on to the next host where somebody is faster with the first", async () => {
    const { host, others, type } = await aTeam({}, ["Ben"]);
    const { gatheringId } = await anEvent(t, { by: host });
    const took = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    // Another booking has taken the host's time, and has not said so yet.
    const other = t.db.transaction().execute(async (tx) => {
      await sql`insert into busy_ranges values (gen_random_uuid(), ${host.userId}, ${gatheringId},
        tstzrange(${at("10:00")}, ${at("11:00")}), true)`.execute(tx);
      took.resolve();
      await done.promise;
    });
    await took.promise;
    const reply = book(type, at("10:00"));
    await expect.poll(countWaiting).toBe(1);
    done.resolve();
    await other;
    expect(idsOf((await reply).json().hosts)).toEqual(others.map(({ userId }) => userId));
    expect((await book(type, at("10:00"))).json().code).toBe("scheduling.slot_taken");
  });

  it("keeps to the organizer's own step, unless an event type has one", async () => {
    const { host, path, type } = await aTeam();
    await t.send("PATCH", `/organizers/${type.organizerId}`, { slotIntervalMinutes: 30 }, host);
    expect((await starts(type)).slice(0, 3)).toEqual(["09:00", "09:30", "10:00"]);
    await t.send("PATCH", path, { slotIntervalMinutes: 20 }, host);
    expect((await starts(type)).slice(0, 3)).toEqual(["09:00", "09:20", "09:40"]);
    const odd = await t.send("PATCH", `/organizers/${type.organizerId}`, { slotIntervalMinutes: 61 }, host);
    expect(odd.statusCode).toBe(400);
  });

  it("knows who could stand in for whom", async () => {
    const { host, others } = await aTeam();
    const { items } = (await t.get("/events/colleagues", host)).json();
    expect(idsOf(items).toSorted()).toEqual(others.map(({ userId }) => userId).toSorted());
    expect((await t.get("/events/colleagues", await aUser(t))).json().items).toEqual([]);
    expect((await t.get("/events/colleagues")).statusCode).toBe(401);
  });
});

describe("guests", () => {
  const guests = ["Nia.New@example.org", "omar@example.org"];
  const tokenIn = (text: string | undefined) => /\/booking\/([^/\s]+)\/manage/.exec(text ?? "")?.[1] ?? "";
  const about = async (address: string) => (await t.lettersTo(address)).map(({ subject }) => subject.split(":")[0]);

  it("are told with a link of their own, take no seat, and decide for nobody else", async () => {
    const { host, type } = await aTeam({}, []);
    const mine = { inviteeEmail: "ivy-brings@example.org" };
    const reply = await book(type, at("10:00"), { ...mine, guests: [...guests, mine.inviteeEmail, guests[1]] });
    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.json().guests).toEqual(guests.map((email) => ({ email: email.toLowerCase(), isComing: true })));
    await t.settle();
    const [letter] = await t.lettersTo("nia.new@example.org");
    expect(letter?.subject).toMatch(/^Ivy \d+ brings you along: Intro call/);
    expect(letter?.attachments).toHaveLength(1);
    expect((await t.lettersTo(host.email))[0]?.text).toContain("omar@example.org");
    expect(await about(host.email)).toHaveLength(1);

    const theirs = (await t.get(`/events/booking/${tokenIn(letter?.text)}/manage`)).json();
    expect(theirs).toMatchObject({ mayCancel: true, mayMove: false, guests: [], attendee: { seats: 0 } });
    expect(theirs.broughtBy).toMatch(/^Ivy/);
    for (const body of [
      { action: "reschedule", startTime: at("12:00") },
      { action: "resize", attendeeCount: 2 },
    ])
      expect((await manage(theirs.accessToken, body)).json().code).toBe("booking.guests_follow");
    expect((await manage(theirs.accessToken, { action: "cancel" })).json()).toMatchObject({
      status: "confirmed",
      attendee: { status: "cancelled" },
    });
    await t.settle();
    expect(await about("nia.new@example.org")).toContain("You do not come");

    const { accessToken, id } = reply.json();
    expect((await t.get(`/events/bookings/${id}`, host)).json()).toMatchObject({
      attendeeCount: 1,
      inviteeEmail: mine.inviteeEmail,
    });
    expect((await manage(accessToken, { action: "cancel" })).json().status).toBe("cancelled");
    await t.settle();
    expect(await about("omar@example.org")).toContain("Cancelled");
    expect(await about("nia.new@example.org")).not.toContain("Cancelled");
  });

  it("hear of a request once there is a yes, and go with whoever brought them", async () => {
    const { host, type } = await aTeam({ needsApproval: true }, []);
    const [email] = ["pia@example.org"];
    const { id, attendee } = (await book(type, at("10:00"), { guests: [email] })).json();
    await t.settle();
    expect(await t.lettersTo(email)).toEqual([]);
    const yes = await decide(id, { status: "confirmed" }, host);
    expect(yes.statusCode, yes.body).toBe(200);
    await t.settle();
    expect(await about(email)).toHaveLength(1);
    const gone = await t.post(`/events/bookings/${id}/attendees/${attendee.id}/remove`, {}, host);
    expect(gone.json()).toMatchObject({ status: "cancelled", attendeeCount: 0 });
    await t.settle();
    expect(await about(email)).toContain("Cancelled");
  });

  it("are as many as its event type lets in, and none at a group", async () => {
    const { host, path, type } = await aTeam({ maxGuests: 1 }, []);
    expect((await book(type, at("10:00"), { guests })).json()).toMatchObject({
      code: "booking.too_many_guests",
      max: 1,
    });
    await t.send("PATCH", path, { maxAttendees: 4 }, host);
    const one = { guests: guests.slice(1) };
    expect((await book(type, at("10:00"), one)).json()).toMatchObject({ code: "booking.too_many_guests", max: 0 });
    expect((await book(type, at("10:00"), { guests: ["nobody"] })).statusCode).toBe(400);
  });
});
