import { describe, expect, it } from "vitest";

import { rangeOf } from "#web/features/bookings/components/range.ts";

const now = { today: "2030-05-15", firstWeekday: 1 };

describe("the dates of a view", () => {
  it("are a week from its first day on, a whole month, or some weeks from a day on", () => {
    expect(rangeOf("week", null, now)).toMatchObject({ from: "2030-05-13", to: "2030-05-19", after: "2030-05-20" });
    expect(rangeOf("week", "2030-06-02", { ...now, firstWeekday: 0 })).toMatchObject({ from: "2030-06-02" });
    expect(rangeOf("month", "2032-02-10", now)).toMatchObject({
      from: "2032-02-01",
      to: "2032-02-29",
      before: "2032-01-01",
    });
    expect(rangeOf("agenda", null, now)).toMatchObject({ from: "2030-05-15", to: "2030-06-11" });
    expect(rangeOf("list", "2030-05-15", now)).toBeUndefined();
  });

  it.each(["2030-02-30", "never", "0001-01-01", "2200-01-01", ""])("are today's where %s is no date", (named) => {
    expect(rangeOf("week", named, now)).toEqual(rangeOf("week", null, now));
  });
});
