import fc from "fast-check";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";

import { fill } from "#web/platform/fill.ts";

const icu = (sentence: string, values: Record<string, string | number>, locale = "en") =>
  new IntlMessageFormat(sentence, locale).format(values);

const sentences = [
  "Hello {name}, you're welcome",
  "{n, plural, =0 {Nobody} one {# person is} other {# people are}} coming",
  "{n, plural, offset:1 =0 {Nobody} =1 {{name}} one {{name} and # other} other {{name} and # others}}",
  "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} in line",
  "{side, select, virtual {online} in_person {in the hall} other {both}}: {n, number}",
  "It''s '{quoted}' {n, plural, one {one '#' of #} other {many}}",
];

describe("fill", () => {
  it("says what the ICU library says", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sentences),
        fc.nat(2_000_000),
        fc.constantFrom("virtual", "in_person", "else"),
        fc.constantFrom("en", "de", "pl", "ar"),
        (sentence, n, side, locale) => {
          const values = { n, side, name: "Ada" };
          expect(fill(sentence, values, locale)).toBe(icu(sentence, values, locale));
        },
      ),
    );
  });

  it("leaves what people typed alone, braces and apostrophes included", () => {
    expect(fill("Hello {name}", { name: "{n} O'Hara's" }, "en")).toBe("Hello {n} O'Hara's");
  });

  it("sets texts apart as it is told, and neither numbers nor what chooses a branch", () => {
    const put = (text: string) => `[${text}]`;
    const sentence = "{name}, {n} {n, number} {side, select, virtual {online {name}} other {here}}";
    expect(fill(sentence, { name: "Ada", n: 3, side: "virtual" }, "en", put)).toBe("[Ada], 3 3 online [Ada]");
  });

  it("shows the name of a value that is missing", () => {
    expect(fill("Hello {name}", {}, "en")).toBe("Hello {name}");
  });
});
