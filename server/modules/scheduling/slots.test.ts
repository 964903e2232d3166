import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { forgetExpired } from "#server/modules/scheduling/service/holds.ts";
import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { dateIn, monday, at, aType, aBooking, slotsOf, starts } = schedulingIn(() => t);
const working = ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"];

describe("event types", () => {
  it("get defaults, an address of their own and a host with office hours", async () => {
    const { host, type } = await aType();
    expect(type).toMatchObject({
      eventTypeSlug: "intro-call",
      duration: 60,
      durations: [60],
      maxAttendees: 1,
      locationType: "video_call",
      timeZone: "UTC",
      hosts: [{ userId: host.userId }],
      mayEdit: true,
      use: { total: 0, upcoming: 0 },
    });
    const schedules = (await t.get("/events/schedules", host)).json().items;
    expect(schedules).toMatchObject([
      { isDefault: true, weekly: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }] },
    ]);
    expect((await t.post("/events/event-types", { name: "intro CALL" }, host)).json().code).toBe(
      "event_type.name_taken",
    );
  });

  it("calls its first schedule by a name in the host's own language", async () => {
    const host = await aUser(t);
    await t.db.updateTable("users").set({ locale: "de" }).where("id", "=", host.userId).execute();

    expect((await t.get("/events/schedules", host)).json().items).toMatchObject([{ name: "Arbeitszeiten" }]);
  });

  it("are refused when their settings do not go together", async () => {
    const host = await aUser(t);
    const refused = async (body: object) => {
      const reply = await t.post("/events/event-types", { name: "Odd", ...body }, host);
      expect(reply.statusCode).toBe(422);
      return reply.json().fields.map(({ at, code }: { at: string; code: string }) => `${at} ${code}`);
    };
    expect(await refused({ durations: [15, 60], bufferTimeBefore: 20 })).toEqual([
      "body.bufferTimeBefore buffer_exceeds_duration",
    ]);
    expect(await refused({ limits: { perDay: 5, perWeek: 3 } })).toEqual(["body.limits.perWeek limits_decrease"]);
    expect(await refused({ locationType: "custom" })).toEqual(["body.locationDetails required"]);
    expect(await refused({ recurrenceType: "weekly" })).toEqual(["body.maxOccurrences recurrence_incomplete"]);
    const stranger = await aUser(t);
    expect(await refused({ hosts: [{ userId: stranger.userId }] })).toEqual(["body.hosts members"]);
    for (const body of [
      { duration: 4 },
      { duration: 721 },
      { timeZone: "Mars/Olympus" },
      { minSchedulingNotice: -1 },
    ]) {
      expect((await t.post("/events/event-types", { name: "Odd", ...body }, host)).statusCode).toBe(400);
    }
    expect((await t.get("/events/event-types", host)).json().items).toEqual([]);
  });

  it("leave something that can be booked, whichever of notice and horizon is changed", async () => {
    const { host, type } = await aType({ horizon: { type: "rollingDays", days: 2 } });
    const change = async (body: object) => {
      const reply = (await t.send("PATCH", `/events/event-types/${type.id}`, body, host)).json();
      return reply.fields?.map((fault: Record<string, string>) => `${fault.at} ${fault.code}`);
    };
    const never = ["body.minSchedulingNotice notice_beyond_horizon"];
    expect(await change({ minSchedulingNotice: 3 * 1440 })).toEqual(never);
    expect(await change({ minSchedulingNotice: 3 * 1440 - 1 })).toBeUndefined();
    expect(await change({ maxSchedulingHorizon: 2 * 1440 })).toEqual(never);
    const tomorrow = dateIn(1);
    expect(await change({ horizon: { type: "range", from: tomorrow, to: tomorrow } })).toEqual(never);
    expect(await change({ horizon: null, minSchedulingNotice: 10 * 1440 })).toBeUndefined();

    const bounded = { horizon: { type: "range", from: tomorrow, to: dateIn(11) } };
    expect(await change(bounded)).toBeUndefined();
    t.travel(5 * 86_400_000);
    // What could be booked when it was said is nothing to mend for who changes another thing.
    expect(await change({ description: "Later", ...bounded })).toBeUndefined();
    t.travel(-5 * 86_400_000);
  });

  it("lead visitors on to sites of the installation's list only, and tell these nothing", async () => {
    const { host, type } = await aType();
    const lead = (redirectUrlAfterBooking: string) =>
      t.send("PATCH", `/events/event-types/${type.id}`, { redirectUrlAfterBooking }, host);
    const refused = await lead("https://example.org/thanks?from=here");
    expect(refused.json().fields).toMatchObject([{ at: "body.redirectUrlAfterBooking", code: "site_not_allowed" }]);
    const admin = await aUser(t, { role: "admin" });
    const allow = (redirectSites: string[]) => t.send("PATCH", "/admin/settings", { redirectSites }, admin);
    expect((await allow(["https://example.org"])).statusCode).toBe(400);
    expect((await allow(["example.org"])).statusCode).toBe(200);
    expect((await lead("https://example.org.evil.example/")).statusCode).toBe(422);
    expect((await lead("https://example.org/thanks?from=here")).statusCode).toBe(200);
    const booked = await aBooking(type, at("09:00"));
    expect(booked.redirectUrl).toBe("https://example.org/thanks?from=here");
    await allow([]);
    expect((await t.get(`/events/booking/${booked.accessToken}/manage`)).json().redirectUrl).toBe("");
    // What stands there already is in nobody's way.
    expect((await t.send("PATCH", `/events/event-types/${type.id}`, { description: "More" }, host)).statusCode).toBe(
      200,
    );
  });

  it("are led to from an older address, and are copied, deleted and restored", async () => {
    const { host, type } = await aType();
    const at = `/events/event-types/${type.id}`;
    const renamed = (await t.send("PATCH", at, { eventTypeSlug: "first-talk" }, host)).json();
    expect(renamed.eventTypeSlug).toBe("first-talk");
    const shown = await t.get(`/events/public/${type.organizerSlug}/intro-call`);
    expect(shown.json().eventType).toMatchObject({ id: type.id, eventTypeSlug: "first-talk" });

    const copy = (await t.post(`${at}/duplicate`, {}, host)).json();
    expect(copy).toMatchObject({ name: "Intro call (1)", isActive: false, duration: 60 });
    expect((await t.get(`/events/public/${type.organizerSlug}/${copy.eventTypeSlug}`)).statusCode).toBe(404);

    expect((await t.send("DELETE", at, undefined, host)).statusCode).toBe(204);
    expect((await t.get(`/events/public/${type.organizerSlug}/first-talk`)).statusCode).toBe(404);
    expect((await t.post(`${at}/restore`, {}, host)).json().id).toBe(type.id);
    expect((await t.get(at, host)).statusCode).toBe(200);
  });

  it("are nobody else's, and private ones are on no page", async () => {
    const { host, type } = await aType();
    const other = await aUser(t);
    const at = `/events/event-types/${type.id}`;
    for (const reply of [await t.get(at, other), await t.send("PATCH", at, { name: "Mine" }, other)])
      expect(reply.json().code).toBe("event_type.not_found");
    expect((await t.get(at)).statusCode).toBe(401);
    const page = () => t.get(`/events/public/${type.organizerSlug}`);
    expect((await page()).json().eventTypes).toHaveLength(1);
    await t.send("PATCH", at, { isPrivate: true }, host);
    expect((await page()).json().eventTypes).toEqual([]);
    expect((await t.get(`/events/public/${type.organizerSlug}/intro-call`)).statusCode).toBe(200);
    const unknown = await t.get(`/events/public/${type.organizerSlug}/nothing`);
    await t.send("PATCH", at, { isActive: false }, host);
    const inactive = await t.get(`/events/public/${type.organizerSlug}/intro-call`);
    expect(inactive.json().code).toBe(unknown.json().code);
    const { statusCode } = await slotsOf(type, { start_date: monday(), end_date: monday() });
    expect(statusCode).toBe(404);
  });
});

describe("slots", () => {
  it("are grouped by the viewer's dates and follow every change at once", async () => {
    const { host, type } = await aType();
    expect(await starts(type)).toEqual(working);
    const far = await slotsOf(type, { start_date: monday(), end_date: monday(), timezone: "Pacific/Auckland" });
    const dates = far.json().days.map(({ date }: { date: string }) => date);
    expect(dates).toEqual([monday()]);
    // Monday in Auckland ends before Monday's office hours do.
    expect(far.json().days[0].slots.length).toBeLessThan(working.length);

    const again = await slotsOf(type, { start_date: monday(), end_date: monday() });
    expect(again.headers["server-timing"]).toContain("cache;desc=hit");
    const [schedule] = (await t.get("/events/schedules", host)).json().items;
    const overrides = [{ date: monday(), windows: [{ from: "10:00", to: "12:00" }] }];
    await t.send("PATCH", `/events/schedules/${schedule.id}`, { overrides }, host);
    expect(await starts(type)).toEqual(["10:00", "11:00"]);
    await t.send("PATCH", `/events/event-types/${type.id}`, { slotIntervalMinutes: 30 }, host);
    expect(await starts(type)).toEqual(["10:00", "10:30", "11:00"]);
    await t.post("/events/absences", { kind: "out_of_office", from: monday(), to: monday() }, host);
    expect(await starts(type)).toEqual([]);
  });

  it("leave out the host's published occurrences", async () => {
    const { host, type } = await aType();
    const { gatheringId } = await anEvent(t, { by: host });
    const range = `[${monday()}T10:30Z,${monday()}T11:10Z)`;
    const times = `start_time = '${monday()}T10:30Z', end_time = '${monday()}T11:10Z'`;
    await t.query(`update gatherings set ${times} where id = '${gatheringId}'`);
    await t.query(
      `insert into busy_ranges values (gen_random_uuid(), '${host.userId}', '${gatheringId}', '${range}', false)`,
    );
    expect(await starts(type)).toEqual(working.filter((at) => at !== "10:00" && at !== "11:00"));
  });

  it("are a stand-in's while somebody is away, and follow trips and holidays", async () => {
    const { host, type } = await aType();
    const colleague = await aUser(t, { timeZone: "UTC", name: "Sten Stand-in" });
    const absence = { kind: "out_of_office", from: monday(), to: monday(), standInId: colleague.userId };
    expect((await t.post("/events/absences", absence, host)).json().code).toBe("absence.stand_in");
    await joinTeam(t, type.organizerId, colleague);
    expect((await t.post("/events/absences", absence, host)).statusCode).toBe(201);
    expect(await starts(type)).toEqual(working);
    const [theirs] = (await t.get("/events/schedules", colleague)).json().items;
    const weekly = [{ days: [1], from: "12:00", to: "14:00" }];
    await t.send("PATCH", `/events/schedules/${theirs.id}`, { weekly }, colleague);
    expect(await starts(type)).toEqual(["12:00", "13:00"]);
    const why = await t.get(`/events/event-types/${type.id}/explain?start_time=${monday()}T09:00:00Z`, host);
    const hindered = why.json().reasons.flatMap((reason: { hindered?: unknown[] }) => reason.hindered ?? []);
    expect(hindered).toMatchObject([{ hostId: host.userId }, { hostName: "Sten Stand-in", because: "closed" }]);

    const trip = { kind: "travel", from: monday(1), to: monday(1), timeZone: "America/New_York" };
    expect((await t.post("/events/absences", trip, host)).statusCode).toBe(201);
    expect((await t.post("/events/absences", trip, host)).json().code).toBe("absence.overlaps");
    expect((await starts(type, {}, monday(1)))[0]).not.toBe("09:00");

    expect((await t.send("PUT", "/events/holidays", { region: "XX" }, host)).json().code).toBe(
      "holidays.unknown_region",
    );
    const { coming } = (await t.send("PUT", "/events/holidays", { region: "DE-BY" }, host)).json();
    expect(coming.length).toBeGreaterThan(8);
    await t.query(`update users set locale = 'de' where id = '${host.userId}'`);
    const inGerman = await t.get("/events/holidays", host);
    expect(inGerman.json().coming.map(({ label }: { label: string }) => label)).toContain("Neujahr");
    await t.send("PATCH", `/events/event-types/${type.id}`, { horizon: null }, host);
    const weekday = coming.find(({ date }: { date: string }) => {
      const weekdayOf = new Date(date).getUTCDay();
      return date > dateIn(20) && weekdayOf > 0 && weekdayOf < 6;
    });
    expect(await starts(type, {}, weekday.date)).toEqual([]);
    await t.send("PUT", "/events/holidays", { region: "DE-BY", worked: [weekday.name] }, host);
    expect(await starts(type, {}, weekday.date)).toEqual(working);
  });

  it("are kept for five minutes for whoever fills in the form", async () => {
    const { type } = await aType();
    const at = `/events/slots/${type.organizerSlug}/${type.eventTypeSlug}`;
    const startTime = `${monday()}T09:00:00Z`;
    const held = await t.post(`${at}/hold`, { startTime }, undefined, fromElsewhere());
    expect(held.statusCode, held.body).toBe(201);
    const { holdId } = held.json();
    expect(await starts(type)).toEqual(working.slice(1));
    expect(await starts(type, { hold_id: holdId })).toEqual(working);
    const other = await t.post(`${at}/hold`, { startTime }, undefined, fromElsewhere());
    expect(other.json().code).toBe("scheduling.slot_taken");
    // Their choice moves on, and what they kept before is free.
    const moved = { startTime: `${monday()}T10:00:00Z`, holdId };
    expect((await t.post(`${at}/hold`, moved, undefined, fromElsewhere())).statusCode).toBe(201);
    expect(await starts(type)).toEqual(working.filter((one) => one !== "10:00"));
    t.travel(301_000);
    expect(await starts(type)).toEqual(working);
    await forgetExpired(t.ctx);
    expect(await t.db.selectFrom("slot_holds").select("id").where("id", "=", holdId).execute()).toEqual([]);
    const last = await t.post(`${at}/hold`, { startTime }, undefined, fromElsewhere());
    await t.send("DELETE", `/events/slots/holds/${last.json().holdId}`, undefined, undefined, fromElsewhere());
    expect(await starts(type)).toEqual(working);
  });

  it("are explained to the team alone", async () => {
    const { host, type } = await aType({ minSchedulingNotice: 0 });
    const why = (start: string, as: Someone = host) =>
      t.get(`/events/event-types/${type.id}/explain?start_time=${start}`, as);
    expect((await why(`${monday()}T09:00:00Z`)).json()).toEqual({ isOffered: true, reasons: [] });
    expect((await why(`${monday()}T09:20:00Z`)).json().reasons).toMatchObject([{ rule: "off_grid" }]);
    expect((await why(`${monday()}T16:30:00Z`)).json().reasons).toMatchObject([
      { rule: "too_long" },
      { rule: "hosts" },
    ]);
    expect((await why("2020-01-06T09:00:00Z")).json().reasons).toMatchObject([{ rule: "past" }]);
    expect((await why(`${monday()}T09:00:00Z`, await aUser(t))).statusCode).toBe(404);
  });

  it.each([
    ["no such day", { start_date: "2030-02-30", end_date: "2030-03-01" }],
    ["year 1", { start_date: "0001-01-01", end_date: "0001-01-02" }],
    ["year 9999", { start_date: "9999-12-30", end_date: "9999-12-31" }],
    ["backwards", { start_date: "2030-05-02", end_date: "2030-05-01" }],
    ["63 days", { start_date: "2030-05-01", end_date: "2030-07-02" }],
    ["no zone", { start_date: "2030-05-01", end_date: "2030-05-01", timezone: "+02:00" }],
    ["nobody", { start_date: "2030-05-01", end_date: "2030-05-01", attendee_count: "0" }],
  ])("are refused for nonsense: %s", async (_what, query) => {
    const { type } = await aType();
    expect((await slotsOf(type, query as Record<string, string>)).statusCode).toBe(400);
  });
});
