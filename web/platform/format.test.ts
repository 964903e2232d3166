import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { yearOf } from "#web/platform/format.ts";

const zones = fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles");
const instants = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
const yearIn = (at: Date, zone: string) => Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO(zone).year;

describe("yearOf", () => {
  it("says the year where any of the dates lies in another one than it is there now, and nowhere else", () => {
    fc.assert(
      fc.property(zones, instants, fc.array(instants, { minLength: 1, maxLength: 3 }), (zone, now, dates) => {
        const isOther = dates.some((date) => yearIn(date, zone) !== yearIn(now, zone));

        const said = yearOf(now.toISOString(), zone, ...dates.map((date) => date.toISOString()));

        expect(said).toEqual(isOther ? { year: "numeric" } : {});
      }),
    );
  });

  it("turns with the midnight of the place", () => {
    const [before, after] = ["2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z"];

    expect(yearOf(before, "Europe/Berlin", after)).toEqual({ year: "numeric" });
    expect(yearOf(after, "Europe/Berlin", after)).toEqual({});
    expect(yearOf(before, "UTC", after)).toEqual({});
  });
});
