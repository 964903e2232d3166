import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { byHours, byPeriod, type Counted, leadTimes, outcomesOf, unitOf } from "#domain/scheduling/analytics.ts";

const startDate = "2030-03-01";
const endDate = "2030-04-15";
const [from, until] = [Date.parse(`${startDate}T00:00Z`), Date.parse("2030-04-16T00:00Z")];

const anyBooking = fc.record({
  eventTypeId: fc.constantFrom("a", "b"),
  status: fc.constantFrom<Counted["status"]>("pending", "confirmed", "cancelled", "rejected", "completed", "no_show"),
  startTime: fc.integer({ min: from, max: until - 1 }),
  createdAt: fc.integer({ min: from - 40 * 86_400_000, max: until }),
});
const anyZone = fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia");

const at = (time: string, over: Partial<Counted> = {}): Counted => ({
  eventTypeId: "a",
  status: "confirmed",
  startTime: Date.parse(time),
  createdAt: Date.parse(time) - 3_600_000,
  ...over,
});

describe("statistics of bookings", () => {
  it("lose nothing and count nothing twice, whatever the zone", () => {
    fc.assert(
      fc.property(fc.array(anyBooking), anyZone, (bookings, timeZone) => {
        const range = { startDate, endDate, timeZone };
        const all = outcomesOf(bookings);
        const { rows } = byPeriod(bookings, range);
        const { hours, weekdays } = byHours(bookings, range);
        const sum = (counts: readonly number[]) => counts.reduce((one, other) => one + other, 0);
        expect(sum(rows.map(({ total }) => total))).toBe(all.total);
        expect(sum(rows.map(({ noShow }) => noShow))).toBe(all.noShow);
        expect([sum(hours), sum(weekdays)]).toEqual(Array(2).fill(all.total - all.cancelled));
        expect(sum(leadTimes(bookings).buckets.map(({ count }) => count))).toBe(all.total);
      }),
    );
  });

  it("are told in the clocks of the zone, on both sides of their change", () => {
    const range = { startDate, endDate, timeZone: "Europe/Berlin" };
    const bookings = [at("2030-03-30T08:30Z"), at("2030-04-01T08:30Z"), at("2030-04-01T22:30Z")];
    const { hours, weekdays } = byHours(bookings, range);
    expect([hours[9], hours[10], hours[0]]).toEqual([1, 1, 1]);
    expect([weekdays[6], weekdays[1], weekdays[2]]).toEqual([1, 1, 1]);
  });

  it("have a row for each period, empty ones too, weeks from Monday on", () => {
    const { unit, rows } = byPeriod([at("2030-03-11T09:00Z")], { startDate, endDate, timeZone: "UTC" });
    expect([unit, unitOf(31), unitOf(185)]).toEqual(["week", "day", "month"]);
    expect(rows.map((row) => row.from).slice(0, 3)).toEqual(["2030-03-01", "2030-03-04", "2030-03-11"]);
    expect(rows.map(({ total }) => total)).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it("say how long before bookings are made, by the middle one", () => {
    const start = "2030-03-11T09:00Z";
    const hoursBefore = (hours: number) => at(start, { createdAt: Date.parse(start) - hours * 3_600_000 });
    expect(leadTimes([hoursBefore(2), hoursBefore(30), hoursBefore(400)]).medianHours).toBe(30);
    expect(leadTimes([hoursBefore(2), hoursBefore(5)]).medianHours).toBe(3.5);
    expect(leadTimes([]).medianHours).toBeNull();
    const { buckets } = leadTimes([hoursBefore(2), hoursBefore(30), hoursBefore(400)]);
    expect(buckets.filter(({ count }) => count > 0).map(({ key }) => key)).toEqual(["hours", "day", "month"]);
  });
});
