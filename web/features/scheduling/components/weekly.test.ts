import fc from "fast-check";
import { expect, it } from "vitest";

import { copyDay, readWeek, weeklyOf, weekOf } from "#web/features/scheduling/components/weekly.ts";

const form = (fields: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
};

it("a shift over midnight becomes two windows, over the end of the week too", () => {
  const week = readWeek(form({ "day.6.0.from": "22:00", "day.6.0.to": "02:00" }));
  expect(week[6]).toEqual([{ from: "22:00", to: "24:00" }]);
  expect(week[0]).toEqual([{ from: "00:00", to: "02:00" }]);
});

it("midnight as an end is the end of the day, and an empty row is no window", () => {
  const fields = { "day.1.0.from": "09:00", "day.1.0.to": "00:00", "day.1.1.from": "", "day.1.1.to": "" };
  expect(readWeek(form(fields))[1]).toEqual([{ from: "09:00", to: "24:00" }]);
});

const clock = fc.integer({ min: 0, max: 1439 }).map((at) => {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
});

it("whatever is typed, each window closes after it opens, and is found again where it was", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), clock, clock), { maxLength: 8 }), (typed) => {
      const fields = typed.flatMap(([day, from, to], row) => [
        [`day.${day}.${row}.from`, from],
        [`day.${day}.${row}.to`, to],
      ]);
      const week = readWeek(form(Object.fromEntries(fields)));
      for (const { from, to } of week.flat()) expect(from < to).toBe(true);
      expect(weekOf(weeklyOf(week))).toEqual(week);
    }),
  );
});

it("copies a day onto others and leaves the rest", () => {
  const week = readWeek(
    form({ "day.1.0.from": "09:00", "day.1.0.to": "12:00", "day.5.0.from": "10:00", "day.5.0.to": "11:00" }),
  );
  const copied = copyDay(week, 1, [2, 3]);
  expect(copied[3]).toEqual([{ from: "09:00", to: "12:00" }]);
  expect(copied[5]).toEqual(week[5]);
});
