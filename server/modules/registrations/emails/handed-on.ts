import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

/** To who had the seat before: it is somebody else's now, and the old code opens nothing. */
export const handedOn = (about: About, to: string): Letter | undefined =>
  letterOf(about, "handedOn", {
    blocks: [sayOf(about, "handedOn.text", { to: unlinked(to) }), factsAbout(about), { links: [eventLink(about)] }],
  });
