import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { coverOf, dotArc, dotsTaken, rowsOf, takenOf } from "#domain/look/hemicycle.ts";

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe("rowsOf", () => {
  it("seats everybody, in rows that grow outwards and never stand empty", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (seats) => {
        const rows = rowsOf(seats);
        expect(sum(rows.map((row) => row.seats))).toBe(seats);
        for (const [index, row] of rows.entries()) {
          expect(row.seats).toBeGreaterThan(0);
          if (index > 0) expect(row.radius).toBeGreaterThan(rows[index - 1]?.radius ?? 0);
        }
      }),
    );
  });
});

describe("takenOf", () => {
  it("fills exactly as many seats as are taken, and no row beyond its seats", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(250), (seats, taken) => {
        const rows = rowsOf(seats);
        const filled = takenOf(rows, taken);
        expect(sum(filled)).toBe(Math.min(taken, seats));
        for (const [index, row] of rows.entries()) expect(filled[index]).toBeLessThanOrEqual(row.seats);
      }),
    );
  });
});

describe("dotsTaken", () => {
  it("shows an empty hall only when nobody is there, and a full one only when every seat is taken", () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 2, max: 80 }),
        (taken, capacity, dots) => {
          const shown = dotsTaken(taken, capacity, dots);
          expect(shown === 0).toBe(taken === 0);
          expect(shown === dots).toBe(taken >= capacity);
        },
      ),
    );
  });
});

describe("dotArc", () => {
  it("runs just past its last dot, so that none is dropped", () => {
    const { pathLength } = dotArc({ x: 0, y: 0, radius: 10, from: 0, step: 0.1, dots: 5, size: 1 });
    expect(pathLength).toBeGreaterThan(4);
    expect(pathLength).toBeLessThan(5);
  });
});

describe("coverOf", () => {
  it("draws the same picture for the same seed, small enough to stand in a page", () => {
    fc.assert(
      fc.property(fc.uuid(), (seed) => {
        const cover = coverOf(seed, 480, 270);
        expect(cover).toEqual(coverOf(seed, 480, 270));
        expect(JSON.stringify(cover).length).toBeLessThan(3600);
        expect(JSON.stringify(cover)).not.toMatch(/NaN|null/);
      }),
    );
  });
});
