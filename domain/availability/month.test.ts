import { describe, expect, it } from "vitest";

import { byDate } from "#domain/availability/month.ts";

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
