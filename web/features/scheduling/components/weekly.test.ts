import fc from "fast-check";
import { expect, it } from "vitest";

import {
  copyDay,
  type Grip,
  minuteOf,
  pulled,
  readWeek,
  tidy,
  weeklyOf,
  weekOf,
} from "#web/features/scheduling/components/weekly.ts";

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

it("a window that is pulled stays within its day, on quarters of an hour, and open", () => {
  const grip = fc.constantFrom<Grip>("new", "whole", "from", "to");
  const minute = fc.double({ min: -300, max: 1800, noNaN: true });
  const window = fc.tuple(fc.integer({ min: 0, max: 94 }), fc.integer({ min: 1, max: 96 })).map(([opens, long]) => {
    const at = (quarter: number) => {
      const two = (n: number) => String(n).padStart(2, "0");
      return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
    };
    return { from: at(opens), to: at(Math.min(opens + long, 96)) };
  });
  fc.assert(
    fc.property(window, grip, minute, minute, (before, held, from, to) => {
      const after = pulled(before, held, from, to);
      expect(after.from < after.to && after.from >= "00:00" && after.to <= "24:00").toBe(true);
      for (const clock of [after.from, after.to]) expect(minuteOf(clock) % 15).toBe(0);
      const lasts = ({ from: a, to: b }: typeof after) => minuteOf(b) - minuteOf(a);
      if (held === "whole") expect(lasts(after)).toBe(lasts(before));
    }),
  );
});

it("draws, moves and stretches windows", () => {
  const nine = { from: "09:00", to: "12:00" };
  expect(pulled(nine, "new", 600, 602)).toEqual({ from: "10:00", to: "11:00" });
  expect(pulled(nine, "new", 725, 601)).toEqual({ from: "10:00", to: "12:00" });
  expect(pulled(nine, "new", 1440, 1440)).toEqual({ from: "23:45", to: "24:00" });
  expect(pulled(nine, "whole", 0, 45)).toEqual({ from: "09:45", to: "12:45" });
  expect(pulled(nine, "to", 0, 5000)).toEqual({ from: "09:00", to: "24:00" });
  expect(pulled(nine, "from", 0, 5000)).toEqual({ from: "11:45", to: "12:00" });
});

it("joins windows that overlap or touch", () => {
  const windows = [
    { from: "13:00", to: "14:00" },
    { from: "09:00", to: "12:00" },
    { from: "10:00", to: "11:00" },
    { from: "12:00", to: "13:00" },
    { from: "20:00", to: "24:00" },
  ];
  expect(tidy(windows)).toEqual([
    { from: "09:00", to: "14:00" },
    { from: "20:00", to: "24:00" },
  ]);
});
