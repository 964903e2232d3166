import { type Addressed, wordedLetter } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Brings the link that makes an address somebody's new one; where it has an account already, says so to its mailbox alone. */
export const emailChangeLetter = ({ url, to, ...rest }: Addressed & { url: string | undefined }): Letter =>
  // Whoever reads a stranger's mailbox shall not learn the asker's name.
  wordedLetter(url ? { to, ...rest } : { to: { address: to.address, name: "" }, ...rest }, {
    kind: url ? "identity.email_change" : "identity.email_taken",
    key: url ? "identity.letters.emailChange" : "identity.letters.emailTaken",
    blocks: (words) => [
      { action: { label: words("action"), url: url ?? `${rest.publicUrl}/sign-in` } },
      ...(url ? [{ quiet: words("until") }] : []),
    ],
  });
