import { describe, expect, it } from "vitest";

import { mirrorLocale, mirrorSentence } from "#server/platform/mirror.ts";
import { say, sentences } from "#server/platform/words.ts";

const shown = (text: string) => text.replaceAll("\u202e", "<").replaceAll("\u202c", ">");

describe("the mirrored language", () => {
  it("turns words, and leaves what they are filled with", () => {
    expect(shown(mirrorSentence("{left, plural, one {# seat} other {# seats}} for {name}"))).toBe(
      "{left,plural,one{# <seat>} other{# <seats>}} <for> {name}",
    );
    expect(shown(mirrorSentence("{side, select, virtual {Join, it's on} other {Come}}"))).toContain("other{<Come>}");
  });

  it("sets apart what it is filled with, and not what chooses a branch", () => {
    expect(say(mirrorLocale, "identity.letters.security.hello", { name: "Ada L." })).toContain("\u2068Ada L.\u2069");
    expect(shown(say(mirrorLocale, "registrations.people.side", { side: "virtual" }))).toBe("<online>");
  });

  it("says every sentence, in pages and letters", () => {
    expect(shown(say(mirrorLocale, "ui.problem.tooSmall", { minimum: 3 }))).toMatch(/^<Choose> \S+ <or> <more.>$/);
    expect(Object.keys(sentences(mirrorLocale, "ui.problem", "A house"))).toEqual(
      Object.keys(sentences("en", "ui.problem", "A house")),
    );
  });
});
