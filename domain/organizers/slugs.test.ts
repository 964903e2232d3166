import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mayBeOrganizerSlug, organizerSlugFrom, reservedSlugs } from "#domain/organizers/slugs.ts";

describe("organizerSlugFrom", () => {
  it.each([
    ["Ada Lovelace", "ada-lovelace"],
    ["Zoë & Søren's Straße", "zoe-soren-s-strasse"],
    ["  --Łódź!  ", "lodz"],
    ["Events", "host-events"],
    ["Al", "host-al"],
    ["会議", "host"],
    ["", "host"],
    ["01900000-0000-7000-8000-00000000aaaa", "host-01900000-0000-7000-8000-00000000aaaa"],
  ])("makes of %j %j", (name, slug) => {
    expect(organizerSlugFrom(name)).toBe(slug);
  });

  it("always makes one that an organizer may have", () => {
    const name = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...reservedSlugs), fc.uuid());
    fc.assert(fc.property(name, (text) => mayBeOrganizerSlug(organizerSlugFrom(text))));
  });
});

describe("mayBeOrganizerSlug", () => {
  it("refuses every word that is a page", () => {
    for (const word of reservedSlugs) expect(mayBeOrganizerSlug(word)).toBe(false);
  });

  it.each(["ab", "-abc", "abc-", "a--b", "Abc", "a_b", "a.b", "a/b", "ä-team", "a".repeat(61), "favicon.ico"])(
    "refuses %s",
    (slug) => {
      expect(mayBeOrganizerSlug(slug)).toBe(false);
    },
  );
});
