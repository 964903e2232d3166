import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { endOf, type Stay, secondsOf, statsOf } from "#domain/attendance/stats.ts";

const at = (minute: number) => new Date(Date.UTC(2030, 4, 1, 18, minute));
const stay = (person: string, from: number, to: number | null, seen = to ?? from): Stay => ({
  person,
  joinedAt: at(from),
  leftAt: to === null ? null : at(to),
  lastSeenAt: at(seen),
});

const anyStays: fc.Arbitrary<Stay[]> = fc.array(
  fc
    .tuple(fc.constantFrom("ada", "bo", "cy"), fc.nat(59), fc.nat(59), fc.boolean())
    .map(([person, one, other, hasLeft]) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      return stay(person, from, hasLeft ? to : null, to);
    }),
  { maxLength: 30 },
);

describe("statsOf", () => {
  it("counts totals, the peak, the average and each person", () => {
    expect(statsOf([stay("cy", 40, 55), stay("ada", 0, 60), stay("bo", 10, 40)])).toEqual({
      totalVirtualAttendees: 3,
      peakConcurrentAttendees: 2,
      averageDurationMinutes: 35,
      attendees: [
        { pubkey: "ada", totalDurationMinutes: 60, joinedAt: at(0).getTime() },
        { pubkey: "bo", totalDurationMinutes: 30, joinedAt: at(10).getTime() },
        { pubkey: "cy", totalDurationMinutes: 15, joinedAt: at(40).getTime() },
      ],
    });
  });

  it("counts a person with two devices once", () => {
    const result = statsOf([stay("ada", 0, 20), stay("ada", 10, 30)]);
    expect(result).toMatchObject({ totalVirtualAttendees: 1, peakConcurrentAttendees: 1, averageDurationMinutes: 30 });
  });

  it("adds up what comes before and after a gap", () => {
    expect(statsOf([stay("ada", 20, 25), stay("ada", 0, 10)]).attendees[0]?.totalDurationMinutes).toBe(15);
  });

  it("never counts more at once than there are, nor longer than it lasted", () => {
    fc.assert(
      fc.property(anyStays, (stays) => {
        const result = statsOf(stays);
        expect(result.peakConcurrentAttendees).toBeLessThanOrEqual(result.totalVirtualAttendees);
        expect(result.peakConcurrentAttendees > 0).toBe(stays.length > 0);
        const times = stays.flatMap((one) => [one.joinedAt.getTime(), endOf(one).getTime()]);
        const span = stays.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 60_000;
        for (const { totalDurationMinutes } of result.attendees) expect(totalDurationMinutes).toBeLessThanOrEqual(span);
      }),
    );
  });

  it("says nothing of an empty room", () => {
    expect(statsOf([])).toEqual({
      totalVirtualAttendees: 0,
      peakConcurrentAttendees: 0,
      averageDurationMinutes: 0,
      attendees: [],
    });
  });
});

describe("a stay", () => {
  it("that nobody said has ended, ends at its last sign of life, and never before it began", () => {
    expect(secondsOf(stay("ada", 0, null, 25))).toBe(25 * 60);
    expect(secondsOf(stay("ada", 30, null, 25))).toBe(0);
    expect(endOf(stay("ada", 30, null, 25))).toEqual(at(30));
  });
});
