import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { dateAt } from "#domain/time/wall.ts";
import { listTallies } from "#server/platform/tally.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { monday, at, aType, book, aBooking, decide } = schedulingIn(() => t);

let people = 0;
const bookFor = (type: EventType, startTime: string, by: Someone | undefined, over: object = {}) => {
  people += 1;
  const invitee = { inviteeName: `Gil ${people}`, inviteeEmail: `gil-${people}@example.org` };
  return t.post("/events/bookings", { eventTypeId: type.id, startTime, ...invitee, ...over }, by);
};
const listed = async (query: string, by: Someone) =>
  (await t.get(`/events/bookings?${query}`, by)).json().items.map(({ id }: { id: string }) => id);

describe("the list of bookings", () => {
  it("is narrowed by host and by dates, as clocks of a zone have them", async () => {
    const { host, type } = await aType();
    const made = await aBooking(type, at("16:00"));
    const [first, next] = [monday(), dateAt(new Date(Date.parse(at("24:00"))), "UTC")];
    const on = (date: string, zone: string) => `start_date=${date}&end_date=${date}&timezone=${zone}`;
    expect(await listed(on(first, "UTC"), host)).toEqual([made.id]);
    expect(await listed(on(first, "Asia/Tokyo"), host)).toEqual([]);
    expect(await listed(on(next, "Asia/Tokyo"), host)).toEqual([made.id]);
    expect(await listed(`host_id=${host.userId}`, host)).toEqual([made.id]);
    expect(await listed(`host_id=${(await aUser(t)).userId}`, host)).toEqual([]);
    for (const bad of ["timezone=Mars", "host_id=me", "when=never", "start_date=2030-02-30"])
      expect((await t.get(`/events/bookings?${bad}`, host)).statusCode).toBe(400);
  });

  it("counts what was called off as nothing to come", async () => {
    const { host, type } = await aType();
    const [kept, dropped] = [await aBooking(type, at("10:00")), await aBooking(type, at("12:00"))];

    await decide(dropped.id, { status: "cancelled" }, host);

    expect(await listed("when=upcoming", host)).toEqual([kept.id]);
    expect(await listed("when=upcoming&status=cancelled", host)).toEqual([dropped.id]);
    expect(await listed("when=all", host)).toHaveLength(2);
  });

  it("goes out as a table that runs nothing, and as a calendar, for the team alone", async () => {
    const { host, type } = await aType({ maxAttendees: 3 });
    const made = await aBooking(type, at("10:00"), { inviteeName: "=HYPERLINK(1)", notes: "a,b" });
    await aBooking(type, at("10:00"));
    const csv = await t.get("/events/bookings.csv?timezone=Europe/Berlin", host);
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.headers["content-disposition"]).toContain("bookings.csv");
    expect(csv.body.charCodeAt(0)).toBe(0xfeff);
    const [heading = "", ...lines] = csv.body.trim().split("\r\n");
    expect(heading).toContain("Begins,Ends,Time zone");
    expect(lines).toHaveLength(2);
    expect(csv.body).toContain("'=HYPERLINK(1)");
    expect(csv.body).toContain('"a,b"');
    expect(csv.body).toMatch(new RegExp(`${monday()} 1[12]:00,`));
    await t.query(`update users set locale = 'de' where id = '${host.userId}'`);
    const german = (await t.get("/events/bookings.csv", host)).body;
    expect(german).toContain(",Bestätigt,");
    expect(german).not.toMatch(/confirmed|unknown/);
    const ics = (await t.get("/events/bookings.ics", host)).body;
    expect(ics).toContain(`UID:${made.id}@`);
    const other = await aUser(t);
    expect((await t.get("/events/bookings.csv", other)).body).not.toContain("ivy");
    const foreign = await t.get(`/events/bookings.ics?organizer_id=${type.organizerId}`, other);
    expect(foreign.json().code).toBe("organizer.not_found");
    expect((await t.get("/events/bookings.csv")).statusCode).toBe(401);
    expect((await t.get("/events/bookings.csv?status=gone", host)).statusCode).toBe(400);
  });
});

describe("the private calendar of a host", () => {
  it("is read by its secret address alone, until it is renewed or taken back", async () => {
    const { host, type } = await aType();
    const made = await aBooking(type, at("10:00"));
    expect((await t.get("/events/bookings/feed", host)).json()).toEqual({ url: null, createdAt: null });
    const pathOf = (url: string) => new URL(url).pathname.replace("/api/v1", "");
    const first = pathOf((await t.post("/events/bookings/feed", {}, host)).json().url);
    await t.query(`update users set locale = 'de' where id = '${host.userId}'`);
    const read = await t.get(first);
    expect(read.headers["content-type"]).toContain("text/calendar");
    expect(read.body).toContain("X-WR-CALNAME:Buchungen");
    expect(read.body).toContain(`UID:${made.id}@`);
    expect(read.body).toContain(`SUMMARY:Intro call: ${made.attendee.name}`);
    await decide(made.id, { status: "cancelled" }, host);
    expect((await t.get(first)).body).not.toContain(made.id);

    const second = pathOf((await t.post("/events/bookings/feed", {}, host)).json().url);
    expect((await t.get(first)).json().code).toBe("booking.link_expired");
    expect((await t.get(second)).statusCode).toBe(200);
    await t.query(`update users set banned_at = now() where id = '${host.userId}'`);
    expect((await t.get(second)).json().code).toBe("booking.link_expired");
    await t.query(`update users set banned_at = null where id = '${host.userId}'`);
    expect((await t.send("DELETE", "/events/bookings/feed", undefined, host)).statusCode).toBe(204);
    expect((await t.get(second)).json().code).toBe("booking.link_expired");
    expect((await t.get("/events/bookings/feed/nonsense/calendar.ics")).json().code).toBe("booking.link_invalid");
    const ofGuest = `/events/bookings/feed/${made.accessToken}/calendar.ics`;
    expect((await t.get(ofGuest)).json().code).toBe("booking.link_invalid");
  });
});

describe("a booking that the host makes", () => {
  it("needs nobody's yes, and is written to like any other", async () => {
    const { host, type } = await aType({ needsApproval: true });
    const made = (await bookFor(type, at("10:00"), host, { notes: "By telephone" })).json();
    expect(made).toMatchObject({ status: "confirmed", startTime: at("10:00"), attendeeCount: 1 });
    await t.settle();
    const { items } = (await t.get(`/events/bookings/${made.id}/letters`, host)).json();
    const told = items.map(({ kind, toAddress, toHost }: Record<string, unknown>) => ({ kind, toAddress, toHost }));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({ kind: "booking_booked", toAddress: made.inviteeEmail, toHost: false });
    expect(told).toContainEqual({ kind: "booking_booked", toAddress: host.email, toHost: true });
    expect(items[0].status).toBe("handed_over");
    expect(JSON.stringify(items)).not.toContain("By telephone");
    expect((await t.get(`/events/bookings/${made.id}/letters`, await aUser(t))).json().code).toBe("booking.not_found");
  });

  it("may lie outside of what is offered, and never on another", async () => {
    const { host, type } = await aType({ limits: { perDay: 1 } });
    const early = at("05:20");
    const refused = await bookFor(type, early, host);
    expect(refused.json()).toMatchObject({ code: "scheduling.slot_taken" });
    expect(refused.json().nearest).toHaveLength(3);
    expect((await bookFor(type, early, host, { anyTime: true })).statusCode).toBe(201);
    for (const over of [{ anyTime: true }, {}]) {
      const again = await bookFor(type, at("05:40"), host, over);
      expect(again.json().code).toBe("scheduling.slot_taken");
    }
    // A limit of visitors is none of the host.
    expect((await bookFor(type, at("10:00"), host, { anyTime: true })).statusCode).toBe(201);
    expect((await bookFor(type, "2020-01-06T10:00:00Z", host, { anyTime: true })).json().code).toBe(
      "scheduling.slot_taken",
    );
    const both = await Promise.all([1, 2].map(() => bookFor(type, at("20:00"), host, { anyTime: true })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  });

  it("is for those who host, and refused for nonsense", async () => {
    const { host, type } = await aType({ locationType: "phone_call", phoneCaller: "host" });
    expect((await bookFor(type, at("10:00"), host)).json().code).toBe("booking.details_needed");
    expect((await bookFor(type, at("10:00"), await aUser(t))).json().code).toBe("event_type.not_found");
    expect((await bookFor(type, at("10:00"), undefined)).statusCode).toBe(401);
    const colleague = await aUser(t);
    await joinTeam(t, type.organizerId, colleague);
    const phone = { inviteePhone: "+49 30 1234" };
    expect((await bookFor(type, at("10:00"), colleague, phone)).json().code).toBe("auth.forbidden");
    const nonsense = [{ inviteeEmail: "nobody" }, { duration: 1 }, { startTime: `${monday()}T10:00:30Z` }, { odd: 1 }];
    for (const body of nonsense) expect((await bookFor(type, at("10:00"), host, body)).statusCode).toBe(400);
    expect((await bookFor(type, at("10:00"), host, { ...phone, attendeeCount: 2 })).json().code).toBe(
      "booking.capacity_exceeded",
    );
    expect((await bookFor(type, at("10:00"), host, { ...phone, duration: 45 })).json().code).toBe("event_type.invalid");
  });
});

describe("how often one is booked", () => {
  it("is told by type, period and hour of a zone, for the team alone", async () => {
    const { host, type } = await aType();
    const [made, gone] = [await aBooking(type, at("10:00")), await aBooking(type, at("12:00"))];
    await decide(gone.id, { status: "cancelled", reason: "A cold" }, host);
    await decide(made.id, { startTime: at("15:00") }, host);
    const range = `start_date=${monday()}&end_date=${monday()}`;
    const told = (await t.get(`/events/analytics?${range}&timezone=Asia/Kolkata`, host)).json();
    expect(told).toMatchObject({ total: 2, cancelled: 1, noShow: 0, moves: 1, unit: "day" });
    expect(told.byType).toEqual([{ id: type.id, name: "Intro call", total: 2, cancelled: 1, noShow: 0 }]);
    expect(told.byPeriod).toEqual([{ from: monday(), total: 2, cancelled: 1, noShow: 0 }]);
    expect(told.byHour.findIndex((count: number) => count > 0)).toBe(20);
    expect(told.cancelledBy).toEqual({ organizer: 1, invitee: 0, system: 0 });
    expect(told.leadTime.medianHours).toBeGreaterThan(24);
    const csv = (await t.get(`/events/analytics.csv?${range}`, host)).body;
    expect(csv).toContain(`Day,${monday()},2,1,0`);

    const query = `${range}&organizer_id=${type.organizerId}`;
    expect((await t.get(`/events/analytics?${query}`, await aUser(t))).json().code).toBe("organizer.not_found");
    expect((await t.get(`/events/analytics?${range}`)).statusCode).toBe(401);
    for (const bad of ["", "start_date=2030-05-02&end_date=2030-05-01", "start_date=2030-01-01&end_date=2031-01-02"])
      expect((await t.get(`/events/analytics?${bad}`, host)).statusCode).toBe(400);
  });
});

describe("what a booking came to", () => {
  it("can be taken back until it ends", async () => {
    const { host, type } = await aType();
    const made = await aBooking(type, at("10:00"));
    t.travel(new Date(at("10:10")).getTime() - t.ctx.now().getTime());
    expect((await decide(made.id, { status: "no_show" }, host)).json().status).toBe("no_show");
    expect((await decide(made.id, { status: "confirmed" }, host)).json().status).toBe("confirmed");
    t.travel(3_600_000);
    expect((await decide(made.id, { status: "no_show" }, host)).json().status).toBe("no_show");
    expect((await decide(made.id, { status: "confirmed" }, host)).json().code).toBe("booking.wrong_status");
    expect((await decide(made.id, { status: "completed" }, host)).json().status).toBe("completed");
  });

  it("is counted for those who watch the house, without anybody's name", async () => {
    const { type } = await aType();
    const countOf = (label: string) =>
      listTallies().find(({ labels }) => Object.values(labels).includes(label))?.value ?? 0;
    const [made, refused] = [countOf("made"), countOf("scheduling.slot_taken")];
    await aBooking(type, at("10:00"));
    await book(type, at("10:00"));
    expect([countOf("made"), countOf("scheduling.slot_taken")]).toEqual([made + 1, refused + 1]);
  });
});
