import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Brings a guest the link that makes the house forget them; where the address has an account, says how to delete that. */
export const forgetLetter = ({ url, ...addressed }: Addressed & { url: string | undefined }): Letter =>
  wordedLetter(addressed, {
    kind: url ? "identity.forget" : "identity.forget_account",
    key: url ? "privacy.letters.forget" : "privacy.letters.forgetAccount",
    blocks: (words) => [{ action: { label: words("action"), url: url ?? `${addressed.publicUrl}/me/data/delete` } }],
  });
