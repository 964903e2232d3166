import { describe, expect, it } from "vitest";

import { placesIn, reshape } from "#web/features/registrations/components/party.ts";

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
