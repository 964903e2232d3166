import { describe, expect, it } from "vitest";

import { datesWithin } from "#domain/availability/horizon.ts";
import { dateOf, dayOf } from "#domain/time/days.ts";

describe("a horizon of working days", () => {
  const lastAfter = (today: string, days: number) =>
    dateOf(datesWithin({ type: "rollingDays", days, countWeekends: false }, dayOf(today), () => 0).last);

  it("counts from Monday to Friday, from whichever day it begins", () => {
    const [saturday, monday] = ["2030-05-04", "2030-05-06"];
    expect([1, 5, 6, 10].map((days) => lastAfter(saturday, days))).toEqual([
      ...["2030-05-06", "2030-05-10", "2030-05-13", "2030-05-17"],
    ]);
    expect([0, 4, 5].map((days) => lastAfter(monday, days))).toEqual(["2030-05-06", "2030-05-10", "2030-05-13"]);
  });
});
