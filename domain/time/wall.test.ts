import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dateAt, isWallTime, isZone, toInstant, toWall } from "#domain/time/wall.ts";

const zones = Intl.supportedValuesOf("timeZone");
const instant = fc.date({ min: new Date("1995-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
const toSecond = (date: Date) => new Date(Math.floor(date.getTime() / 1000) * 1000);

describe("toInstant", () => {
  it("moves a time in the gap forward by the gap", () => {
    expect(toInstant("2026-03-08T02:30", "America/New_York").toISOString()).toBe("2026-03-08T07:30:00.000Z");
    // Lord Howe changes by half an hour.
    expect(toInstant("2026-10-04T02:15", "Australia/Lord_Howe").toISOString()).toBe("2026-10-03T15:45:00.000Z");
  });

  it("takes the earlier of two", () => {
    expect(toInstant("2026-11-01T01:30", "America/New_York").toISOString()).toBe("2026-11-01T05:30:00.000Z");
    expect(toInstant("2026-10-25T02:30", "Europe/Berlin").toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("handles a whole day that a zone leapt over", () => {
    expect(toInstant("2011-12-30T12:00", "Pacific/Apia").toISOString()).toBe("2011-12-30T22:00:00.000Z");
  });

  it("always gives an instant whose wall time it was, or the one after the gap", () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (date, zone) => {
        const wall = toWall(toSecond(date), zone);
        const back = toInstant(wall, zone);
        expect(toWall(back, zone)).toBe(wall);
        expect(back.getTime()).toBeLessThanOrEqual(toSecond(date).getTime());
      }),
    );
  });
});

describe("isZone", () => {
  it("knows names, and neither offsets nor nonsense", () => {
    for (const zone of [...zones, "UTC", "Asia/Calcutta"]) expect(isZone(zone)).toBe(true);
    for (const zone of [
      "",
      "+02:00",
      "Mars/Olympus",
      "Europe/Berlin ",
      "US/Pacific-New",
      "../etc/passwd",
      "Z",
      "-1",
      "IST",
      "PST",
    ])
      expect(isZone(zone)).toBe(false);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isZone(text) === "boolean"));
  });
});

describe("isWallTime", () => {
  it("refuses dates and times that no calendar has", () => {
    expect(isWallTime("2030-05-01T19:30")).toBe(true);
    for (const text of ["2030-02-30T10:00", "2030-05-01", "2030-05-01T24:00", "2030-05-01T19:30Z", "tomorrow"])
      expect(isWallTime(text)).toBe(false);
  });
});

describe("dateAt", () => {
  it("is the day of the zone, not of the server", () => {
    expect(dateAt(new Date("2030-05-01T23:30Z"), "Asia/Tokyo")).toBe("2030-05-02");
  });
});
