import { describe, expect, it } from "vitest";

import { refusalsOf } from "#domain/availability/event-type.ts";

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
