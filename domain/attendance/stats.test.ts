import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { endOf, type Sign, secondsOf, statsOf, staysOf } from "#domain/attendance/stats.ts";

const at = (minute: number) => new Date(Date.UTC(2030, 4, 1, 18, minute));
const sign = (person: string, kind: Sign["kind"], minute: number, connection = `${person}1`): Sign => ({
  person,
  connection,
  kind,
  at: at(minute),
});
const stats = (...signs: Sign[]) => statsOf(staysOf(signs));

const anySigns: fc.Arbitrary<Sign[]> = fc.array(
  fc
    .record({
      person: fc.constantFrom("ada", "bo", "cy"),
      device: fc.nat(2),
      kind: fc.constantFrom<Sign["kind"][]>("joined", "left", "seen"),
      minute: fc.nat(59),
    })
    .map(({ person, device, kind, minute }) => sign(person, kind, minute, `${person}${device}`)),
  { maxLength: 30 },
);

describe("statsOf", () => {
  it("counts totals, the peak, the average and each person", () => {
    const result = stats(
      sign("ada", "joined", 0),
      sign("ada", "left", 60),
      sign("bo", "joined", 10),
      sign("bo", "left", 40),
      sign("cy", "joined", 40),
      sign("cy", "left", 55),
    );
    expect(result).toEqual({
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
    const result = stats(
      sign("ada", "joined", 0, "phone"),
      sign("ada", "joined", 10, "laptop"),
      sign("ada", "left", 20, "phone"),
      sign("ada", "left", 30, "laptop"),
    );
    expect(result).toMatchObject({ totalVirtualAttendees: 1, peakConcurrentAttendees: 1, averageDurationMinutes: 30 });
  });

  it("adds up what comes before and after a gap", () => {
    const result = stats(
      sign("ada", "joined", 0, "a"),
      sign("ada", "left", 10, "a"),
      sign("ada", "joined", 20, "b"),
      sign("ada", "left", 25, "b"),
    );
    expect(result.attendees[0]?.totalDurationMinutes).toBe(15);
  });

  it("is never moved by the order of the signs or by signs that come twice", () => {
    fc.assert(
      fc.property(anySigns, fc.integer(), (signs, seed) => {
        const shuffled = [...signs, ...signs].sort((a, b) => hash(a, seed) - hash(b, seed));
        expect(statsOf(staysOf(shuffled))).toEqual(statsOf(staysOf(signs)));
      }),
    );
  });

  it("never counts more at once than there are, nor longer than it lasted", () => {
    fc.assert(
      fc.property(anySigns, (signs) => {
        const result = statsOf(staysOf(signs));
        expect(result.peakConcurrentAttendees).toBeLessThanOrEqual(result.totalVirtualAttendees);
        expect(result.peakConcurrentAttendees > 0).toBe(signs.length > 0);
        const minutes = signs.map((s) => s.at.getTime() / 60_000);
        const span = signs.length === 0 ? 0 : Math.max(...minutes) - Math.min(...minutes);
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

describe("staysOf", () => {
  it("ends what nobody said has left at its last sign of life", () => {
    const [stay] = staysOf([sign("ada", "joined", 0), sign("ada", "seen", 25)]);
    expect(stay).toMatchObject({ leftAt: null, lastSeenAt: at(25) });
    expect(stay && secondsOf(stay)).toBe(25 * 60);
  });

  it("accepts that a leave is told before its join", () => {
    const [stay] = staysOf([sign("ada", "left", 30), sign("ada", "joined", 5)]);
    expect(stay && [stay.joinedAt, endOf(stay)]).toEqual([at(5), at(30)]);
  });

  it("never makes a stay end before it began", () => {
    fc.assert(
      fc.property(anySigns, (signs) => {
        for (const stay of staysOf(signs))
          expect(endOf(stay).getTime()).toBeGreaterThanOrEqual(stay.joinedAt.getTime());
      }),
    );
  });
});

const hash = (s: Sign, seed: number) =>
  Math.abs(Math.sin(s.at.getTime() + s.kind.length * 17 + s.connection.charCodeAt(0) * 31 + seed));
