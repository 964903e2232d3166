import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import type { Letter } from "#server/platform/letters.ts";

/** A place is gone: given back, taken back, or all is cancelled. */
export function cancellation(about: About): Letter | undefined {
  const { row } = about;
  const under = `cancelled.${row.cancelledBy ?? "attendee"}`;
  const isAll = row.cancelledBy === "system";
  const words = isAll ? row.cancelReason : row.note;
  return letterOf(about, "cancelled", {
    under,
    blocks: [
      sayOf(about, `${under}.text`),
      ...(words ? [{ quote: words }] : []),
      factsAbout(about),
      { links: [eventLink(about)] },
    ],
  });
}
