import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { grant, type Pool, type Pools } from "#domain/capacity/decide.ts";
import { admit, closingTime, type Sale, within } from "#domain/registrations/admission.ts";
import { chooseSide, formats, otherSides, partsFor, poolsFor, sides, sidesFor } from "#domain/registrations/places.ts";
import { isLiving, registrationStatuses, takenBack } from "#domain/registrations/states.ts";
import { claimMinutes, inTurn, nextOffers, offerEnds, type Waiting } from "#domain/registrations/waitlist.ts";

const opensAt = new Date("2030-05-01T08:00Z");
const closesAt = new Date("2030-05-02T08:00Z");
const endTime = new Date("2030-05-03T08:00Z");
const between = new Date("2030-05-01T12:00Z");

const sale = (over: Partial<Sale> = {}): Sale => ({
  opensAt,
  closesAt,
  endTime,
  needsApproval: false,
  hasWaitlist: false,
  maxParty: 10,
  ...over,
});

describe("admit", () => {
  it("is open at the opening instant and shut at the closing instant", () => {
    expect(admit(sale(), 1, opensAt).outcome).toBe("take");
    expect(admit(sale(), 1, new Date(closesAt.getTime() - 1)).outcome).toBe("take");
    expect(admit(sale(), 1, closesAt)).toEqual({ outcome: "refused", because: "registration.closed" });
    expect(admit(sale(), 1, new Date(opensAt.getTime() - 1))).toMatchObject({ until: opensAt });
  });

  it("never lets anybody into what is over", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.boolean(), (now, hasWaitlist) => {
        const answer = admit(sale({ opensAt: null, closesAt: null, hasWaitlist }), 1, now);
        expect(answer.outcome === "refused").toBe(now >= endTime);
      }),
    );
  });

  it("asks for approval before it looks at places", () => {
    expect(admit(sale({ needsApproval: true, hasWaitlist: true }), 2, between)).toEqual({ outcome: "ask" });
  });

  it("refuses a party that is larger than the ticket allows", () => {
    expect(admit(sale({ maxParty: 2 }), 2, between).outcome).toBe("take");
    expect(admit(sale({ maxParty: 2 }), 3, between)).toMatchObject({ because: "registration.party_too_large", max: 2 });
  });

  it("keeps a ticket's window within the event's", () => {
    expect(within({ opensAt, closesAt }, { opensAt: between, closesAt: endTime })).toEqual({
      opensAt: between,
      closesAt,
    });
    expect(closingTime({ closesAt: null, endTime })).toBe(endTime);
  });
});

describe("places", () => {
  const anyPlace = fc.record({
    gatheringId: fc.constant("g"),
    ticketTypeId: fc.constantFrom("a", "b", null),
    side: fc.constantFrom(...sides),
  });

  it("takes from both sides for who comes on both", () => {
    expect(poolsFor({ gatheringId: "g", ticketTypeId: "t", side: "both" })).toEqual([
      "gathering/g",
      "side/in_person/g",
      "side/virtual/g",
      "type/t/g",
    ]);
  });

  it("always names a pool once, and counts the whole party in the event's", () => {
    fc.assert(
      fc.property(fc.array(anyPlace, { minLength: 1, maxLength: 10 }), (party) => {
        const parts = partsFor(party, "taken");
        expect(new Set(parts.map((part) => part.pool)).size).toBe(parts.length);
        expect(parts.find((part) => part.pool === "gathering/g")?.quantity).toBe(party.length);
      }),
    );
  });

  it("never lets anybody come in a way that the format has not", () => {
    for (const ticket of [...sides, "any" as const]) {
      expect(sidesFor("virtual", ticket).filter((side) => side !== "virtual")).toEqual([]);
      expect(sidesFor("in_person", ticket).filter((side) => side !== "in_person")).toEqual([]);
      for (const format of formats)
        for (const side of sides) {
          const allowed = sidesFor(format, ticket);
          expect(chooseSide(side, allowed) === null).toBe(!allowed.includes(side));
        }
    }
    expect(sidesFor("hybrid", "any")).toEqual(["in_person", "virtual"]);
    expect(chooseSide(undefined, sidesFor("virtual", "any"))).toBe("virtual");
    expect(chooseSide(undefined, [])).toBeNull();
  });

  it("calls another side full just where a place would have to take what is not left", () => {
    const all = { format: fc.constantFrom(...formats), ticketSide: fc.constantFrom(...sides, "any" as const, null) };
    const anyWays = fc.subarray(["in_person", "virtual"] as const);
    fc.assert(
      fc.property(fc.record({ ...all, side: fc.constantFrom(...sides) }), anyWays, (place, full) => {
        const pools = (side: (typeof sides)[number]) => poolsFor({ gatheringId: "g", ticketTypeId: null, side });
        const has = pools(place.side);
        const changes = otherSides(place, full);
        for (const side of changes.otherSides) {
          const wants = pools(side).filter((pool) => !has.includes(pool));
          expect(changes.fullSides.includes(side)).toBe(full.some((way) => wants.includes(`side/${way}/g`)));
        }
      }),
    );
  });
});

describe("taking back", () => {
  it("revives what the organizer did, and never what somebody gave up or let pass", () => {
    expect(takenBack("declined", null)).toBe("pending");
    expect(takenBack("cancelled", "organizer")).toBe("confirmed");
    for (const status of registrationStatuses.filter((one) => !isLiving(one) && one !== "declined"))
      for (const by of ["attendee", "system", null] as const) expect(takenBack(status, by)).toBeNull();
  });
});

describe("the waitlist", () => {
  const anyWaiting: fc.Arbitrary<Waiting[]> = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      position: fc.nat(50),
      wants: fc.integer({ min: 1, max: 5 }).map((quantity) => [{ pool: "a", as: "held" as const, quantity }]),
    }),
    { selector: ({ id }) => id, maxLength: 20 },
  );
  const pools = (capacity: number) => new Map<string, Pool>([["a", { capacity, held: 0, taken: 0 }]]);

  it("never offers more than there is, and leaves nobody waiting for whom there is room", () => {
    fc.assert(
      fc.property(anyWaiting, fc.nat(20), (queue, capacity) => {
        const { offered, pools: left } = nextOffers(queue, pools(capacity));
        let after: Pools = pools(capacity);
        for (const one of offered) {
          const answer = grant(after, asWish(one));
          expect(answer.outcome.granted).toBe(true);
          after = answer.pools;
        }
        expect(left).toEqual(after);
        for (const one of queue.filter((w) => !offered.includes(w)))
          expect(grant(after, asWish(one)).outcome.granted).toBe(false);
      }),
    );
  });

  it("always asks the first in turn whom the places suffice", () => {
    fc.assert(
      fc.property(anyWaiting, fc.nat(6), (queue, capacity) => {
        const first = queue.toSorted(inTurn).find(({ wants }) => (wants[0]?.quantity ?? 0) <= capacity);
        expect(nextOffers(queue, pools(capacity)).offered[0]).toBe(first);
      }),
    );
  });

  it("gives less time to decide the nearer the start is", () => {
    const startTime = new Date("2030-05-10T18:00Z");
    const hoursBefore = (hours: number) => claimMinutes(new Date(startTime.getTime() - hours * 3_600_000), startTime);
    expect([200, 48, 20, 3, 0.5].map(hoursBefore)).toEqual([1440, 1440, 240, 60, 15]);
  });

  it("ends an offer after its window, and never later than the gathering", () => {
    expect(offerEnds(between, 60, endTime)).toEqual(new Date("2030-05-01T13:00Z"));
    expect(offerEnds(between, 60 * 24 * 30, endTime)).toEqual(endTime);
  });
});

const asWish = ({ wants }: Waiting) => ({ frees: [], wants });
