import { describe, expect, it } from "vitest";

import { byDate } from "#domain/availability/month.ts";
import { splitAtMidnight } from "#domain/availability/shifts.ts";

describe("byDate", () => {
  it("groups by the date of the viewer, not of the host", () => {
    const starts = ["2030-05-01T14:30Z", "2030-05-01T15:00Z", "2030-05-02T15:00Z"].map((text) => Date.parse(text));
    expect(byDate(starts, "UTC").map(({ date }) => date)).toEqual(["2030-05-01", "2030-05-02"]);
    expect(byDate(starts, "Asia/Tokyo")).toEqual([
      { date: "2030-05-01", starts: starts.slice(0, 1) },
      { date: "2030-05-02", starts: starts.slice(1, 2) },
      { date: "2030-05-03", starts: starts.slice(2) },
    ]);
    expect(byDate([], "UTC")).toEqual([]);
  });
});

describe("splitAtMidnight", () => {
  it("makes two windows of a night shift", () => {
    expect(splitAtMidnight({ days: [5, 6], from: "22:00", to: "02:00" })).toEqual([
      { days: [5, 6], from: "22:00", to: "24:00" },
      { days: [6, 0], from: "00:00", to: "02:00" },
    ]);
  });

  it("leaves a day's window alone, and no empty one behind", () => {
    const day = { days: [1], from: "09:00", to: "17:00" };
    expect(splitAtMidnight(day)).toEqual([day]);
    expect(splitAtMidnight({ days: [1], from: "18:00", to: "00:00" })).toEqual([
      { days: [1], from: "18:00", to: "24:00" },
    ]);
    expect(splitAtMidnight({ days: [1], from: "00:00", to: "00:00" })).toEqual([
      { days: [1], from: "00:00", to: "24:00" },
    ]);
  });
});
