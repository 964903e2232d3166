import { type About, eventLink, factsAbout, letterOf, sayOf } from "#server/modules/registrations/emails/pieces.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";

const codeId = "ticket-code";

/** The ticket itself: its code as a picture and as letters, and the way to the holder's page; `under` says what is new of it. */
export function confirmation(
  about: About,
  ticket: { typedCode: string; png: Buffer },
  under: "confirmation" | "relocated" = "confirmation",
): Letter | undefined {
  const { row, link } = about;
  const comes = row.side !== "virtual";
  return letterOf(about, "confirmation", {
    under,
    blocks: [
      sayOf(about, `${under}.text`),
      factsAbout(about, ["ticket", row.ticketTypeName ?? ""], ["name", unlinked(row.name)]),
      { action: { label: sayOf(about, "links.ticket"), url: link } },
      sayOf(about, comes ? "confirmation.door" : "confirmation.virtual"),
      ...(comes
        ? [
            {
              picture: {
                url: `cid:${codeId}`,
                alt: sayOf(about, "confirmation.codeAlt", { code: ticket.typedCode }),
                width: 220,
              },
            },
            { code: ticket.typedCode },
          ]
        : []),
      { quiet: sayOf(about, "confirmation.change") },
      { links: [eventLink(about)] },
    ],
    attachments: comes
      ? [{ name: "ticket.png", mediaType: "image/png", contentId: codeId, base64: ticket.png.toString("base64") }]
      : [],
  });
}
