import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isNothing, leftOf, noTerms, type Said, type Terms } from "#domain/entitlement/terms.ts";

const anyWords = fc.constantFrom("be kind", "be kinder", "be quiet");
const anyAge = fc.integer({ min: 1, max: 120 });
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  conduct: fc.option(anyWords, { nil: null }),
  minimumAge: fc.option(anyAge, { nil: null }),
});
const anySaid: fc.Arbitrary<Said> = fc.record({
  conducts: fc.array(fc.option(anyWords, { nil: null })),
  age: fc.option(anyAge, { nil: null }),
});

describe("what is left to accept", () => {
  it("is never more than is asked for, and all of it for who has said nothing", () => {
    fc.assert(
      fc.property(anyTerms, anySaid, (terms, said) => {
        const left = leftOf(terms, said);
        expect([null, terms.conduct]).toContain(left.conduct);
        expect([null, terms.minimumAge]).toContain(left.minimumAge);
        expect(leftOf(terms, { conducts: [], age: null })).toEqual(terms);
        expect(isNothing(leftOf(noTerms, said))).toBe(true);
      }),
    );
  });

  it("is nothing once all of it was said, and nothing more for who says more", () => {
    fc.assert(
      fc.property(anyTerms, anySaid, (terms, said) => {
        const now = {
          conducts: [...said.conducts, terms.conduct],
          age: Math.max(said.age ?? 0, terms.minimumAge ?? 0),
        };
        expect(isNothing(leftOf(terms, now))).toBe(true);
      }),
    );
  });

  it("is other words than those that were accepted, and a higher age than was confirmed, never a lower", () => {
    const said: Said = { conducts: ["be kind"], age: 16 };

    expect(leftOf({ conduct: "be kinder", minimumAge: 18 }, said)).toEqual({ conduct: "be kinder", minimumAge: 18 });
    expect(isNothing(leftOf({ conduct: "be kind", minimumAge: 14 }, said))).toBe(true);
  });
});
