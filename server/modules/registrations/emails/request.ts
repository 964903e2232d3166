import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** The request is with the organizer. */
export const requested = (about: About): Letter | undefined =>
  letterOf(about, "requested", {
    blocks: [
      sayOf(about, "requested.text"),
      factsAbout(about),
      { action: { label: sayOf(about, "links.page"), url: about.link } },
    ],
  });

/** The organizer said no, perhaps with words of their own. */
export const declined = (about: About): Letter | undefined =>
  letterOf(about, "declined", {
    blocks: [
      sayOf(about, "declined.text"),
      ...(about.row.note ? [sayOf(about, "declined.words"), { quote: about.row.note }] : []),
      { links: [eventLink(about)] },
    ],
  });
