import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readAddresses } from "#domain/registrations/addresses.ts";

const someEmail = fc.integer({ min: 1, max: 999 }).map((n) => `person${n}@example.org`);

describe("readAddresses", () => {
  it("reads what people paste", () => {
    const text =
      'name,email\nAda Lovelace <ADA@example.org>\r\n"Hopper, Grace" <grace@example.org>\nlin@example.org, olu@example.org\nKay;kay@example.org\nno address\nada@example.org';
    expect(readAddresses(text)).toEqual([
      expect.objectContaining({ line: 2, name: "Ada Lovelace", email: "ada@example.org" }),
      expect.objectContaining({ line: 3, name: "Hopper Grace", email: "grace@example.org" }),
      expect.objectContaining({ line: 4, name: "", email: "lin@example.org" }),
      expect.objectContaining({ line: 4, name: "", email: "olu@example.org" }),
      expect.objectContaining({ line: 5, name: "Kay", email: "kay@example.org" }),
      expect.objectContaining({ line: 6, because: "no_address" }),
      expect.objectContaining({ line: 7, because: "twice" }),
    ]);
  });

  it("always finds every address once, however they are divided", () => {
    const divider = fc.constantFrom("\n", "\r\n", ", ", "; ");
    fc.assert(
      fc.property(fc.array(fc.tuple(someEmail, divider), { maxLength: 30 }), (pairs) => {
        const text = pairs.map(([email, by]) => email + by).join("");
        const found = readAddresses(text).flatMap((one) => ("email" in one ? one.email : []));
        expect(found).toEqual([...new Set(pairs.map(([email]) => email))]);
      }),
    );
  });

  it("never throws, nor says an address that is none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const one of readAddresses(text))
          if ("email" in one) expect(one.email).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);
      }),
    );
  });
});
