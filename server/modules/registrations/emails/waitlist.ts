import {
  type About,
  eventLink,
  factsAbout,
  letterOf,
  sayOf,
  untilOf,
} from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** Every seat is taken; this is the number on the waitlist. */
export const waitlisted = (about: About, partySize: number): Letter | undefined =>
  letterOf(about, "waitlisted", {
    blocks: [
      sayOf(about, "waitlisted.text", { count: partySize }),
      factsAbout(about, ...(about.row.position === null ? [] : [["position", String(about.row.position)] as const])),
      { action: { label: sayOf(about, "links.page"), url: about.link } },
    ],
  });

/** Places are kept for the party, for a while. */
export const offered = (about: About, partySize: number, until: Date): Letter | undefined =>
  letterOf(about, "offered", {
    blocks: [
      sayOf(about, "offered.text", { count: partySize }),
      factsAbout(about, ["until", untilOf(about, until)]),
      { action: { label: sayOf(about, "offered.accept"), url: about.link } },
      { links: [eventLink(about)] },
    ],
  });

/** Nobody accepted in time. */
export const lapsed = (about: About): Letter | undefined =>
  letterOf(about, "lapsed", { blocks: [sayOf(about, "lapsed.text"), { links: [eventLink(about)] }] });
