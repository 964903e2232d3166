import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { daysAfter, lastDateOf, monthAfter, stepFrom, weeksOf } from "#web/features/scheduling/components/month.ts";

const months = fc
  .tuple(fc.integer({ min: 1971, max: 2198 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, "0")}`);

describe("a month's weeks", () => {
  it("have every date of it once, each under its weekday", () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 6 }), (month, first) => {
        const weeks = weeksOf(month, first);
        const dates = weeks.flat().filter((date) => date !== null);
        expect(dates[0]).toBe(`${month}-01`);
        expect(dates.at(-1)).toBe(lastDateOf(month));
        expect(dates).toEqual(dates.map((_, at) => daysAfter(`${month}-01`, at)));
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          week.forEach((date, at) => {
            if (date) expect(new Date(`${date}T00:00Z`).getUTCDay()).toBe((first + at) % 7);
          });
        }
      }),
    );
  });

  it("lead to the month after and back", () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -20, max: 20 }), (month, by) => {
        expect(monthAfter(monthAfter(month, by), -by)).toBe(month);
      }),
    );
  });
});

it("an arrow leads to the next free date in its direction, or nowhere", () => {
  const free = ["2026-11-03", "2026-11-05", "2026-11-12"];
  expect(stepFrom(free, "2026-11-03", 1)).toBe("2026-11-05");
  expect(stepFrom(free, "2026-11-03", 7)).toBe("2026-11-12");
  expect(stepFrom(free, "2026-11-12", -7)).toBe("2026-11-05");
  expect(stepFrom(free, "2026-11-03", -1)).toBeUndefined();
  expect(stepFrom(free, "2026-11-12", 1)).toBeUndefined();
});
