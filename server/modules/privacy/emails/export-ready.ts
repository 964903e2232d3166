import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Says that somebody's data lies ready; the link leads to a page that asks once more who they are. */
export const exportReadyLetter = (addressed: Addressed): Letter =>
  wordedLetter(addressed, {
    kind: "privacy.export_ready",
    key: "privacy.letters.ready",
    blocks: (words) => [{ action: { label: words("action"), url: `${addressed.publicUrl}/me/data` } }],
  });
