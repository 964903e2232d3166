import { describe, expect, it } from "vitest";

import { formatClock, formatInstant, formatRange, showsSameTime } from "#domain/time/format.ts";

const start = new Date("2030-05-01T16:00Z");
const end = new Date("2030-05-01T18:00Z");

// Which kinds of blanks and dashes a locale uses changes with its data.
const plain = (text: string) => text.replace(/\s/g, " ").replace(/ ?[–—] ?/g, " - ");

describe("a time for people", () => {
  it("shows the clocks of its own zone, and their name", () => {
    expect(plain(formatRange(start, end, "Europe/Berlin", "en-GB"))).toBe("Wed, 1 May 2030, 18:00 - 20:00 CEST");
    expect(plain(formatInstant(start, "America/New_York", "en-US"))).toBe("Wed, May 1, 12:00 PM EDT");
    // Ranges and instants write the hour the same way.
    const early = new Date("2030-05-01T04:39Z");
    expect(plain(formatRange(early, end, "UTC", "en-US"))).toContain("4:39 AM - ");
    expect(plain(formatInstant(early, "UTC", "en-US"))).toBe("Wed, May 1, 4:39 AM UTC");
    expect(plain(formatInstant(early, "UTC", "en-GB"))).toContain("04:39");
    expect(formatClock(start, "Asia/Kolkata", "en")).toBe("21:30");
  });

  it("names both days when it runs over midnight", () => {
    const late = plain(formatRange(start, new Date("2030-05-02T01:00Z"), "Europe/Berlin", "en-GB"));
    expect(late).toContain("1 May");
    expect(late).toContain("2 May");
  });
});

describe("showsSameTime", () => {
  it("goes by the clocks at that moment, not by the names", () => {
    expect(showsSameTime(start, "Europe/Berlin", "Europe/Madrid")).toBe(true);
    expect(showsSameTime(start, "Europe/London", "UTC")).toBe(false);
    expect(showsSameTime(new Date("2030-01-01T00:00Z"), "Europe/London", "UTC")).toBe(true);
  });
});
