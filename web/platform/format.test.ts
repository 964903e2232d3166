import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { onOneLine, spanText, yearOf } from "#web/platform/format.ts";

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

describe("spanText", () => {
  const when = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  const clock = { hour: "numeric", minute: "2-digit", timeZone: "UTC" } as const;
  const [start, later, nextDay] = ["2026-11-22T09:00Z", "2026-11-22T11:30Z", "2026-11-24T11:30Z"];
  /** Where a line may end: spaces that are no firm ones, and a dash that nothing holds to what follows. */
  const pieces = (text: string) => text.split(/(?<=–)(?![\u2060\u00a0\s])|(?=[^\S\u00a0])[^\u00a0]/u).filter(Boolean);

  it.each(["de", "de-AT", "en", "en-GB", "en-AU", "en-CA"])("stays in one piece where it is short, in %s", (locale) => {
    expect(pieces(spanText(locale, clock, start, later))).toHaveLength(1);
    expect(pieces(spanText(locale, when, start, nextDay))).toHaveLength(1);
  });

  it("breaks a long one behind the dash, and no day from its month", () => {
    const long = spanText("de", { ...when, weekday: "short", year: "numeric" }, start, "2027-01-03T12:00Z");

    expect(pieces(long)).toEqual(["So.,\u00a022.\u00a0Nov.", "2026\u00a0–", "So.,\u00a03.\u00a0Jan.", "2027"]);
  });

  it("says the same as before", () => {
    const plain = (text: string) => text.replaceAll("\u2060", "").replaceAll(/\s/g, " ");
    const text = "Sun, Nov 22 at 9:00 AM – Tue, Nov 24 at 11:30 AM";

    expect(plain(onOneLine(text))).toBe(text);
  });
});
