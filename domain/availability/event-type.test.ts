import { describe, expect, it } from "vitest";

import { reachRefusals, refusalsOf } from "#domain/availability/event-type.ts";
import type { Horizon } from "#domain/availability/horizon.ts";
import { dayOf } from "#domain/time/days.ts";

describe("refusalsOf", () => {
  it("accepts buffers as long as the duration, and refuses longer ones", () => {
    expect(refusalsOf({ durations: [30], bufferBeforeMinutes: 30, bufferAfterMinutes: 30 })).toEqual([]);
    expect(refusalsOf({ durations: [30, 60], bufferBeforeMinutes: 31, bufferAfterMinutes: 61 })).toEqual([
      { because: "buffer_exceeds_duration", buffer: "before", minutes: 31 },
      { because: "buffer_exceeds_duration", buffer: "after", minutes: 61 },
    ]);
  });

  it("knows durations from 5 minutes to 12 hours", () => {
    expect(refusalsOf({ durations: [5, 720] })).toEqual([]);
    expect(refusalsOf({ durations: [4, 721, Number.NaN] }).map(({ because }) => because)).toEqual(
      Array(3).fill("duration_out_of_range"),
    );
  });

  it("names the limits between which they decrease", () => {
    expect(refusalsOf({ durations: [30], limits: { perDay: 9, perMonth: 5, perYear: 4 } })).toEqual([
      { because: "limits_decrease", from: "perDay", to: "perMonth" },
      { because: "limits_decrease", from: "perMonth", to: "perYear" },
    ]);
  });
});

describe("reachRefusals", () => {
  const day = 1440;
  const range: Horizon = { type: "range", from: "2030-05-01", to: "2030-05-03" };
  const isRefused = (noticeMinutes: number, horizon: Horizon | undefined, today = "2030-05-01") =>
    reachRefusals({ noticeMinutes, horizon, today: dayOf(today) }).length > 0;

  it.each<[Horizon, number]>([
    [{ type: "minutes", minutes: 90 }, 90],
    // From midnight on, until the end of the last date.
    [{ type: "rollingDays", days: 2 }, 3 * day],
    // From Friday's midnight to the end of Tuesday.
    [{ type: "rollingDays", days: 2, countWeekends: false }, 5 * day],
    [{ type: "rollingBookableDays", days: 1 }, 366 * day],
    [range, 3 * day],
  ])("refuses a notice that %j never reaches", (horizon, reach) => {
    expect([isRefused(reach - 1, horizon), isRefused(reach, horizon)]).toEqual([false, true]);
  });

  it("lets any notice be without a horizon, and with a range that is over", () => {
    expect(isRefused(366 * day, undefined)).toBe(false);
    expect(isRefused(day, range, "2030-06-01")).toBe(false);
  });
});
