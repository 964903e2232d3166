import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { areLimitsValid } from "#domain/availability/event-type.ts";
import type { Limits } from "#domain/availability/limits.ts";
import { overlaps } from "#domain/availability/overlap.ts";
import { minuteOf } from "#domain/availability/schedule.ts";
import { holdsTime } from "#domain/availability/status.ts";
import { answerTo, statusOf } from "#ops/oracle.ts";
import type { SlotsCase } from "#ops/oracle-case.ts";

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, "oracle", file), "utf8"));

interface Case extends SlotsCase {
  title: string;
  expect: { slots: string[]; seatsLeft?: Record<string, number> };
}
const cases = read("slots.json") as Case[];

const [overlap, status, limits] = read("tables.json") as [
  { rows: { existing: [string, string]; request: [string, string]; allowed: boolean }[] },
  { rows: { status: NonNullable<Parameters<typeof statusOf>[0]>; holdsTime: boolean }[] },
  { rows: { limits: Limits; valid: boolean }[] },
];

const rangeOf = ([start, end]: [string, string]) => ({ start: minuteOf(start), end: minuteOf(end) });

describe("findSlots", () => {
  for (const slotsCase of cases)
    it(`${slotsCase.id}: ${slotsCase.title}`, () => {
      expect(answerTo(slotsCase)).toEqual({ id: slotsCase.id, ...slotsCase.expect });
    });
});

describe("the tables", () => {
  it("overlap: whether a booking may stand next to another one", () => {
    for (const { existing, request, allowed } of overlap.rows)
      expect(overlaps(rangeOf(existing), rangeOf(request)), `${existing} and ${request}`).toBe(!allowed);
  });

  it("status: which states hold their time", () => {
    for (const row of status.rows) expect(holdsTime(statusOf(row.status)), row.status).toBe(row.holdsTime);
  });

  it("limits: which may be saved", () => {
    for (const row of limits.rows) expect(areLimitsValid(row.limits), JSON.stringify(row.limits)).toBe(row.valid);
  });
});
