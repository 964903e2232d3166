import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { hoursOf, partsOf, placedOn } from "#web/features/bookings/components/lanes.ts";

const date = "2030-05-15";
const anyPart = fc
  .tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 15, max: 300 }))
  .map(([from, length]) => ({ parts: [{ date, from, to: Math.min(1440, from + length) }] }));

describe("what stands side by side", () => {
  it("never overlaps in one lane, and everything is there", () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 30 }), (all) => {
        const placed = placedOn(date, all);
        expect(placed).toHaveLength(all.length);
        for (const [n, a] of placed.entries()) {
          expect(a.lane).toBeLessThan(a.lanes);
          for (const b of placed.slice(n + 1)) {
            const meet = a.part.from < b.part.to && b.part.from < a.part.to;
            if (meet) expect(a.lane === b.lane).toBe(false);
          }
        }
      }),
    );
  });

  it("is cut at midnight, and as wide as it can be", () => {
    expect(partsOf("2030-05-15T23:30", "2030-05-16T00:30")).toEqual([
      { date, from: 1410, to: 1440 },
      { date: "2030-05-16", from: 0, to: 30 },
    ]);
    expect(partsOf("2030-05-15T23:00", "2030-05-16T00:00")).toEqual([{ date, from: 1380, to: 1440 }]);
    expect(partsOf("2030-10-27T02:45", "2030-10-27T02:15")).toMatchObject([{ from: 165, to: 180 }]);
    const [one, two] = [
      { parts: partsOf(`${date}T09:00`, `${date}T10:00`) },
      { parts: partsOf(`${date}T10:00`, `${date}T11:00`) },
    ];
    expect(placedOn(date, [two, one]).map(({ lanes }) => lanes)).toEqual([1, 1]);
  });

  it("shows the day's hours, and more where something lies outside of them", () => {
    expect(hoursOf([])).toEqual({ first: 8, last: 18 });
    expect(hoursOf([{ parts: partsOf(`${date}T06:30`, `${date}T19:10`) }])).toEqual({ first: 6, last: 20 });
  });
});
