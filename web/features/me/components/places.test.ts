import { describe, expect, it } from "vitest";

import type { Registration } from "#contract/registrations.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { pastPart, placesOf, sorted } from "#web/features/me/components/places.ts";

const at = (hour: number) => `2030-05-01T${String(hour).padStart(2, "0")}:00:00.000Z`;
const seat = (hour: number, over: object = {}) =>
  ({
    id: `seat-${hour}`,
    status: "confirmed",
    event: { startTime: at(hour), status: "scheduled" },
    ...over,
  }) as Registration;
const booking = (hour: number, over: object = {}) =>
  ({
    ...{ id: `booking-${hour}`, startTime: at(hour), status: "confirmed", cancelledBy: null, waitlist: null },
    ...{ attendee: { status: "confirmed" }, ...over },
  }) as OwnBooking;
const ids = (places: ReturnType<typeof placesOf>) =>
  places.map(({ registration, booking: one }) => (registration ?? one).id);

describe("one's own places", () => {
  it("are one list in time, whichever kind they are", () => {
    const places = placesOf([seat(9), seat(12)], [booking(8), booking(10)]);
    const { next, upcoming } = sorted(places);
    expect(ids(next ? [next] : [])).toEqual(["booking-8"]);
    expect(ids(upcoming)).toEqual(["seat-9", "booking-10", "seat-12"]);
  });

  it("wait for an answer, or for their owner's, or are gone", () => {
    const waits = { isOpen: true, position: 1, offerEndsAt: null };
    const { next, upcoming, offers, waiting } = sorted(
      placesOf(
        [seat(1, { status: "cancelled" }), seat(2, { status: "waitlisted" })],
        [
          booking(3, { status: "cancelled", cancelledBy: "organizer", attendee: { status: "cancelled" } }),
          booking(4, { status: "cancelled", cancelledBy: "invitee", attendee: { status: "cancelled" } }),
          booking(5, { status: "pending", attendee: { status: "pending" } }),
          booking(6, { attendee: { status: "offered" }, waitlist: waits }),
          booking(7, { attendee: { status: "waitlisted" }, waitlist: { ...waits, isOpen: false } }),
          booking(8, { status: "rejected", attendee: { status: "declined" } }),
        ],
      ),
    );
    expect(next).toBeUndefined();
    expect([upcoming, offers, waiting].map(ids)).toEqual([["booking-3"], ["booking-6"], ["seat-2", "booking-5"]]);
  });

  it("are told from the newest back, and none of one moment is lost between two parts", () => {
    const all = placesOf([seat(1), seat(2), seat(3)], [booking(2), booking(3)]);
    const first = pastPart(all, 3, false);
    expect(ids(first.past).toSorted()).toEqual(["booking-2", "booking-3", "seat-2", "seat-3"]);
    expect(first.before).toBe(at(2));
    expect(pastPart(all.slice(0, 1), 3, false)).toMatchObject({ before: null });
    expect(pastPart(all.slice(0, 1), 3, true)).toMatchObject({ before: at(1) });
  });
});
