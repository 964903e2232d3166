import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
let host: Someone;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  host = await aUser(t, { name: "Hana", timeZone: "Europe/Berlin" });
});
afterAll(() => t.close());

const { monday, at, aType, aBooking, manage, slotsOf, starts } = schedulingIn(() => t);

let talks = 0;
/** One more event type of the same host. */
const aTalk = async (over: object = {}) => (await aType({ name: `Talk ${++talks}`, ...over }, host)).type;
const countOn = async (type: EventType, date: string, more = {}) => (await starts(type, more, date)).length;

describe("what is kept of free times", () => {
  it("is read anew when a booking of somebody who hosts no longer frees a limit", async () => {
    const type = await aTalk({ limits: { perDay: 1 } });
    const { accessToken } = await aBooking(type, at("10:00"));
    const colleague = await aUser(t, { timeZone: "Europe/Berlin" });
    await joinTeam(t, type.organizerId, colleague);
    const hosts = [{ userId: colleague.userId }];
    expect((await t.send("PATCH", `/events/event-types/${type.id}`, { hosts }, host)).statusCode).toBe(200);
    expect(await countOn(type, monday())).toBe(0);

    await manage(accessToken, { action: "cancel" });

    expect(await countOn(type, monday())).toBe(8);
  });

  it("is read once for all who ask at the same time, and is still true for each", async () => {
    const type = await aTalk();
    const ask = () => slotsOf(type, { start_date: monday(), end_date: monday() });
    const askTogether = async () => {
      const replies = await Promise.all(Array.from({ length: 8 }, ask));
      const misses = replies.filter(({ headers }) => String(headers["server-timing"]).includes("desc=miss"));
      expect(misses).toHaveLength(1);
      return replies;
    };
    await askTogether();

    await aBooking(type, at("10:00"));

    for (const reply of await askTogether())
      expect(reply.json().days[0].slots.map(({ startTime }: { startTime: string }) => startTime)).not.toContain(
        at("10:00"),
      );
  });

  it("is counted for those who watch the house", async () => {
    await countOn(await aTalk(), monday());
    const { body } = await t.request({ method: "GET", url: "/metrics", remoteAddress: "127.0.0.1" });
    expect(body).toMatch(/^plenary_slots_answers_total\{cache="miss"\} [1-9]\d*$/m);
    expect(body).toMatch(/^plenary_slots_answers_total\{cache="hit"\} [1-9]\d*$/m);
    expect(body).toMatch(/^plenary_slots_read_seconds_total\{cache="miss"\} \d/m);
    expect(body).toMatch(/^plenary_slots_compute_seconds_total \d/m);
  });
});

describe("free times on days of their own kind", () => {
  it("have 23 and 25 hours where clocks change", async () => {
    const [schedule] = (await t.get("/events/schedules", host)).json().items;
    const weekly = [{ days: [0, 1, 2, 3, 4, 5, 6], from: "00:00", to: "24:00" }];
    await t.send("PATCH", `/events/schedules/${schedule.id}`, { weekly }, host);
    const type = await aTalk({ horizon: null, minSchedulingNotice: 0 });
    const timezone = "Europe/Berlin";
    expect(await countOn(type, "2030-03-31", { timezone })).toBe(23);
    expect(await countOn(type, "2030-10-27", { timezone })).toBe(25);
    expect(await countOn(type, "2030-10-28", { timezone })).toBe(24);
  });
});

describe("why a time is not offered", () => {
  it("is said in rules and times, never whose or what stands in the way", async () => {
    const other = await aTalk({ name: "Grief counselling" });
    const asked = await aTalk();
    await aBooking(other, at("13:00"));

    const why = await t.get(`/events/event-types/${asked.id}/explain?start_time=${monday()}T13:00:00Z`, host);

    expect(why.json()).toEqual({
      isOffered: false,
      reasons: [
        {
          rule: "hosts",
          hindered: [
            {
              ...{ hostId: host.userId, hostName: "Hana", because: "booking" },
              ...{ from: at("13:00"), until: at("14:00") },
            },
          ],
        },
      ],
    });
    expect(why.body).not.toMatch(/grief|ivy|example\.org/i);
  });
});

const zone = fc.oneof(
  fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Etc/GMT+12", "UTC"),
  fc.constantFrom("europe/berlin", "", "Mars/Olympus", "+02:00", "../etc/passwd", "Europe/Berlin\u0000", "%00", "null"),
  fc.string({ maxLength: 80 }),
);
const date = fc.oneof(
  fc.constantFrom("2030-03-31", "2030-10-27", "2030-02-30", "2028-02-29", "0001-01-01", "9999-12-31", "1970-01-01"),
  fc.constantFrom("2199-12-31", "2200-01-01", "-000001-01-01", "2030-1-1", "2030-13-01", "20300101", "", "now"),
  fc
    .date({ min: new Date("1969-12-30"), max: new Date("2200-01-03"), noInvalidDate: true })
    .map((one) => one.toISOString().slice(0, 10)),
);
const number = fc.oneof(
  fc.constantFrom("0", "1", "100", "101", "-1", "1e9", "NaN", "1.5", "", " 1", "0x10", "9007199254740993", "60"),
  fc.integer().map(String),
);

describe("a question for free times", () => {
  it("gets an answer or a refusal with a code, whatever it asks", { timeout: 60_000 }, async () => {
    const type = await aTalk({ horizon: null });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          start_date: date,
          end_date: fc.oneof(date, fc.constant("same")),
          timezone: fc.option(zone, { nil: undefined }),
          attendee_count: fc.option(number, { nil: undefined }),
          duration: fc.option(number, { nil: undefined }),
          hold_id: fc.option(fc.string(), { nil: undefined, freq: 9 }),
          moving: fc.option(fc.string({ maxLength: 300 }), { nil: undefined, freq: 9 }),
        }),
        async (asked) => {
          const given = { ...asked, end_date: asked.end_date === "same" ? asked.start_date : asked.end_date };
          const query = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
          const reply = await slotsOf(type, Object.fromEntries(query));
          expect([200, 400, 404, 410, 422], `${JSON.stringify(given)}: ${reply.body}`).toContain(reply.statusCode);
          if (reply.statusCode === 200)
            for (const { date: on } of reply.json().days) expect(on).toMatch(/^\d{4}-\d\d-\d\d$/);
          else expect(reply.json().code).toMatch(/^[a-z_]+\.[a-z_]+$/);
        },
      ),
      { numRuns: Number(process.env.PLENARY_FUZZ_RUNS ?? 150) },
    );
  });

  it("takes 62 days and no more, once each", async () => {
    const type = await aTalk();
    const ask = async (query: Record<string, string>) => (await slotsOf(type, query)).statusCode;
    expect(await ask({ start_date: "2030-05-01", end_date: "2030-07-01" })).toBe(200);
    expect(await ask({ start_date: "2030-05-01", end_date: "2030-07-02" })).toBe(400);
    const at = `/events/slots/${type.organizerSlug}/${type.eventTypeSlug}?start_date=2030-05-01&end_date=2030-05-01`;
    expect((await t.get(`${at}&start_date=2030-05-02`)).statusCode).toBe(400);
    expect((await t.get(`${at}&unheard=of`)).statusCode).toBe(400);
  });
});
