import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { dateAt } from "#domain/time/wall.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { type EventType, icsOf, schedulingIn } from "#server/platform/testing-scheduling.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const dayMs = 86_400_000;
const { at: atTime, aType, book, aBooking, manage, decide } = schedulingIn(() => t);
/** A time so many weeks after the first Monday, and so many days after the first of them. */
const at = (week: number, time = "10:00") => atTime(time, week);
const dayAfter = (days: number, time = "10:00") =>
  `${dateAt(new Date(Date.parse(at(0)) + days * dayMs), "UTC")}T${time}:00.000Z`;

const aLesson = (over: object = {}, by?: Someone) =>
  aType({ recurrenceType: "weekly", maxOccurrences: 6, ...over }, by);
const aSeries = (type: EventType, count: number, over: object = {}, startTime = at(0)) =>
  aBooking(type, startTime, { recurrence: { count }, ...over });

interface Shown {
  bookingId: string;
  startTime: string;
  status: string;
  isException: boolean;
  manageUrl: string;
}
const own = async (accessToken: string): Promise<Shown[]> =>
  (await t.get(`/events/booking/${accessToken}/series`)).json().items;
const tokenOf = (one: Shown | undefined) => one?.manageUrl.split("/").at(-2) ?? "";
const times = (items: { startTime: string }[]) => items.map(({ startTime }) => startTime);

const check = ({ organizerSlug, eventTypeSlug }: EventType, startTime: string, count: number) =>
  t.get(`/events/slots/${organizerSlug}/${eventTypeSlug}/series?start_time=${startTime}&times=${count}`);

const all = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`^${name}:(.*)$`, "gm"))].map(([, one]) => one);

describe("a series", () => {
  it("is checked date by date; what is taken can be left out or moved, else nothing is booked", async () => {
    const { host, type } = await aLesson();
    for (const week of [1, 2]) expect((await book(type, at(week))).statusCode).toBe(201);
    const { items } = (await check(type, at(0), 4)).json();
    expect(times(items)).toEqual([0, 1, 2, 3].map((week) => at(week)));
    expect(items.map(({ isFree }: { isFree: boolean }) => isFree)).toEqual([true, false, false, true]);
    expect(items[1].nearest.startTime).toBe(at(1, "09:00"));

    const refused = await book(type, at(0), { recurrence: { count: 4 } });
    expect(refused.json()).toMatchObject({ code: "booking.series_conflicts", conflicts: [items[1], items[2]] });
    expect((await t.get("/events/bookings?when=upcoming", host)).json().items).toHaveLength(2);

    const exceptions = [
      { startTime: at(1), movedTo: items[1].nearest.startTime },
      { startTime: at(2), movedTo: null },
    ];
    const made = await aSeries(type, 4, { recurrence: { count: 4, exceptions } });
    expect(made).toMatchObject({ startTime: at(0), recurrenceSequence: 1, isRecurringException: false });
    const members = await own(made.accessToken);
    expect(times(members)).toEqual([at(0), at(1, "09:00"), at(3)]);
    expect(members.map(({ isException }) => isException)).toEqual([false, true, false]);
    expect((await t.get(`/events/bookings/${made.id}/series`, host)).json().items).toHaveLength(3);
    expect((await t.get(`/events/bookings/${made.id}/series`, await aUser(t))).json().code).toBe("booking.not_found");

    await t.settle();
    const letters = await t.lettersTo(made.attendee.email);
    expect(letters.map(({ kind }) => kind)).toEqual(["booking_series_booked"]);
    expect(letters[0]?.subject).toContain("3 times");
    expect(all(icsOf(letters[0]), "UID")).toEqual(members.map(({ bookingId }) => expect.stringContaining(bookingId)));
    const theirs = (await t.lettersTo(host.email)).filter(({ kind }) => kind === "booking_series_booked");
    expect(theirs).toHaveLength(1);
  });

  it("keeps its wall time when the clocks change", async () => {
    // Summer lasts for 31 weeks: of forty, some are on either side, whenever this runs.
    const berlin = { timeZone: "Europe/Berlin", maxOccurrences: 40 };
    const { type } = await aLesson(berlin, await aUser(t, { name: "Berta", timeZone: "Europe/Berlin" }));
    const { items } = (await check(type, at(0), 40)).json();
    const clock = new Intl.DateTimeFormat("en", { timeZone: "Europe/Berlin", timeStyle: "short", hourCycle: "h23" });
    const shown = times(items).map((one) => clock.format(new Date(one)));
    expect(new Set(shown).size).toBe(1);
    expect(new Set(times(items).map((one) => one.slice(11)))).toHaveLength(2);
  });

  it("says how many dates there are before its end, and is not shortened without a word", async () => {
    const lastDate = at(2).slice(0, 10);
    const byRule = { recurrenceRule: `FREQ=WEEKLY;UNTIL=${lastDate.replaceAll("-", "")}`, maxOccurrences: 6 };
    for (const over of [{ recurrenceEndDate: lastDate }, byRule]) {
      const { type } = await aLesson(over);
      const { organizerSlug, eventTypeSlug } = type;
      const shown = (await t.get(`/events/public/${organizerSlug}/${eventTypeSlug}`)).json();
      expect(shown.eventType.recurrence).toMatchObject({ most: 6, endDate: lastDate });
      const found = (await check(type, at(0), 5)).json();
      expect([times(found.items), found.endsOn]).toEqual([[at(0), at(1), at(2)], lastDate]);
      expect((await check(type, at(0), 3)).json().endsOn).toBeNull();
      expect((await check(type, at(2), 2)).json()).toMatchObject({ items: [{ sequence: 1 }], endsOn: lastDate });
      const refused = (await book(type, at(0), { recurrence: { count: 5 } })).json();
      expect(refused.fields[0]).toMatchObject({ at: "body.recurrence.count", code: "recurrence_ends" });
      expect(await own((await aSeries(type, 3)).accessToken)).toHaveLength(3);
    }
  });

  it("is refused where its type does not have it", async () => {
    const { type } = await aLesson();
    const { type: once } = await aLesson({ recurrenceType: "none", maxOccurrences: null });
    const elsewhere = [{ startTime: at(9), movedTo: null }];
    const gone = [0, 1].map((week) => ({ startTime: at(week), movedTo: null }));
    for (const [asked, recurrence] of [
      [type, { count: 7 }],
      [once, { count: 2 }],
      [type, { count: 2, exceptions: elsewhere }],
      [type, { count: 2, exceptions: gone }],
    ] as const)
      expect((await book(asked, at(0), { recurrence })).json().code).toBe("event_type.invalid");
    expect((await book(type, at(0), { recurrence: { count: 1 } })).statusCode).toBe(400);
    const { type: few } = await aLesson({ maxBookingsPerInvitee: 2 });
    expect((await book(few, at(0), { recurrence: { count: 3 } })).json().code).toBe("booking.limit_reached");
    await aSeries(few, 2);
  });

  it.each([
    [{ recurrenceType: "weekly", maxOccurrences: null }, "recurrence_incomplete"],
    [{ recurrenceType: "none", recurrenceRule: "FREQ=DAILY" }, "recurrence_incomplete"],
    [{ recurrenceType: "weekly", recurrenceRule: "FREQ=DAILY" }, "recurrence_rule"],
    [{ recurrenceType: "daily", recurrenceRule: "FREQ=SECONDLY;COUNT=1000000" }, "recurrence_rule"],
    [{ recurrenceType: "monthly", recurrenceRule: "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30" }, "recurrence_never"],
    [{ recurrenceType: "daily", recurrenceRule: `FREQ=DAILY;BYMONTHDAY=${"31,".repeat(100)}31` }, undefined],
    [{ recurrenceType: "daily", recurrenceRule: "FREQ=DAILY;COUNT=3", maxOccurrences: null }, undefined],
    [{ recurrenceType: "weekly", maxOccurrences: null, recurrenceEndDate: "2199-12-31" }, undefined],
  ])("is saved or refused as it can be kept: %j", async (over, code) => {
    const host = await aUser(t);
    const body = { name: "Lesson", maxOccurrences: 365, ...over };
    const reply = await t.post("/events/event-types", body, host);
    if (code) expect(reply.json().fields[0]).toMatchObject({ code });
    else expect(reply.statusCode, reply.body).toBe(201);
  });
});

describe("some of a series", () => {
  it("is cancelled from one on, with one letter, and those before stay", async () => {
    const { host, type } = await aLesson();
    const made = await aSeries(type, 4);
    const members = await own(made.accessToken);
    const body = { action: "cancel", scope: "following", reason: "Moving house" };
    expect((await manage(tokenOf(members[2]), body)).json()).toMatchObject({ status: "cancelled" });
    expect((await own(made.accessToken)).map(({ status }) => status)).toEqual([
      ...["confirmed", "confirmed", "cancelled", "cancelled"],
    ]);
    expect((await book(type, at(3))).statusCode).toBe(201);
    await t.settle();
    const letter = (await t.lettersTo(made.attendee.email)).at(-1);
    expect(letter?.kind).toBe("booking_series_cancelled");
    expect(letter?.text).toContain("Moving house");
    expect(all(icsOf(letter), "STATUS")).toEqual(["CANCELLED", "CANCELLED"]);
    expect(all(icsOf(letter), "SEQUENCE")).toEqual(["1", "1"]);

    // What is left is cancelled by the host, all of it.
    expect((await decide(made.id, { status: "cancelled", scope: "all" }, host)).statusCode).toBe(200);
    expect((await own(made.accessToken)).every(({ status }) => status === "cancelled")).toBe(true);
    expect((await manage(made.accessToken, { ...body, scope: "all" })).json().code).toBe("booking.wrong_status");
  });

  it("is moved from one on, onto times of its own too; one that is taken names the nearest", async () => {
    const { host, type } = await aLesson({ slotIntervalMinutes: 15, recurrenceType: "daily" });
    const made = await aSeries(type, 4);
    const before = await own(made.accessToken);
    // A day later, each takes the time of the next.
    const moved = await manage(tokenOf(before[1]), {
      ...{ action: "reschedule", scope: "following", startTime: dayAfter(2, "10:15") },
    });
    expect(moved.statusCode, moved.body).toBe(200);
    const after = await own(made.accessToken);
    expect(times(after)).toEqual([at(0), dayAfter(2, "10:15"), dayAfter(3, "10:15"), dayAfter(4, "10:15")]);
    expect(after.map(({ bookingId }) => bookingId)).toEqual(before.map(({ bookingId }) => bookingId));
    expect(after.some(({ isException }) => isException)).toBe(false);
    await t.settle();
    const letter = (await t.lettersTo(made.attendee.email)).at(-1);
    expect(letter?.kind).toBe("booking_series_moved");
    expect(all(icsOf(letter), "SEQUENCE")).toEqual(["1", "1", "1"]);

    // The host moves all by a quarter of an hour; somebody else stands in the way of one, which stays.
    await book(type, dayAfter(3, "12:00"));
    const later = { startTime: dayAfter(0, "11:15"), scope: "all" };
    const refused = (await decide(made.id, later, host)).json();
    expect(refused).toMatchObject({ code: "booking.series_conflicts", conflicts: [{ sequence: 3 }] });
    const exceptions = [{ startTime: dayAfter(3, "11:30"), movedTo: null }];
    const { rescheduledFrom } = (await decide(made.id, { ...later, exceptions }, host)).json();
    expect(times(await own(made.accessToken))).toEqual([
      ...[dayAfter(0, "11:15"), dayAfter(2, "11:30"), dayAfter(3, "10:15"), dayAfter(4, "11:30")],
    ]);
    // What is told to move to where it is has not moved.
    expect((await decide(made.id, later, host)).json()).toMatchObject({ rescheduledFrom });
    // One alone is an exception from then on.
    await manage(tokenOf(before[3]), { action: "reschedule", startTime: dayAfter(4, "09:00") });
    expect((await own(made.accessToken)).map(({ isException }) => isException)).toEqual([false, false, false, true]);
  });

  it("stays as it is once it is too late, or has begun", async () => {
    const { type } = await aLesson({ changeNoticeMinutes: 1440, horizon: null });
    const made = await aSeries(type, 3, {}, at(4));
    const last = (await own(made.accessToken)).at(-1);
    const before = t.ctx.now().getTime();
    t.travel(Date.parse(at(4)) - before - dayMs / 2);
    expect((await manage(made.accessToken, { action: "cancel" })).json().code).toBe("booking.too_late");
    expect((await manage(made.accessToken, { action: "cancel", scope: "all" })).json().status).toBe("confirmed");
    expect((await own(made.accessToken)).map(({ status }) => status)).toEqual(["confirmed", "cancelled", "cancelled"]);
    t.travel(43 * dayMs);
    // The first one's page is there for as long as the last one's.
    expect((await t.get(`/events/booking/${made.accessToken}/manage`)).statusCode).toBe(200);
    expect((await t.get(`/events/booking/${tokenOf(last)}/manage`)).statusCode).toBe(200);
    t.travel(before - t.ctx.now().getTime());
  });

  it("is asked for and answered together, and new links are made for all of it", async () => {
    const { host, type } = await aLesson({ needsApproval: true });
    const made = await aSeries(type, 3);
    expect(made.status).toBe("pending");
    await t.settle();
    await decide(made.id, { status: "confirmed", scope: "all" }, host);
    const members = await own(made.accessToken);
    expect(members.map(({ status }) => status)).toEqual(["confirmed", "confirmed", "confirmed"]);
    await t.settle();
    expect((await t.lettersTo(made.attendee.email)).map(({ kind }) => kind)).toEqual([
      ...["booking_series_asked", "booking_series_booked"],
    ]);
    await manage(made.accessToken, { action: "regenerate" });
    expect((await t.get(`/events/booking/${tokenOf(members[2])}/manage`)).json().code).toBe("booking.link_expired");

    const other = await aSeries(type, 2, {}, at(0, "12:00"));
    await decide(other.id, { status: "rejected", scope: "all", reason: "In spring?" }, host);
    await t.settle();
    const letter = (await t.lettersTo(other.attendee.email)).at(-1);
    expect(letter).toMatchObject({ kind: "booking_series_declined" });
    expect(letter?.text).toContain("In spring?");
  });

  it("is a party's own in a group: others of the same sessions stay", async () => {
    const { host, type } = await aLesson({ maxAttendees: 3 });
    const [one, two] = [await aSeries(type, 3, { attendeeCount: 2 }), await aSeries(type, 3)];
    expect((await own(two.accessToken)).map(({ bookingId }) => bookingId)).toEqual(
      (await own(one.accessToken)).map(({ bookingId }) => bookingId),
    );
    expect((await book(type, at(1), { recurrence: { count: 2 } })).json().conflicts).toHaveLength(2);
    await manage(one.accessToken, { action: "cancel", scope: "all" });
    expect((await own(one.accessToken)).every(({ status }) => status === "cancelled")).toBe(true);
    expect((await own(two.accessToken)).every(({ status }) => status === "confirmed")).toBe(true);
    expect((await t.get(`/events/bookings/${one.id}`, host)).json()).toMatchObject({ attendeeCount: 1 });
  });
});

describe("those who meet for a series", () => {
  it("are reminded of each date twice, of one that was moved at its new time, of a cancelled one never", {
    timeout: 60_000,
  }, async () => {
    const { host, type } = await aLesson();
    const made = await aSeries(type, 4);
    const [, moved, gone] = await own(made.accessToken);
    const before = t.ctx.now().getTime();
    expect((await manage(tokenOf(moved), { action: "reschedule", startTime: at(1, "14:00") })).statusCode).toBe(200);
    expect((await manage(tokenOf(gone), { action: "cancel" })).statusCode).toBe(200);

    const kept = [at(0), at(1, "14:00"), at(3)];
    const due = [...kept, at(1), at(2)]
      .flatMap((time) => [dayMs, dayMs / 24].map((ahead) => ({ time, instant: Date.parse(time) - ahead })))
      .toSorted((one, other) => one.instant - other.instant);
    const remindersTo = async (email: string) =>
      (await t.lettersTo(email)).filter(({ kind }) => kind === "booking_reminder").length;
    const reminded = async () => {
      await t.settle();
      return [await remindersTo(made.attendee.email), await remindersTo(host.email)];
    };
    let sent = 0;
    for (const { time, instant } of due) {
      t.travel(instant + 60_000 - t.ctx.now().getTime());
      if (kept.includes(time)) sent += 1;
      expect(await reminded(), time).toEqual([sent, sent]);
    }
    expect(sent).toBe(6);
    t.travel(before - t.ctx.now().getTime());
  });
});

describe("many at once", () => {
  it("of a series and those who want one of its times, none is given twice", async () => {
    const { host, type } = await aLesson({ recurrenceType: "daily" });
    const { type: other } = await aLesson({ name: "Workshop", duration: 120 }, host);
    // Those of the other type come one after another: some before the series has looked, some while it is written.
    const wishes = [
      ...[0, 1, 2].map(() => () => book(type, at(0), { recurrence: { count: 5 } })),
      ...[0, 1, 2, 3, 4].map((n) => () => book(other, dayAfter(n, "09:00"))),
      ...[1, 3].map((n) => () => book(type, dayAfter(n))),
    ];
    const replies = await Promise.all(wishes.map((wish) => wish()));
    for (const { statusCode, body } of replies) expect([201, 409], body).toContain(statusCode);
    const { items } = (await t.get("/events/bookings?when=upcoming", host)).json();
    const taken: { startTime: string; endTime: string }[] = items;
    for (const [n, { startTime }] of taken.slice(1).entries())
      expect(startTime >= (taken[n]?.endTime ?? "")).toBe(true);
    const won = replies.slice(0, 3).filter(({ statusCode }) => statusCode === 201).length;
    const single = replies.slice(3).filter(({ statusCode }) => statusCode === 201).length;
    expect(won).toBeLessThanOrEqual(1);
    expect(taken).toHaveLength(won * 5 + single);
  });
});

describe("nonsense", () => {
  it("gets an answer or a refusal with a code, whatever is asked of a series", { timeout: 60_000 }, async () => {
    const { type } = await aLesson({ recurrenceType: "daily", maxOccurrences: 5 });
    const instant = fc.oneof(
      fc.constantFrom("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2030-02-30T10:00:00Z", "2199-12-31T23:59:00Z"),
      fc.constantFrom("2027-03-28T02:30:00+01:00", "2030-05-01T10:00:00.001Z", at(0), "", "soon"),
      fc.date({ noInvalidDate: true }).map((one) => one.toISOString()),
    );
    const count = fc.oneof(fc.integer({ min: -1, max: 400 }), fc.constantFrom(1e9, 2.5, "2", null));
    const exceptions = fc.array(fc.record({ startTime: instant, movedTo: fc.option(instant) }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(instant, count, exceptions, async (startTime, times, said) => {
        const query = new URLSearchParams({ start_time: startTime, times: String(times) });
        const { organizerSlug, eventTypeSlug } = type;
        const replies = [
          await t.get(`/events/slots/${organizerSlug}/${eventTypeSlug}/series?${query}`, undefined, fromElsewhere()),
          await book(type, startTime, { recurrence: { count: times, exceptions: said } }),
        ];
        for (const reply of replies) {
          expect([200, 201, 400, 409, 422], reply.body).toContain(reply.statusCode);
          if (reply.statusCode >= 400) expect(reply.json().code).toMatch(/^[a-z_]+\.[a-z_]+$/);
        }
      }),
      { numRuns: 40 },
    );
  });
});
