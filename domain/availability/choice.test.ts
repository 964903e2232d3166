import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Candidate, rank } from "#domain/availability/choice.ts";

const host = (id: string, over: Partial<Candidate> = {}): Candidate => ({ id, booked: 0, ...over });

/** Gives away so many bookings, each among those whom `isFree` lets take part; says how many each was given. */
function giveAway(team: Candidate[], bookings: number, isFree: (host: number, booking: number) => boolean) {
  const given = team.map((one) => ({ ...one }));
  for (let booking = 0; booking < bookings; booking++) {
    const [chosen] = rank(given.filter((_, i) => isFree(i, booking)));
    if (chosen) Object.assign(chosen, { booked: chosen.booked + 1, lastBookedAt: booking });
  }
  return given;
}

describe("rank", () => {
  it("keeps 1,000 bookings within 2 % of the weights, whoever is away now and then", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 8 });
    // One time in fifty: who is away as often as others have a share leaves them more than that.
    const absences = fc.infiniteStream(fc.noBias(fc.integer({ min: 0, max: 49 })));
    fc.assert(
      fc.property(weights, absences, (shares, dice) => {
        const team = shares.map((weight, i) => host(`h${i}`, { weight }));
        const given = giveAway(team, 1000, () => dice.next().value > 0);

        const [all, weight] = [given.reduce((n, { booked }) => n + booked, 0), shares.reduce((a, b) => a + b, 0)];
        given.forEach(({ booked }, i) => {
          expect(Math.abs(booked / all - (shares[i] ?? 0) / weight)).toBeLessThanOrEqual(0.02);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("asks higher priorities first, and somebody without a share last", () => {
    const team = [
      host("a"),
      host("b", { priority: 2, booked: 9 }),
      host("c", { weight: 0 }),
      host("d", { booked: 99 }),
    ];
    expect(rank(team).map(({ id }) => id)).toEqual(["b", "a", "d", "c"]);
  });

  it("asks first whoever would be least ahead of their share with one more", () => {
    expect(rank([host("a"), host("b", { weight: 2 })])[0]?.id).toBe("b");
  });

  it("asks whoever has waited longest among equals, whatever their order", () => {
    const equals = [host("a", { lastBookedAt: 5 }), host("b", { lastBookedAt: 3 }), host("c")];
    expect(rank(equals).map(({ id }) => id)).toEqual(["c", "b", "a"]);
    expect(rank(equals.toReversed()).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});
