import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { needsReview, type Publishing, reviewSteps } from "#domain/events/review.ts";

const anybody: fc.Arbitrary<Publishing> = fc.record({
  rule: fc.constantFrom("off" as const, "new_organizers" as const, "all" as const),
  isAdmin: fc.boolean(),
  isTrusted: fc.boolean(),
  hasPublished: fc.boolean(),
  steps: fc.array(fc.constantFrom(...reviewSteps), { maxLength: 6 }),
});

describe("needsReview", () => {
  it("never stops an admin, and never lets what was sent back slip past", () => {
    fc.assert(
      fc.property(anybody, fc.constantFrom("changes_asked", "rejected", "unpublished"), (given, decision) => {
        expect(needsReview({ ...given, isAdmin: true })).toBe(false);
        const steps = [...given.steps, decision, "withdrawn", "submitted"] as const;
        expect(needsReview({ ...given, isAdmin: false, steps })).toBe(true);
      }),
    );
  });

  it("asks for it by the rule alone where nothing was decided before, except of the trusted", () => {
    fc.assert(
      fc.property(anybody, (given) => {
        const fresh = { ...given, isAdmin: false, steps: ["submitted", "withdrawn"] as const };
        expect(needsReview({ ...fresh, isTrusted: true })).toBe(false);
        expect(needsReview({ ...fresh, isTrusted: false, rule: "all" })).toBe(true);
        expect(needsReview({ ...fresh, isTrusted: false, rule: "off" })).toBe(false);
        expect(needsReview({ ...fresh, isTrusted: false, rule: "new_organizers" })).toBe(!given.hasPublished);
      }),
    );
  });
});
