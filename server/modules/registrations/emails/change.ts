import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** When, where or what is another than before, with the host's own words. */
export const changed = (about: About, note: string): Letter | undefined =>
  letterOf(about, "changed", {
    blocks: [
      sayOf(about, "changed.text"),
      ...(note ? [{ quote: note }] : []),
      factsAbout(about),
      { action: { label: sayOf(about, "links.page"), url: about.link } },
      { quiet: sayOf(about, "changed.again") },
      { links: [eventLink(about)] },
    ],
  });
