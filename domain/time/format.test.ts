import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cityOf, formatClock, formatInstant, formatRange, isWholeDays, type TimeWords } from "#domain/time/format.ts";

const start = new Date("2030-05-01T16:00Z");
const end = new Date("2030-05-01T18:00Z");

const aDay = 86_400_000;
const aroundNow = { min: new Date("2020-01-01T00:00Z"), max: new Date("2040-01-01T00:00Z"), noInvalidDate: true };

// Which kinds of blanks and dashes a locale uses changes with its data.
const plain = (text: string) => text.replace(/\s/g, " ").replace(/ ?[–—] ?/g, " - ");

const words: TimeWords = { zone: (city) => `${city} time`, moment: (when) => when, allDay: "all day" };

describe("a time for people", () => {
  it.each(["en", "de"])("is taken for no other day where nobody knows where its reader is, in %s", (locale) => {
    fc.assert(
      fc.property(fc.date(aroundNow), fc.integer({ min: 1, max: 9000 }), (from, minutes) => {
        const to = new Date(from.getTime() + minutes * 60_000);
        const day = new Date(Math.floor(from.getTime() / aDay) * aDay);
        const days = formatRange(day, new Date(day.getTime() + 3 * aDay), "UTC", locale, words);
        for (const said of [
          formatRange(from, to, "UTC", locale, words),
          formatInstant(from, "UTC", locale, words),
          days,
        ]) {
          expect(said).not.toMatch(/\d\.? ?[./-] ?\d/);
          expect(said).toMatch(/\d{4}/);
          if (locale === "en") expect(/\d:\d\d/.test(said)).toBe(/[AP]M/.test(said));
        }
      }),
    );
  });

  it("shows the clocks of its own zone, and their name", () => {
    expect(plain(formatRange(start, end, "Europe/Berlin", "en-GB", words))).toBe(
      "Wed, 1 May 2030, 18:00 - 20:00 Berlin time",
    );
    expect(plain(formatInstant(start, "America/New_York", "en-US", words))).toBe(
      "Wed, May 1, 2030, 12:00 PM New York time",
    );
    // Ranges and instants write the hour the same way.
    const early = new Date("2030-05-01T04:39Z");
    expect(plain(formatRange(early, end, "UTC", "en-US", words))).toContain("4:39 AM - ");
    expect(plain(formatInstant(early, "UTC", "en-US", words))).toBe("Wed, May 1, 2030, 4:39 AM UTC");
    expect(plain(formatInstant(early, "UTC", "en-GB", words))).toContain("04:39");
    const german = { ...words, moment: (when: string) => `${when} Uhr` };
    expect(plain(formatInstant(early, "UTC", "de", german))).toContain("04:39 Uhr UTC");
    expect(formatClock(start, "Asia/Kolkata", "en")).toBe("21:30");
  });

  it("names both days when it runs over midnight", () => {
    const late = plain(formatRange(start, new Date("2030-05-02T01:00Z"), "Europe/Berlin", "en-GB", words));
    expect(late).toContain("1 May");
    expect(late).toContain("2 May");
  });
});

describe("a span of whole days", () => {
  const berlin = (day: string, time = "00:00") => new Date(`${day}T${time}:00+02:00`);
  const says = (from: Date, to: Date) => plain(formatRange(from, to, "Europe/Berlin", "en-GB", words));

  it("is said without hours, and without the day whose midnight ends it", () => {
    expect(says(berlin("2030-05-01"), berlin("2030-05-02"))).toBe("Wed, 1 May 2030, all day, Berlin time");
    expect(says(berlin("2030-05-01"), berlin("2030-05-02", "23:59"))).toContain(
      "Wed, 1 May - Thu, 2 May 2030, all day",
    );
  });

  it("goes by the clocks of its zone, through the changes of them too", () => {
    expect(isWholeDays(berlin("2030-05-01"), berlin("2030-05-02"), "Europe/London")).toBe(false);
    expect(isWholeDays(berlin("2030-05-01"), berlin("2030-05-01", "23:00"), "Europe/Berlin")).toBe(false);
    const spring = [new Date("2030-03-30T23:00Z"), new Date("2030-03-31T22:00Z")] as const;
    expect(isWholeDays(...spring, "Europe/Berlin")).toBe(true);
  });
});

describe("the name of a zone", () => {
  it("is its city, where it has one", () => {
    expect(["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"].map(cityOf)).toEqual([
      "Berlin",
      "Buenos Aires",
      undefined,
      undefined,
    ]);
  });
});
