import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Tells the owner of an account, and nobody else, that it is there already. */
export const accountKnownLetter = (addressed: Addressed): Letter =>
  wordedLetter(addressed, {
    kind: "identity.account_known",
    key: "identity.letters.known",
    hasFootnote: false,
    blocks: (words) => [
      { action: { label: words("action"), url: `${addressed.publicUrl}/sign-in` } },
      { links: [{ label: words("forgot"), url: `${addressed.publicUrl}/forgot` }] },
    ],
  });
