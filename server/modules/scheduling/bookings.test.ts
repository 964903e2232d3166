import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { linkToken } from "#server/platform/links.ts";
import { aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { icsOf, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { monday, at, aType, bodyFor, book, aBooking, manage, decide, starts } = schedulingIn(() => t);

const dayMs = 86_400_000;
const codes = (replies: { statusCode: number }[]) =>
  replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);

describe("a booking", () => {
  it("takes its time, is written to both, and stands in the interface of the host alone", async () => {
    const { host, type } = await aType();
    const made = await aBooking(type, at("10:00"), { inviteeTimezone: "America/New_York", notes: "About the plan" });
    expect(made).toMatchObject({ status: "confirmed", startTime: at("10:00"), endTime: at("11:00"), mayMove: true });
    expect(made.meetingLink).toBe(`http://localhost:3000/live/${made.id}`);
    expect(await starts(type)).toEqual(["09:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);

    await t.settle();
    const [mine] = await t.lettersTo(made.attendee.email);
    expect(mine?.subject).toBe(`Booked: Intro call with ${host.name}`);
    expect(mine?.text).toContain("New York");
    expect(mine?.text).toContain(made.manageUrl);
    expect(icsOf(mine)).toContain("STATUS:CONFIRMED");
    const [theirs] = await t.lettersTo(host.email);
    expect(theirs?.subject).toBe(`New booking: Intro call with ${made.attendee.name}`);
    expect(theirs?.text).toContain("About the plan");

    const path = `/events/bookings/${made.id}`;
    expect((await t.get(path, host)).json()).toMatchObject({ inviteeEmail: made.attendee.email, attendeeCount: 1 });
    expect((await t.get("/events/bookings?when=upcoming", host)).json().items).toHaveLength(1);
    expect((await t.get(path, await aUser(t))).json().code).toBe("booking.not_found");
    expect((await t.get(`/events/event-types/${type.id}`, host)).json().use).toEqual({ total: 1, upcoming: 1 });
    const { items } = (await t.get(`${path}/audit`, host)).json();
    const trace = items.find(({ action }: { action: string }) => action === "booking.made");
    expect(trace).toMatchObject({
      ...{ description: "Booking made", actorType: "invitee" },
      ...{ actorName: made.attendee.name, actorEmail: made.attendee.email, userAgent: expect.any(String) },
    });
    expect(trace.ipAddress).toMatch(/^\d+\./);
    const member = await aUser(t);
    await joinTeam(t, type.organizerId, member);
    expect((await t.get(`${path}/audit`, member)).json().items[0]).toMatchObject({ ipAddress: null, userAgent: null });
    const { inviteeName, inviteeEmail, inviteeTimezone, attendeeCount, organizerId } = made;
    expect({ inviteeName, inviteeEmail, inviteeTimezone, attendeeCount, organizerId }).toEqual({
      ...{ inviteeName: made.attendee.name, inviteeEmail: made.attendee.email, inviteeTimezone: "America/New_York" },
      ...{ attendeeCount: 1, organizerId: type.organizerId },
    });
  });

  it("is told in the language of the invitee's account, whoever booked and in whichever language", async () => {
    const { type } = await aType();
    const { email, userId } = await aUser(t);
    await t.query(`update users set locale = 'de' where id = '${userId}'`);
    await aBooking(type, at("10:00"), { inviteeEmail: email });

    await t.settle();

    expect((await t.lettersTo(email))[0]?.subject).toMatch(/^Gebucht: /);
  });

  it("is refused when the time is gone, with the three nearest free ones; and for nonsense", async () => {
    const { type } = await aType();
    await aBooking(type, at("10:00"));
    const late = await book(type, at("10:00"));
    expect(late.json()).toMatchObject({ code: "scheduling.slot_taken" });
    expect(late.json().nearest.map(({ startTime }: { startTime: string }) => startTime)).toEqual([
      at("09:00"),
      at("11:00"),
      at("12:00"),
    ]);
    for (const odd of [at("09:30"), at("17:00"), "2020-01-06T10:00:00Z"])
      expect((await book(type, odd)).json().code).toBe("scheduling.slot_taken");
    const nonsense = [{ inviteeEmail: "nobody" }, { inviteeTimezone: "Mars" }, { attendeeCount: 0 }, { duration: 1 }];
    for (const body of nonsense) expect((await book(type, at("09:00"), body)).statusCode).toBe(400);
    expect((await book(type, at("09:00"), { attendeeCount: 2 })).json().code).toBe("booking.capacity_exceeded");
    expect(await starts(type, { attendee_count: "2" })).toEqual([]);
    expect((await book(type, at("09:00"), { duration: 45 })).json().code).toBe("event_type.invalid");
    const days = Math.round((Date.parse(at("10:00")) - t.ctx.now().getTime()) / dayMs);
    for (const rule of [{ minSchedulingNotice: (days + 2) * 1440 }, { maxSchedulingHorizon: (days - 2) * 1440 }])
      expect((await book((await aType(rule)).type, at("10:00"))).json().code).toBe("scheduling.slot_taken");
    expect((await book({ ...type, eventTypeSlug: "nothing" }, at("09:00"))).json().code).toBe("event_type.not_found");
  });

  it("is made once per idempotency key", async () => {
    const { host, type } = await aType();
    const body = bodyFor(type, at("10:00"));
    const headers = { ...fromElsewhere(), "idempotency-key": "once-only" };
    const first = await t.post("/events/bookings/create", body, undefined, headers);
    const again = await t.post("/events/bookings/create", body, undefined, headers);
    expect(again.json()).toEqual(first.json());
    expect((await t.get("/events/bookings", host)).json().items).toHaveLength(1);
  });

  it("keeps to the limits of its event type, by day and by invitee", async () => {
    const { type } = await aType({ limits: { perDay: 2 }, maxBookingsPerInvitee: 1 });
    const one = await aBooking(type, at("09:00"));
    const again = await book(type, at("10:00"), { inviteeEmail: one.attendee.email });
    expect(again.json().code).toBe("booking.limit_reached");
    await aBooking(type, at("10:00"));
    expect(await starts(type)).toEqual([]);
    expect((await book(type, at("11:00"))).json().code).toBe("scheduling.slot_taken");
  });

  it("is cancelled by its link, and its time is free again", async () => {
    const { host, type } = await aType({ changeNoticeMinutes: 1440 });
    const made = await aBooking(type, at("10:00"));
    const opened = await t.get(`/events/booking/${made.accessToken}/manage`);
    expect(opened.json()).toMatchObject({ id: made.id, mayCancel: true });
    expect(opened.headers["set-cookie"]).toContain("plenary_links");
    const gone = await manage(made.accessToken, { action: "cancel", reason: "A cold" });
    expect(gone.json()).toMatchObject({ status: "cancelled", cancelledBy: "invitee", cancellationReason: "A cold" });
    expect(await starts(type)).toContain("10:00");
    await t.settle();
    const letters = await t.lettersTo(host.email);
    const last = letters.find(({ subject }) => subject.startsWith("Cancelled"));
    expect(last?.text).toContain("A cold");
    expect(icsOf(last)).toContain("STATUS:CANCELLED");
    expect((await manage(made.accessToken, { action: "cancel" })).json().status).toBe("cancelled");
    expect((await manage(made.accessToken, { action: "reschedule", startTime: at("12:00") })).json().code).toBe(
      "booking.wrong_status",
    );
  });

  it("tells apart links that are wrong and links that are void", async () => {
    const { type } = await aType();
    const made = await aBooking(type, at("10:00"));
    expect((await t.get("/events/booking/nonsense/manage")).json().code).toBe("booking.link_invalid");
    const ofNothing = linkToken(t.settings.secrets.links, { kind: "booking", id: type.id, version: 1 });
    expect((await t.get(`/events/booking/${ofNothing}/manage`)).json().code).toBe("booking.not_found");
    const renewed = (await manage(made.accessToken, { action: "regenerate" })).json();
    expect(renewed.accessToken).not.toBe(made.accessToken);
    expect((await t.get(`/events/booking/${made.accessToken}/manage`)).json().code).toBe("booking.link_expired");
    const changed = await manage(renewed.accessToken, { action: "change", name: "Ivy Long", timeZone: "Asia/Tokyo" });
    expect(changed.json().attendee).toMatchObject({ name: "Ivy Long", timeZone: "Asia/Tokyo" });
  });

  it("moves under the same id, by fifteen minutes onto its own time too, and leaves a tombstone", async () => {
    const { host, type } = await aType({ slotIntervalMinutes: 15 });
    const made = await aBooking(type, at("10:00"));
    expect(await starts(type)).not.toContain("10:15");
    expect(await starts(type, { moving: made.accessToken })).toContain("10:15");
    const moved = await manage(made.accessToken, { action: "reschedule", startTime: at("10:15") });
    expect(moved.json()).toMatchObject({ id: made.id, status: "confirmed", startTime: at("10:15") });
    const tombstone = (await t.get(`/events/bookings/${moved.json().rescheduledFrom}`, host)).json();
    expect(tombstone).toMatchObject({ status: "rescheduled", startTime: at("10:00"), movedTo: made.id });
    await t.settle();
    const letters = await t.lettersTo(made.attendee.email);
    const [first, second] = [letters[0], letters.find(({ subject }) => subject.startsWith("Moved"))];
    const uid = (text: string) => /^UID:(.*)$/m.exec(text)?.[1];
    expect(uid(icsOf(second))).toBe(uid(icsOf(first)));
    expect(icsOf(second)).toContain("SEQUENCE:1");
  });

  it("is offered other times than its own, and stays where it is told to be already", async () => {
    const { host, type } = await aType({ slotIntervalMinutes: 60 });
    const made = await aBooking(type, at("10:00"));
    await aBooking(type, at("12:00"));
    const offered = ["09:00", "11:00", "13:00", "14:00", "15:00", "16:00"];
    expect(await starts(type, { moving: made.accessToken })).toEqual(offered);
    const [token, startTime] = [made.accessToken, at("12:00")];
    const gone = (await manage(token, { action: "reschedule", startTime })).json();
    expect(gone.code).toBe("scheduling.slot_taken");
    const nearest = gone.nearest.map((slot: { startTime: string }) => slot.startTime);
    expect(nearest).toEqual(["11:00", "13:00", "14:00"].map((time) => at(time)));

    const same = (await manage(token, { action: "reschedule", startTime: at("10:00") })).json();
    expect(same).toMatchObject({ id: made.id, startTime: at("10:00"), rescheduledFrom: null });
    expect((await decide(made.id, { startTime: at("10:00") }, host)).json().rescheduledFrom).toBeNull();
    await t.settle();
    expect(await t.lettersTo(made.attendee.email)).toHaveLength(1);

    const { host: leader, type: group } = await aType({ maxAttendees: 3 });
    const session = await aBooking(group, at("10:00"));
    const query = { start_date: monday(), end_date: monday(), moving: session.id };
    const path = `/events/slots/${group.organizerSlug}/${group.eventTypeSlug}?${new URLSearchParams(query)}`;
    const shown = JSON.stringify((await t.get(path, leader)).json().days);
    expect(shown).toContain(at("11:00"));
    expect(shown).not.toContain(`"startTime":"${at("10:00")}"`);
  });

  it("is moved by its host as well, onto its own time too, by two at once and while it waits for a yes", async () => {
    const { host, type } = await aType({ slotIntervalMinutes: 15, needsApproval: true });
    const made = await aBooking(type, at("10:00"));
    const looked = { start_date: monday(), end_date: monday(), moving: made.id };
    const path = `/events/slots/${type.organizerSlug}/${type.eventTypeSlug}?${new URLSearchParams(looked)}`;
    const shown = JSON.stringify((await t.get(path, host)).json().days);
    expect(shown).toContain(at("10:15"));
    expect((await t.get(path, await aUser(t))).json().code).toBe("booking.not_found");
    expect((await decide(made.id, { startTime: at("10:15") }, host)).json()).toMatchObject({
      ...{ status: "pending", startTime: at("10:15") },
    });

    // The last word stands, and only one time is taken.
    const both = await Promise.all(["10:30", "13:00"].map((time) => decide(made.id, { startTime: at(time) }, host)));
    expect(codes(both)).toEqual([200, 200]);
    const now = (await t.get(`/events/bookings/${made.id}`, host)).json().startTime;
    const free = await starts(type);
    expect([free.includes("10:30"), free.includes("13:00")]).toEqual([now === at("13:00"), now === at("10:30")]);

    const yes = await Promise.all([
      decide(made.id, { status: "confirmed" }, host),
      manage(made.accessToken, { action: "reschedule", startTime: at("15:00") }),
    ]);
    expect(codes(yes)).toEqual([200, 200]);
    expect((await t.get(`/events/bookings/${made.id}`, host)).json()).toMatchObject({
      ...{ status: "confirmed", startTime: at("15:00") },
    });
    expect(await starts(type)).toContain("10:30");
    expect(await starts(type)).not.toContain("15:00");

    const { host: leader, type: group } = await aType({ maxAttendees: 3, slotIntervalMinutes: 15 });
    const session = await aBooking(group, at("10:00"));
    const moved = await decide(session.id, { startTime: at("10:15") }, leader);
    expect(moved.json(), moved.body).toMatchObject({ startTime: at("10:15"), attendeeCount: 1 });
  });

  it("waits for a yes, and of two requests for one time only one gets it", async () => {
    const { host, type } = await aType({ needsApproval: true, pendingBlocks: false });
    const [one, two] = [await aBooking(type, at("10:00")), await aBooking(type, at("10:00"))];
    expect(one.status).toBe("pending");
    const answers = await Promise.all([one, two].map(({ id }) => decide(id, { status: "confirmed" }, host)));
    expect(codes(answers)).toEqual([200, 409]);
    await t.settle();
    const loser = answers[0]?.statusCode === 409 ? one : two;
    const said = await decide(loser.id, { status: "rejected", reason: "Next week?" }, host);
    expect(said.json()).toMatchObject({ status: "rejected" });
    await t.settle();
    const letters = await t.lettersTo(loser.attendee.email);
    expect(letters.map(({ kind }) => kind)).toEqual(["booking_asked", "booking_declined"]);
    expect(letters.at(-1)?.text).toContain("Next week?");

    const blocking = await aType({ needsApproval: true });
    await aBooking(blocking.type, at("10:00"));
    expect(await starts(blocking.type)).not.toContain("10:00");
  });

  it("is told of before, completes itself, and may have been missed", async () => {
    const { host, type } = await aType();
    const [made, other] = [await aBooking(type, at("10:00")), await aBooking(type, at("12:00"))];
    const before = t.ctx.now().getTime();
    expect((await decide(made.id, { status: "completed" }, host)).json().code).toBe("booking.wrong_status");
    t.travel(new Date(at("10:00")).getTime() - before - dayMs + 60_000);
    await t.settle();
    t.travel(dayMs - 3_600_000);
    await t.settle();
    const kinds = (await t.lettersTo(made.attendee.email)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "booking_reminder")).toHaveLength(2);
    t.travel(6 * 3_600_000);
    await t.settle();
    const path = `/events/bookings/${made.id}`;
    expect((await t.get(path, host)).json().status).toBe("completed");
    const missed = await t.post(`${path}/attendees/${made.attendee.id}/no-show`, { noShow: true }, host);
    expect(missed.json().attendees[0].status).toBe("no_show");
    expect((await decide(other.id, { status: "no_show" }, host)).json().status).toBe("no_show");
  });
});

describe("a group's session", () => {
  it("has seats that strangers take, a party at a time, and that its host gives and takes", async () => {
    const { host, type } = await aType({ maxAttendees: 4 });
    const one = await aBooking(type, at("10:00"), { attendeeCount: 2 });
    const two = await aBooking(type, at("10:00"));
    expect(two.id).toBe(one.id);
    expect(await starts(type, { attendee_count: "2" })).not.toContain("10:00");
    const larger = await book(type, at("10:00"), { attendeeCount: 2 });
    expect(larger.json()).toMatchObject({ code: "booking.capacity_exceeded", nearest: [{ seatsLeft: 4 }, {}, {}] });
    expect(await starts(type)).toContain("10:00");
    const path = `/events/bookings/${one.id}`;
    const added = await t.post(`${path}/attendees/add`, { name: "Ann", email: "ann@example.org" }, host);
    expect(added.json().attendeeCount).toBe(4);
    const full = await t.post(`${path}/attendees/add`, { name: "Bob", email: "bob@example.org" }, host);
    expect(full.json().code).toBe("booking.capacity_exceeded");
    const smaller = await manage(one.accessToken, { action: "resize", attendeeCount: 1 });
    expect(smaller.json().attendee.seats).toBe(1);
    expect(await starts(type)).toContain("10:00");
    expect((await manage(one.accessToken, { action: "reschedule", startTime: at("12:00") })).json().code).toBe(
      "booking.group_moves",
    );
    // An invitee learns of nobody else, and gives up their own party alone.
    expect(JSON.stringify(two)).not.toContain(one.attendee.email);
    expect((await manage(two.accessToken, { action: "cancel" })).json()).toMatchObject({
      status: "confirmed",
      attendee: { status: "cancelled" },
    });
    const nobody = await t.post(`${path}/attendees/${type.id}/remove`, {}, host);
    expect(nobody.json().code).toBe("attendee.not_found");
    const removed = await t.post(`${path}/attendees/${one.attendee.id}/remove`, { reason: "Full" }, host);
    expect(removed.json()).toMatchObject({ status: "confirmed", attendeeCount: 1 });
    const moved = await decide(one.id, { startTime: at("14:00") }, host);
    expect(moved.json(), moved.body).toMatchObject({ startTime: at("14:00"), attendeeCount: 1 });
  });
});

describe("many at once", () => {
  it("of sixty who want one time, one gets it", async () => {
    const { host, type } = await aType();
    const replies = await Promise.all(Array.from({ length: 60 }, () => book(type, at("10:00"))));
    expect(codes(replies)).toEqual([201, ...Array(59).fill(409)]);
    expect((await t.get("/events/bookings", host)).json().items).toHaveLength(1);
  });

  it("of overlapping times of two event types of one host, none is given twice", async () => {
    const { host, type } = await aType({ durations: [60, 30], slotIntervalMinutes: 15 });
    const { type: long } = await aType({ name: "Workshop", duration: 120, slotIntervalMinutes: 15 }, host);
    // Each type's own visitors come one after another: at each of these times somebody meets one of the other type.
    const wishes = ["09", "11", "13", "15"].flatMap((hour) => [
      () => book(long, at(`${hour}:00`)),
      () => book(type, at(`${hour}:15`)),
      () => book(type, at(`${hour}:45`), { duration: 30 }),
    ]);
    const replies = await Promise.all(wishes.map((wish) => wish()));
    expect(new Set(codes(replies))).toEqual(new Set([201, 409]));
    const { items } = (await t.get("/events/bookings?when=upcoming", host)).json();
    const times: { startTime: string; endTime: string }[] = items;
    for (const [n, { startTime }] of times.entries())
      if (n > 0) expect(startTime >= (times[n - 1]?.endTime ?? "")).toBe(true);
    expect(times).toHaveLength(replies.filter(({ statusCode }) => statusCode === 201).length);
  });

  it("of twelve who want five seats, five get them, in one session", async () => {
    const { host, type } = await aType({ maxAttendees: 5 });
    const replies = await Promise.all(Array.from({ length: 12 }, () => book(type, at("10:00"))));
    expect(codes(replies)).toEqual([...Array(5).fill(201), ...Array(7).fill(409)]);
    expect((await t.get("/events/bookings", host)).json().items).toMatchObject([{ attendeeCount: 5 }]);
  });

  it("shares a round robin's bookings among its hosts", async () => {
    const { host, type } = await aType();
    const colleague = await aUser(t, { name: "Cole", timeZone: "UTC" });
    await joinTeam(t, type.organizerId, colleague);
    const team = { team: "roundRobin", hosts: [{ userId: host.userId }, { userId: colleague.userId }] };
    await t.send("PATCH", `/events/event-types/${type.id}`, team, host);
    const replies = await Promise.all(Array.from({ length: 6 }, () => book(type, at("10:00"))));
    expect(codes(replies)).toEqual([201, 201, 409, 409, 409, 409]);
    for (const time of ["11:00", "12:00"]) await aBooking(type, at(time));
    const { items } = (await t.get("/events/bookings", host)).json();
    const hosts = items.map(({ hosts: [one] }: { hosts: { userId: string }[] }) => one?.userId);
    expect(hosts.filter((id: string) => id === host.userId)).toHaveLength(2);
    expect(hosts.filter((id: string) => id === colleague.userId)).toHaveLength(2);
  });
});
