import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { disorderOf, lacksOf, type Plan } from "#domain/events/complete.ts";
import { fullnessOf, type Limits } from "#domain/events/fullness.ts";
import { wordsOf } from "#domain/events/search.ts";
import { isSlugOf, mayBeSlug, slugFrom } from "#domain/events/slug.ts";

const now = new Date("2030-05-01T12:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const aPlan = (over: Partial<Plan> = {}): Plan => ({
  title: "An evening",
  format: "virtual",
  startTime: inHours(1),
  endTime: inHours(2),
  placeName: "",
  registrationOpensAt: null,
  registrationClosesAt: null,
  ticketTypes: 1,
  ...over,
});

describe("lacksOf", () => {
  it("finds nothing wrong with a title, a time and somewhere to come", () => {
    expect(lacksOf(aPlan(), now)).toEqual([]);
    expect(lacksOf(aPlan({ format: "in_person", placeName: "The hall" }), now)).toEqual([]);
  });

  it("names everything that is missing at once", () => {
    const bare = aPlan({ title: " ", format: "hybrid", startTime: null, endTime: null, ticketTypes: 0 });
    expect(lacksOf(bare, now).map(({ at }) => at)).toEqual([
      "title",
      "startTime",
      "endTime",
      "placeName",
      "ticketTypes",
    ]);
  });

  it("refuses what is over, at the very instant of its end too", () => {
    expect(lacksOf(aPlan({ startTime: inHours(-1), endTime: now }), now)).toEqual([{ at: "endTime", code: "past" }]);
    expect(lacksOf(aPlan({ startTime: inHours(-1), endTime: inHours(1) }), now)).toEqual([]);
  });

  it("never lets an end before its start, or a registration that never opens, pass", () => {
    const instant = fc.date({ min: now, max: inHours(24 * 30), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, instant, instant, (startTime, endTime, opens, closes) => {
        const plan = aPlan({ startTime, endTime, registrationOpensAt: opens, registrationClosesAt: closes });
        if (lacksOf(plan, now).length > 0) return;
        expect(startTime < endTime && opens < closes && opens < endTime).toBe(true);
      }),
    );
  });

  it("says of a plan that is being made only what contradicts itself", () => {
    expect(disorderOf(aPlan({ startTime: null, endTime: null }))).toEqual([]);
  });
});

const limit = fc.option(fc.nat(200), { nil: null });
const anyLimits: fc.Arbitrary<Limits> = fc.record({
  format: fc.constantFrom("in_person" as const, "virtual" as const, "hybrid" as const),
  capacity: limit,
  inPersonCapacity: limit,
  virtualCapacity: limit,
  typesLeft: limit,
});

describe("fullnessOf", () => {
  it("never promises more than any of its limits has", () => {
    fc.assert(
      fc.property(anyLimits, fc.nat(300), fc.nat(300), (limits, inPerson, virtual) => {
        const { all, ...sides } = fullnessOf(limits, { event: inPerson + virtual, inPerson, virtual });
        if (all.left === null) return;
        expect(all.left).toBeGreaterThanOrEqual(0);
        if (limits.capacity !== null)
          expect(all.left).toBeLessThanOrEqual(Math.max(0, limits.capacity - inPerson - virtual));
        if (limits.typesLeft !== null) expect(all.left).toBeLessThanOrEqual(limits.typesLeft);
        const { left: here } = sides.inPerson;
        const { left: there } = sides.virtual;
        if (here !== null && there !== null) expect(all.left).toBeLessThanOrEqual(here + there);
      }),
    );
  });

  it("has no limit where one side has none and nothing else limits", () => {
    const limits: Limits = {
      format: "hybrid",
      capacity: null,
      inPersonCapacity: 10,
      virtualCapacity: null,
      typesLeft: null,
    };
    expect(fullnessOf(limits, { event: 5, inPerson: 5, virtual: 0 }).all).toEqual({
      taken: 5,
      capacity: null,
      left: null,
    });
  });
});

describe("slugFrom", () => {
  it("makes an address that can be read", () => {
    expect(slugFrom("Grüße aus Zürich & Łódź!")).toBe("grusse-aus-zurich-lodz");
    expect(slugFrom("静かな夜")).toBe("event");
    expect(slugFrom("Autumn assembly: plans for a shared courtyard and its very long wall")).toBe(
      "autumn-assembly-plans-for-a-shared-courtyard-and-its-very",
    );
    expect(slugFrom("Waitlist")).toBe("event-waitlist");
  });

  it("always makes one that may be one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (title) => {
        const slug = slugFrom(title);
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(60);
        expect(slug.length).toBeGreaterThanOrEqual(3);
        expect(mayBeSlug(slug)).toBe(true);
        expect(isSlugOf(slug, title) && isSlugOf(`${slug}-0a1b2c`, title)).toBe(true);
      }),
    );
  });
});

describe("wordsOf", () => {
  it("leaves nothing that a search could stumble over", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const word of wordsOf(text)) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]{1,40}$/u);
      }),
    );
  });
});
