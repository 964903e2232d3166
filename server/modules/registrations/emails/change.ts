import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** When, where or what is another than before. */
export const changed = (about: About): Letter | undefined =>
  letterOf(about, "changed", {
    blocks: [
      sayOf(about, "changed.text"),
      factsAbout(about),
      { action: { label: sayOf(about, "links.page"), url: about.link } },
      { quiet: sayOf(about, "changed.again") },
      { links: [eventLink(about)] },
    ],
  });
