import { RE2JS } from "re2js";

/** A pattern of this size looks at an answer of full length in some milliseconds. */
const mostInstructions = 1100;

/** Whether a text is a pattern of RE2 that is small enough to be tried on what strangers type. */
export function isPattern(pattern: string): boolean {
  // What repeats so often would take long to be read at all.
  const repeats = [...pattern.matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Number(digits), 0);
  if (repeats > mostInstructions) return false;
  try {
    return RE2JS.compile(pattern).programSize() <= mostInstructions;
  } catch {
    return false; // Its words about what it cannot read are for developers.
  }
}

/** Whether a pattern fits the whole of a text; in time that grows with the text and no faster, whatever the pattern. */
export const matches = (pattern: string, text: string): boolean => RE2JS.compile(pattern).matches(text);
