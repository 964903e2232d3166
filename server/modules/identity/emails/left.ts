import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** The last letter to an account: that it is gone. */
export const leftLetter = (addressed: Addressed): Letter =>
  wordedLetter(addressed, {
    kind: "identity.left",
    key: "privacy.letters.left",
    blocks: (words) => [words("kept")],
  });
