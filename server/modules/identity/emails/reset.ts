import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Brings the link to a new password; where the address has no account, says so, to its mailbox alone. */
export const resetLetter = ({ url, ...addressed }: Addressed & { url: string | undefined }): Letter =>
  wordedLetter(addressed, {
    kind: url ? "identity.reset" : "identity.unknown",
    key: url ? "identity.letters.reset" : "identity.letters.unknown",
    blocks: (words) => [
      { action: { label: words("action"), url: url ?? `${addressed.publicUrl}/sign-up` } },
      ...(url ? [{ quiet: words("until") }] : []),
    ],
  });
