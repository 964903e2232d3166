import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isPattern, matches } from "#server/modules/questions/patterns.ts";

describe("patterns", () => {
  it("fit whole answers only", () => {
    expect(matches("[A-Z]{2}[0-9]{3}", "AB123")).toBe(true);
    expect(matches("[A-Z]{2}[0-9]{3}", "AB1234")).toBe(false);
    expect(matches("\\p{L}+", "Zoë")).toBe(true);
  });

  it.each([
    "(",
    "[z-a]",
    "a{2,1}",
    "(?=look)ahead",
    "(a)\\1",
    "*",
    "a{1001}",
    "(a{40}){40}",
    "a{1000}b{1000}",
    "(ab|cd|ef){200}",
  ])("are refused where they cannot be read, or are too large: %s", (pattern) =>
    expect(isPattern(pattern)).toBe(false),
  );

  const bombs = ["(a+)+$", "(a|a)*b", "(a|aa)+b", "(.*a){20}", "((a*)*)*b", "(x+x+)+y", "([a-z]+)*!"];

  // A backtracking matcher would not end within the age of the house.
  it.each(bombs)("are matched in time that grows with the text and no faster: %s", (pattern) => {
    expect(isPattern(pattern)).toBe(true);
    expect(typeof matches(pattern, "a".repeat(5000))).toBe("boolean");
  });

  it("any text is a pattern or is not, and whatever is one can be tried", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string(), (pattern, text) => {
        if (isPattern(pattern)) expect(typeof matches(pattern, text)).toBe("boolean");
      }),
    );
  });
});
