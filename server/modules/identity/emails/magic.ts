import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Brings the link that signs in; where the address has no account, says so, to its mailbox alone. */
export const magicLetter = ({ url, ...addressed }: Addressed & { url: string | undefined }): Letter =>
  wordedLetter(addressed, {
    kind: url ? "identity.magic" : "identity.magic_unknown",
    key: url ? "identity.letters.magic" : "identity.letters.magicUnknown",
    blocks: (words) => [
      { action: { label: words("action"), url: url ?? `${addressed.publicUrl}/sign-up` } },
      ...(url ? [{ quiet: words("until") }] : []),
    ],
  });
