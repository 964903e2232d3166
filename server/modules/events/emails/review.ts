import type { Recipient, ToldRow } from "#server/modules/events/repo/review.ts";
import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

type Values = ToldRow & { publicUrl: string; person: Recipient };

/** Tells somebody of a step of an event's review, with the words that came with it. */
export function reviewLetter({ publicUrl, person, step, note, eventId, title, organizerName }: Values): Letter {
  const words = (key: string) =>
    say(person.locale, `event-letters.${key}`, {
      name: unlinked(person.name),
      title: unlinked(title),
      organizer: unlinked(organizerName),
    });
  const url = step === "submitted" ? `${publicUrl}/admin/events/${eventId}` : `${publicUrl}/organize/events/${eventId}`;
  return {
    kind: `event.${step}`,
    to: { address: person.email, name: person.name },
    subject: words(`${step}.subject`),
    ...frame({
      locale: person.locale,
      publicUrl,
      heading: words(`${step}.heading`),
      blocks: [
        words(`${step}.text`),
        ...(note ? [{ quote: note }] : []),
        { action: { label: words(`${step}.action`), url } },
      ],
      footnote: words(step === "submitted" ? "footnote.admin" : "footnote.team"),
    }),
  };
}
