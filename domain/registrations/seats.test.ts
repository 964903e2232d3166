import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mayChangeHands, type Seat } from "#domain/registrations/seats.ts";
import { registrationStatuses } from "#domain/registrations/states.ts";

const anySeat: fc.Arbitrary<Seat> = fc.record({
  status: fc.constantFrom(...registrationStatuses),
  isUnnamed: fc.boolean(),
  wasThere: fc.boolean(),
  isCancelled: fc.boolean(),
  isOver: fc.boolean(),
  isByChoice: fc.boolean(),
  isShutOut: fc.boolean(),
});
const gone = ["declined", "expired", "lapsed", "cancelled"];

describe("mayChangeHands", () => {
  it("never revives what is gone, nor moves what has been used, is over or is called off", () => {
    fc.assert(
      fc.property(anySeat, fc.constantFrom("attendee" as const, "organizer" as const), (seat, by) => {
        if (gone.includes(seat.status) || seat.wasThere || seat.isOver || seat.isCancelled)
          expect(mayChangeHands(seat, by).allowed).toBe(false);
      }),
    );
  });

  it("is nothing for whoever was shut out", () => {
    fc.assert(
      fc.property(anySeat, (seat) => {
        if (seat.isShutOut) expect(mayChangeHands(seat, "attendee").allowed).toBe(false);
      }),
    );
  });

  it("always allows the organizer what it allows an attendee", () => {
    fc.assert(
      fc.property(anySeat, (seat) => {
        if (mayChangeHands(seat, "attendee").allowed) expect(mayChangeHands(seat, "organizer").allowed).toBe(true);
      }),
    );
  });

  it("keeps a name that the organizer has chosen, and lets an unnamed seat be named", () => {
    const seat: Seat = {
      status: "confirmed",
      isUnnamed: false,
      wasThere: false,
      isCancelled: false,
      isOver: false,
      isByChoice: true,
      isShutOut: false,
    };
    expect(mayChangeHands(seat, "attendee")).toEqual({ allowed: false, because: "registration.not_transferable" });
    expect(mayChangeHands({ ...seat, isUnnamed: true }, "attendee").allowed).toBe(true);
    expect(mayChangeHands({ ...seat, isByChoice: false }, "attendee").allowed).toBe(true);
    expect(mayChangeHands({ ...seat, status: "waitlisted" }, "organizer").allowed).toBe(false);
  });
});
