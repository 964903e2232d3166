import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  grant,
  mayResize,
  onlyGives,
  type Part,
  type Pool,
  type Pools,
  placesLeft,
  type Wish,
} from "#domain/capacity/decide.ts";

const pool = (over: Partial<Pool> = {}): Pool => ({ capacity: 10, held: 0, taken: 0, ...over });
const part = (name: string, quantity = 1, as: Part["as"] = "taken"): Part => ({ pool: name, as, quantity });
const want = (...wants: Part[]): Wish => ({ frees: [], wants });

const names = ["event", "side", "type"];
const anyPart = fc.record({
  pool: fc.constantFrom(...names),
  as: fc.constantFrom<Part["as"][]>("held", "taken"),
  quantity: fc.integer({ min: 1, max: 4 }),
});
const anyWants = fc.array(
  fc.array(anyPart, { minLength: 1, maxLength: 3 }).map((parts) => want(...parts)),
  {
    maxLength: 30,
  },
);
const anyPools = fc
  .tuple(...names.map(() => fc.option(fc.nat(12), { nil: null })))
  .map((capacities) => new Map(names.map((name, n) => [name, pool({ capacity: capacities[n] ?? null })])));

/** Grants one wish after the other, as they come. */
function grantAll(before: Pools, wishes: readonly Wish[]) {
  let pools = before;
  const granted = wishes.filter((wish) => {
    const answer = grant(pools, wish);
    pools = answer.pools;
    return answer.outcome.granted;
  });
  return { granted, pools };
}

describe("grant", () => {
  it("gives the last place and refuses the one after it", () => {
    const { outcome, pools } = grant(new Map([["a", pool({ taken: 9 })]]), want(part("a")));
    expect(outcome).toEqual({ granted: true });
    expect(grant(pools, want(part("a"))).outcome).toEqual({ granted: false, full: ["a"] });
  });

  it("takes from all pools of a request or from none", () => {
    const before = new Map([
      ["event", pool()],
      ["side", pool({ capacity: 1, taken: 1 })],
    ]);
    const { outcome, pools } = grant(before, want(part("event"), part("side")));
    expect(outcome).toEqual({ granted: false, full: ["side"] });
    expect(pools).toEqual(before);
  });

  it("lets a full house change from held to taken, and from side to side", () => {
    const full = new Map([["a", pool({ capacity: 1, held: 1 })]]);
    expect(grant(full, { frees: [part("a", 1, "held")], wants: [part("a")] }).pools.get("a")).toMatchObject({
      held: 0,
      taken: 1,
    });
  });

  it("never takes from a pool that is not there", () => {
    expect(grant(new Map(), want(part("nowhere"))).outcome).toEqual({ granted: false, full: ["nowhere"] });
  });

  it("goes above the capacity for those alone who overbook, and says so", () => {
    const full = new Map([["a", pool({ capacity: 5, taken: 5 })]]);
    const { outcome, pools } = grant(full, { ...want(part("a")), overbooks: true });
    expect(outcome).toEqual({ granted: true, overbooked: ["a"] });
    expect(grant(pools, want(part("a"))).outcome.granted).toBe(false);
    expect(grant(pools, { frees: [part("a")], wants: [part("a", 1, "held")] }).outcome).toEqual({ granted: true });
    expect(grant(new Map(), { ...want(part("a")), overbooks: true }).outcome.granted).toBe(false);
  });

  it("never lets anybody but who overbooks make an overfull house fuller", () => {
    const anyWish = fc.record({
      frees: fc.array(anyPart, { maxLength: 2 }),
      wants: fc.array(anyPart, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.nat(8), fc.integer({ min: 9, max: 20 }), fc.array(anyWish), (capacity, taken, wishes) => {
        let now = new Map(names.map((name) => [name, pool({ capacity, taken, held: 50 })]));
        for (const wish of wishes) {
          const { outcome, pools } = grant(now, wish);
          for (const [name, before] of now) {
            const after = pools.get(name) ?? before;
            expect(after.held + after.taken <= before.held + before.taken || placesLeft(before) > 0).toBe(true);
          }
          if (!outcome.granted) expect(pools).toBe(now);
          now = new Map(pools);
        }
      }),
    );
  });

  it("always keeps the sum when people change sides, and no side above its limit", () => {
    const houses = ["in_person", "virtual"] as const;
    const anyStep = fc.record({ who: fc.nat(9), to: fc.constantFrom(...houses) });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...houses), { minLength: 10, maxLength: 10 }),
        fc.nat(3),
        fc.array(anyStep),
        (on, spare, steps) => {
          const at = (side: string) => on.filter((one) => one === side).length;
          const sides = [...on];
          let now: Pools = new Map([
            ["event", pool({ capacity: 10, taken: 10 })],
            ...houses.map((side) => [side, pool({ capacity: at(side) + spare, taken: at(side) })] as const),
          ]);
          for (const { who, to } of steps) {
            const from = sides[who] ?? to;
            if (from === to) continue;
            const answer = grant(now, { frees: [part("event"), part(from)], wants: [part("event"), part(to)] });
            if (answer.outcome.granted) sides[who] = to;
            now = answer.pools;
            for (const side of houses) {
              expect(now.get(side)?.taken).toBe(sides.filter((one) => one === side).length);
              expect(now.get(side)?.taken).toBeLessThanOrEqual(at(side) + spare);
            }
            expect(now.get("event")?.taken).toBe(10);
          }
        },
      ),
    );
  });
});

describe("one wish after the other", () => {
  it("never oversells, whoever wants how much", () => {
    fc.assert(
      fc.property(anyPools, anyWants, (pools, wishes) => {
        for (const { capacity, held, taken } of grantAll(pools, wishes).pools.values())
          if (capacity !== null) expect(held + taken).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it("always counts exactly what it granted", () => {
    fc.assert(
      fc.property(anyPools, anyWants, (pools, wishes) => {
        const after = grantAll(pools, wishes);
        const parts = after.granted.flatMap(({ wants }) => wants);
        for (const name of names)
          for (const as of ["held", "taken"] as const) {
            const sum = parts.filter((p) => p.pool === name && p.as === as).reduce((all, p) => all + p.quantity, 0);
            expect(after.pools.get(name)?.[as]).toBe(sum);
          }
      }),
    );
  });

  it("never fails a neighbour because of a refusal: without the refused, all others get the same", () => {
    fc.assert(
      fc.property(anyPools, anyWants, (pools, wishes) => {
        const first = grantAll(pools, wishes);
        expect(grantAll(pools, first.granted)).toEqual(first);
      }),
    );
  });

  it("never refuses somebody for whom there is still room", () => {
    fc.assert(
      fc.property(anyPools, anyWants, (pools, wishes) => {
        const after = grantAll(pools, wishes);
        // Nobody gives back here, so who was refused could not be served at the end either.
        for (const wish of wishes)
          if (!after.granted.includes(wish)) expect(grant(after.pools, wish).outcome.granted).toBe(false);
      }),
    );
  });

  it("never refuses to take places back", () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1 }), (frees) => {
        const overfull = new Map(names.map((name) => [name, pool({ capacity: 0, held: 500, taken: 500 })]));
        expect(onlyGives({ frees, wants: [] })).toBe(true);
        expect(grant(overfull, { frees, wants: [] }).outcome.granted).toBe(true);
      }),
    );
  });
});

describe("placesLeft", () => {
  it("is never negative, and without limit where there is none", () => {
    expect(placesLeft(pool({ capacity: null, taken: 900 }))).toBe(Number.POSITIVE_INFINITY);
    expect(placesLeft(pool({ capacity: 3, taken: 5 }))).toBe(0);
    expect(placesLeft(pool({ capacity: 3, taken: 1, held: 1 }))).toBe(1);
  });
});

describe("mayResize", () => {
  it("refuses to go below what is held and taken", () => {
    expect(mayResize(pool({ held: 2, taken: 3 }), 5)).toBe(true);
    expect(mayResize(pool({ held: 2, taken: 3 }), 4)).toBe(false);
    expect(mayResize(pool({ held: 2, taken: 3 }), null)).toBe(true);
  });

  it("lets a pool that is above its limit stay so, or come nearer to it", () => {
    const over = pool({ capacity: 3, taken: 9 });
    expect([3, 5, 2].map((capacity) => mayResize(over, capacity))).toEqual([true, true, false]);
  });
});
