import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { refusalsOf } from "#domain/availability/event-type.ts";
import type { Limits } from "#domain/availability/limits.ts";
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

/** Asks the engine for one start of a day that is open throughout, beside a booking. */
function isOffered([from, until]: [string, string], booked: [string, string]): boolean {
  const at = (clock: string) => `2030-05-01T${clock}:00Z`;
  const [start, end] = booked.map(at) as [string, string];
  const weekly = [{ days: [0, 1, 2, 3, 4, 5, 6], from: "00:00", to: "24:00" }];
  const { slots } = answerTo({
    ...{ id: "overlap", now: at("00:00") },
    hosts: [{ id: "h1", timeZone: "UTC", weekly, busy: [{ kind: "booking", status: "confirmed", start, end }] }],
    event: { durationMin: minuteOf(until) - minuteOf(from), intervalMin: 1 },
    query: { from: at(from), to: at(until), timeZone: "UTC" },
  });
  return slots.includes(at(from));
}

describe("findSlots", () => {
  for (const slotsCase of cases)
    it(`${slotsCase.id}: ${slotsCase.title}`, () => {
      expect(answerTo(slotsCase)).toEqual({ id: slotsCase.id, ...slotsCase.expect });
    });
});

describe("the tables", () => {
  it("overlap: whether a booking may stand next to another one", () => {
    for (const { existing, request, allowed } of overlap.rows)
      expect(isOffered(request, existing), `${existing} and ${request}`).toBe(allowed);
  });

  it("status: which states hold their time", () => {
    for (const row of status.rows) expect(holdsTime(statusOf(row.status)), row.status).toBe(row.holdsTime);
  });

  it("limits: which may be saved", () => {
    for (const row of limits.rows) {
      const refusals = refusalsOf({ durations: [30], limits: row.limits });
      expect(refusals.length === 0, JSON.stringify(row.limits)).toBe(row.valid);
    }
  });
});
