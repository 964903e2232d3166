import { describe, expect, it } from "vitest";

import { fits, placesIn, reshape, sidesOf, waysOf } from "#web/features/registrations/components/party.ts";

const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

const two = {
  ticketTypeId: "t",
  "attendees.0.name": "Ada",
  "attendees.0.email": "ada@example.org",
  "attendees.1.name": "Lin",
  "attendees.1.email": "lin@example.org",
};

describe("a party's form without script", () => {
  it("comes back with one person more, and with all that was typed", () => {
    const { typed, code } = reshape(formOf(two), "add");

    expect(typed).toEqual({ ...two, "attendees.2.name": "" });
    expect(placesIn(typed)).toBe(3);
    expect(code).toBe("");
  });

  it("comes back without the one that was left out, and the others move up", () => {
    const { typed } = reshape(formOf({ ...two, "attendees.2.name": "Grace" }), "remove.1");

    expect(typed).toEqual({
      ticketTypeId: "t",
      "attendees.0.name": "Ada",
      "attendees.0.email": "ada@example.org",
      "attendees.1.name": "Grace",
    });
  });

  it("always has one person in it", () => {
    expect(placesIn(undefined)).toBe(1);
    expect(placesIn({})).toBe(1);
  });
});

describe("the ways of coming", () => {
  const event = {
    sides: [
      { side: "in_person" as const, left: 0 },
      { side: "virtual" as const, left: 3 },
    ],
    hasWaitlist: true,
    needsApproval: false,
    capacity: null,
    taken: null,
  };
  const either = { sides: ["in_person" as const, "virtual" as const] };

  it("say which of them is full, and what choosing it means", () => {
    const states = (over: object) => waysOf({ ...event, ...over }, either).map(({ state }) => state);

    expect(states({})).toEqual(["waitlist", "open"]);
    expect(states({ hasWaitlist: false })).toEqual(["sold_out", "open"]);
    expect(states({ needsApproval: true })).toEqual(["open", "open"]);
  });

  it("begin with the first that has room", () => {
    expect(sidesOf(waysOf(event, either), [undefined, "in_person"])).toEqual(["virtual", "in_person"]);
  });

  it("have room for a party, or make all of it wait", () => {
    const room = (party: ("in_person" | "virtual")[], over: object = {}) =>
      fits({ ...event, ...over }, waysOf({ ...event, ...over }, either), party);

    expect(room(["virtual", "virtual", "virtual"])).toBe(true);
    expect(room(["virtual", "virtual", "virtual", "virtual"])).toBe(false);
    expect(room(["virtual", "in_person"])).toBe(false);
    expect(room(["virtual", "virtual"], { capacity: 8, taken: 7 })).toBe(false);
  });
});
