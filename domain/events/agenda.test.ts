import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inOrder, minutesBetween, timesOf, wallAfter, withIds } from "#domain/events/agenda.ts";
import { toWall } from "#domain/time/wall.ts";

const offset = fc.integer({ min: -1440, max: 21_600 });
const start = fc
  .date({ min: new Date("2026-01-01"), max: new Date("2035-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));

describe("an agenda", () => {
  it("tells the same clock by minutes from the start as by its own time", () => {
    fc.assert(
      fc.property(start, offset, (from, minutes) => {
        expect(minutesBetween(from, wallAfter(from, minutes))).toBe(minutes);
      }),
    );
  });

  it("stands by the clocks, though they change in between", () => {
    // The night from 28 to 29 March 2026 has no hour after two.
    const breakfast = { startsAfterMinutes: 13 * 60, durationMinutes: 30 };

    const { startTime, endTime } = timesOf(breakfast, "2026-03-28T20:00", "Europe/Berlin");

    expect(toWall(startTime, "Europe/Berlin")).toBe("2026-03-29T09:00");
    expect(endTime?.getTime()).toBe(startTime.getTime() + 30 * 60_000);
  });

  it("goes by when things begin, and keeps together what begins together", () => {
    const items = [90, 0, 30, 0].map((startsAfterMinutes, id) => ({ id, startsAfterMinutes, durationMinutes: null }));

    expect(inOrder(items).map(({ id }) => id)).toEqual([1, 3, 2, 0]);
  });

  it("has no two entries of one id", () => {
    const ids = fc.array(fc.record({ id: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }) }));
    fc.assert(
      fc.property(ids, (items) => {
        let n = 0;
        const given = withIds(items, () => `fresh ${++n}`).map(({ id }) => id);

        expect(new Set(given).size).toBe(items.length);
        for (const { id } of items) if (id) expect(given).toContain(id);
      }),
    );
  });
});
