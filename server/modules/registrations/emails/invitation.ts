import {
  type About,
  factsAbout,
  type LetterRow,
  letterOf,
  sayOf,
} from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Somebody would like them to come; the link is the way in, and theirs alone. */
export const invitation = (about: About<LetterRow>): Letter | undefined =>
  letterOf(about, "invitation", {
    blocks: [
      sayOf(about, "invitation.text"),
      factsAbout(about),
      { action: { label: sayOf(about, "invitation.open"), url: about.link } },
      { quiet: sayOf(about, "invitation.keep") },
    ],
  });
