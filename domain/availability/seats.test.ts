import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Busy } from "#domain/availability/busy.ts";
import { findSlots, prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";

const hour = 3_600_000;
const midnight = Date.parse("2030-05-01T00:00Z");
const seats = 4;
const open = { timeZone: "UTC", weekly: [{ days: [0, 1, 2, 3, 4, 5, 6], from: "08:00", to: "18:00" }] };

/** Sessions of a group and seats that visitors keep for a few minutes, some of both at one time. */
const taken = fc.array(
  fc.record({ at: fc.integer({ min: 6, max: 19 }), seatsTaken: fc.integer({ min: 1, max: 6 }), isHold: fc.boolean() }),
  { maxLength: 12 },
);

function questionOf(entries: readonly { at: number; seatsTaken: number; isHold: boolean }[], attendeeCount: number) {
  const busy = entries.map(({ at, seatsTaken, isHold }, n): Busy => {
    const times = { start: midnight + at * hour, end: midnight + (at + 1) * hour, eventTypeId: "yoga", seatsTaken };
    return isHold
      ? { ...times, kind: "hold", clientId: `visitor ${n}`, expiresAt: midnight + 48 * hour }
      : { ...times, kind: "booking", status: "confirmed", bookingId: `session ${n}` };
  });
  return {
    event: { id: "yoga", timeZone: "UTC", durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, seats },
    groups: [[prepareHost({ id: "host", schedule: open, busy })]],
    from: midnight,
    to: midnight + 24 * hour,
    now: midnight - 24 * hour,
    attendeeCount,
  } satisfies SlotsQuestion;
}

describe("full sessions, for those who would wait", () => {
  it("are added to what is free, and never look free themselves", () => {
    fc.assert(
      fc.property(taken, fc.integer({ min: 1, max: seats }), (entries, count) => {
        const question = questionOf(entries, count);
        const free = findSlots(question);
        const all = findSlots({ ...question, withFull: true });
        const left = new Map(all.starts.map((start, n) => [start, all.seatsLeft?.[n] ?? Number.NaN]));
        expect(all.starts.filter((start) => (left.get(start) ?? 0) >= count)).toEqual(free.starts);
        for (const start of all.starts.filter((one) => !free.starts.includes(one))) {
          const there = entries.filter(({ at, isHold }) => !isHold && midnight + at * hour === start);
          const booked = there.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0);
          expect(seats - booked).toBeLessThan(count);
          expect(left.get(start)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe("a session", () => {
  it("that is longer than the others is in the way, with free seats too", () => {
    const question = questionOf([{ at: 10, seatsTaken: 1, isHold: false }], 1);
    const longer = { start: midnight + 10 * hour, end: midnight + 12 * hour, eventTypeId: "yoga", seatsTaken: 1 };
    const busy: Busy[] = [{ ...longer, kind: "booking", status: "confirmed", bookingId: "long" }];
    const startsAt = (asked: SlotsQuestion, at: number) => findSlots(asked).starts.includes(midnight + at * hour);

    const beside = { ...question, groups: [[prepareHost({ id: "host", schedule: open, busy })]] };
    expect([10, 11].map((at) => startsAt(question, at))).toEqual([true, true]);
    expect([10, 11, 12].map((at) => startsAt(beside, at))).toEqual([false, false, true]);
  });
});
