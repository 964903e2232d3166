import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";
import { type Choice, monthlyWays, ruleText, waysOf } from "#domain/recurrence/choice.ts";
import { datesOf, farthestDays } from "#domain/recurrence/dates.ts";
import { shifted, spansOf, startsOf } from "#domain/recurrence/occurrences.ts";
import { planSeries } from "#domain/recurrence/plan.ts";
import { everyOne, frequencies, type Rule, readRule } from "#domain/recurrence/rule.ts";
import { dateOf, dayOf } from "#domain/time/days.ts";

const hour = 3_600_000;
const read = (text: string): Rule => {
  const rule = readRule(text);
  if ("refused" in rule) throw new Error(`refused ${rule.refused}`);
  return rule;
};
const dates = (text: string, first: string, most = 4, last?: string) =>
  datesOf(read(text), dayOf(first), { most, last: last === undefined ? undefined : dayOf(last) }).map(dateOf);
const at = (text: string) => Date.parse(text);
const iso = (instants: readonly number[]) => instants.map((one) => new Date(one).toISOString().slice(0, 16));

describe("a rule", () => {
  it("repeats by day, by week and by month, with the first date whatever it says", () => {
    expect(dates("FREQ=DAILY;INTERVAL=2", "2030-02-27", 3)).toEqual(["2030-02-27", "2030-03-01", "2030-03-03"]);
    expect(dates("FREQ=WEEKLY;BYDAY=TU,TH", "2030-05-01")).toEqual([
      ...["2030-05-01", "2030-05-02", "2030-05-07", "2030-05-09"],
    ]);
    expect(dates("FREQ=MONTHLY;BYDAY=-1FR", "2030-05-31", 3)).toEqual(["2030-05-31", "2030-06-28", "2030-07-26"]);
    expect(dates("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2030-05-31", 3)).toEqual([
      ...["2030-05-31", "2030-06-28", "2030-07-31"],
    ]);
    expect(dates("FREQ=MONTHLY;BYDAY=2TU", "2030-05-14", 3)).toEqual(["2030-05-14", "2030-06-11", "2030-07-09"]);
    // A month without a 31st has none.
    expect(dates("FREQ=MONTHLY", "2030-01-31", 3)).toEqual(["2030-01-31", "2030-03-31", "2030-05-31"]);
    expect(dates("FREQ=MONTHLY;BYMONTHDAY=-1", "2030-01-31", 3)).toEqual(["2030-01-31", "2030-02-28", "2030-03-31"]);
    // With weeks that begin on Sunday, Sunday belongs to the week that follows.
    const fortnights = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU";
    expect(dates(`${fortnights};WKST=MO`, "1997-08-05")).toEqual([
      "1997-08-05",
      "1997-08-10",
      "1997-08-19",
      "1997-08-24",
    ]);
    expect(dates(`${fortnights};WKST=SU`, "1997-08-05")).toEqual([
      "1997-08-05",
      "1997-08-17",
      "1997-08-19",
      "1997-08-31",
    ]);
  });

  it("ends with its own count and date, and with the bounds it is given", () => {
    expect(dates("RRULE:FREQ=DAILY;COUNT=2", "2030-05-01")).toHaveLength(2);
    expect(dates("FREQ=DAILY;UNTIL=20300502T120000Z", "2030-05-01")).toEqual(["2030-05-01", "2030-05-02"]);
    expect(dates("FREQ=DAILY", "2030-05-01", 9, "2030-05-03")).toHaveLength(3);
    expect(dates("FREQ=DAILY", "2199-12-30", 9)).toEqual(["2199-12-30", "2199-12-31"]);
  });

  it.each([
    ...["", "FREQ", "FREQ=", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=YEARLY", "BYDAY=MO", "FREQ=DAILY;FREQ=DAILY"],
    ...[
      "FREQ=DAILY;INTERVAL=0",
      "FREQ=DAILY;INTERVAL=99999999999",
      "FREQ=DAILY;INTERVAL=1001",
      "FREQ=DAILY;COUNT=-1",
      "FREQ=DAILY;BYHOUR=9",
    ],
    ...["FREQ=DAILY;UNTIL=20300230", "FREQ=DAILY;UNTIL=soon", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYMONTHDAY=1"],
    ...["FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;BYDAY=XX"],
    `FREQ=MONTHLY;BYMONTHDAY=${Array(367).fill(1).join(",")}`,
    ...["FREQ=DAILY;toString=1", "FREQ=DAILY;__proto__=1", "FREQ=DAILY=1", "EXRULE:FREQ=DAILY"],
  ])("is refused as %s", (text) => {
    expect(readRule(text)).toHaveProperty("refused");
  });

  it("comes to an end, however rarely or never it hits a date", () => {
    const bombs = [
      ...["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=1000"],
      ...["FREQ=MONTHLY;BYSETPOS=366;BYDAY=MO", "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "FREQ=MONTHLY;INTERVAL=1000"],
      `FREQ=MONTHLY;BYMONTHDAY=${Array(366).fill(31).join(",")};BYSETPOS=${Array(366).fill(-366).join(",")}`,
    ];
    for (const bomb of bombs) expect(dates(bomb, "2030-01-31", 365).length).toBeLessThan(15);
  });

  it("gives ascending dates within its bounds, whatever it is", () => {
    const numbers = (most: number) => fc.array(fc.integer({ min: -most, max: most }).filter(Boolean), { maxLength: 4 });
    const rules = fc.record({
      frequency: fc.constantFrom(...frequencies),
      interval: fc.integer({ min: 1, max: 400 }),
      weekdays: fc.array(fc.record({ weekday: fc.nat(6), nth: fc.integer({ min: -5, max: 5 }) }), { maxLength: 3 }),
      monthDays: numbers(31),
      months: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
      positions: numbers(31),
      weekStart: fc.nat(6),
      count: fc.constantFrom(null, 1, 5),
      until: fc.constant(null),
    });
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 365 }), (rule, first, most) => {
        const found = datesOf(rule, first, { most });
        expect(found[0]).toBe(first);
        expect(found.length).toBeLessThanOrEqual(Math.min(most, rule.count ?? most));
        expect(found.at(-1)).toBeLessThanOrEqual(first + farthestDays);
        for (const [n, date] of found.slice(1).entries()) expect(date).toBeGreaterThan(found[n] ?? 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("occurrences", () => {
  it("keep their wall time when clocks change, and go on when it does not exist once", () => {
    const daily = everyOne("daily");
    expect(iso(startsOf(daily, at("2027-03-27T01:30Z"), "Europe/Berlin", { most: 3 }))).toEqual([
      ...["2027-03-27T01:30", "2027-03-28T01:30", "2027-03-29T00:30"],
    ]);
    expect(iso(startsOf(everyOne("weekly"), at("2027-10-28T07:00Z"), "Europe/Berlin", { most: 2 }))).toEqual([
      ...["2027-10-28T07:00", "2027-11-04T08:00"],
    ]);
    // Samoa had no 30 December 2011.
    expect(iso(startsOf(daily, at("2011-12-29T20:00Z"), "Pacific/Apia", { most: 3 }))).toEqual([
      ...["2011-12-29T20:00", "2011-12-30T20:00"],
    ]);
  });

  it("end at the wall time that the first one does, and never before they begin", () => {
    const night = { start: at("2027-03-26T21:00Z"), end: at("2027-03-27T05:00Z") };
    const nights = spansOf(everyOne("daily"), night, "Europe/Berlin", { most: 3 });
    expect(iso(nights.map(({ end }) => end))).toEqual(["2027-03-27T05:00", "2027-03-28T04:00", "2027-03-29T04:00"]);
    // The clocks leap over its start, not over its end.
    const early = { start: at("2027-03-27T01:30Z"), end: at("2027-03-27T02:15Z") };
    expect(spansOf(everyOne("daily"), early, "Europe/Berlin", { most: 2 })[1]).toEqual({
      start: at("2027-03-28T01:30Z"),
      end: at("2027-03-28T02:15Z"),
    });
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
    const minutes = fc.integer({ min: at("2027-01-01T00:00Z") / 60_000, max: at("2029-01-01T00:00Z") / 60_000 });
    fc.assert(
      fc.property(zones, minutes, fc.integer({ min: 1, max: 20_160 }), (zone, from, length) => {
        const first = { start: from * 60_000, end: (from + length) * 60_000 };
        for (const { start, end } of spansOf(everyOne("daily"), first, zone, { most: 300 })) {
          expect(end).toBeGreaterThan(start);
          // The first one may run over a change of clocks, another over one the other way.
          expect(Math.abs(end - start - length * 60_000)).toBeLessThanOrEqual(2 * hour);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("move together by the same wall time", () => {
    const starts = ["2027-10-28T07:00Z", "2027-11-04T08:00Z", "2027-11-11T09:30Z"].map(at);
    expect(iso(shifted(starts, starts[0] ?? 0, at("2027-10-29T08:00Z"), "Europe/Berlin"))).toEqual([
      ...["2027-10-29T08:00", "2027-11-05T09:00", "2027-11-12T10:30"],
    ]);
  });
});

describe("what people choose", () => {
  const choice = (over: Partial<Choice>): Choice => ({
    ...{ frequency: "monthly", interval: 1, weekdays: [], monthly: "date", ...over },
  });

  it("is written as a rule", () => {
    expect(ruleText(choice({ frequency: "weekly", interval: 2 }), "2030-05-14")).toBe("FREQ=WEEKLY;INTERVAL=2");
    expect(ruleText(choice({ frequency: "weekly", weekdays: [2, 4] }), "2030-05-14")).toBe("FREQ=WEEKLY;BYDAY=TU,TH");
    expect(ruleText(choice({ monthly: "weekday" }), "2030-05-07")).toBe("FREQ=MONTHLY;BYDAY=1TU");
    expect(ruleText(choice({ monthly: "lastWeekday" }), "2030-05-28")).toBe("FREQ=MONTHLY;BYDAY=-1TU");
    expect(ruleText(choice({ monthly: "lastDate" }), "2030-05-31")).toBe("FREQ=MONTHLY;BYMONTHDAY=-1");
    expect(waysOf("2030-05-07")).toEqual(["date", "weekday"]);
    expect(waysOf("2030-05-28")).toEqual(["date", "weekday", "lastWeekday"]);
    expect(waysOf("2030-05-31")).toEqual(["date", "lastWeekday", "lastDate"]);
  });

  it("is a rule that can be read, and comes again in its own way", () => {
    const firsts = fc.integer({ min: dayOf("2027-01-01"), max: dayOf("2040-01-01") }).map(dateOf);
    const choices = fc.record({
      frequency: fc.constantFrom(...frequencies),
      interval: fc.integer({ min: 1, max: 11 }),
      monthly: fc.constantFrom(...monthlyWays),
    });
    fc.assert(
      fc.property(firsts, choices, (first, chosen) => {
        fc.pre(waysOf(first).includes(chosen.monthly));
        const rule = read(ruleText(choice(chosen), first));
        const found = datesOf(rule, dayOf(first), { most: 3 }).map(dateOf);
        const isAlike = (date: string) => chosen.frequency !== "monthly" || waysOf(date).includes(chosen.monthly);
        expect(rule).toMatchObject({ frequency: chosen.frequency, interval: chosen.interval });
        expect(found.filter(isAlike)).toHaveLength(3);
      }),
    );
  });
});

describe("planSeries", () => {
  const question = (over: Partial<SlotsQuestion["event"]> = {}): SlotsQuestion => {
    const weekly = [{ days: [0, 1, 2, 3, 4, 5, 6], from: "09:00", to: "12:00" }];
    const busy = [{ kind: "calendar" as const, start: at("2030-05-08T09:00Z"), end: at("2030-05-08T10:00Z") }];
    return {
      event: { id: "e", timeZone: "UTC", durationMinutes: 60, horizon: { type: "rollingDays", days: 5 }, ...over },
      groups: [[prepareHost({ id: "h", schedule: { timeZone: "UTC", weekly }, busy })]],
      ...{ from: 0, to: 1, now: at("2030-04-30T09:00Z") },
    };
  };
  const wishes = (...starts: string[]) =>
    starts.map((start, n) => ({ sequence: n + 1, start: at(start), isException: false }));
  const weeks = wishes("2030-05-01T09:00Z", "2030-05-08T09:00Z", "2030-05-15T09:00Z");

  it("finds what is in the way, with the nearest free time, and asks the horizon of the first alone", () => {
    const checked = planSeries(question(), weeks);
    expect(checked.map(({ isFree }) => isFree)).toEqual([true, false, true]);
    expect(checked[1]?.nearest).toBe(at("2030-05-08T10:00Z"));
    const late = planSeries(question(), wishes("2030-05-10T09:00Z", "2030-05-17T09:00Z"));
    expect(late.map(({ isFree, nearest }) => [isFree, nearest === null ? null : iso([nearest])[0]])).toEqual([
      [false, "2030-05-05T11:00"],
      [true, null],
    ]);
  });

  it("counts those before for the limits, and gives no time to two of them", () => {
    const days = wishes("2030-05-01T09:00Z", "2030-05-02T09:00Z", "2030-05-06T09:00Z");
    const limited = planSeries(question({ limits: { perWeek: 1 } }), days);
    expect(limited.map(({ isFree }) => isFree)).toEqual([true, false, true]);
    // The week before is over, and the one after has its one.
    expect(limited[1]?.nearest).toBeNull();
    const twice = planSeries(question(), wishes("2030-05-01T09:00Z", "2030-05-01T09:00Z", "2030-05-01T09:00Z"));
    const given = twice.map(({ isFree, nearest }, n) => (isFree ? days[n]?.start : nearest));
    expect(twice.map(({ isFree }) => isFree)).toEqual([true, false, false]);
    expect(new Set(given).size).toBe(3);
    const inARow = planSeries(question(), wishes("2030-05-01T09:00Z", "2030-05-01T10:00Z"));
    expect(inARow.map(({ isFree }) => isFree)).toEqual([true, true]);
  });

  it("never offers two that overlap, as wished or as nearest", () => {
    const some = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, fc.constantFrom(undefined, { perDay: 1 }, { perWeek: 2 }), (hours, limits) => {
        const asked = hours.map((n, index) => ({
          ...{ sequence: index + 1, isException: false },
          start: at("2030-05-01T09:00Z") + n * hour,
        }));
        const given = planSeries(question({ limits, horizon: undefined }), asked).flatMap((one) =>
          one.isFree ? one.start : (one.nearest ?? []),
        );
        const sorted = given.toSorted((a, b) => a - b);
        for (const [n, start] of sorted.slice(1).entries())
          expect(start - (sorted[n] ?? 0)).toBeGreaterThanOrEqual(hour);
      }),
      { numRuns: 100 },
    );
  });
});
