import { formatRange } from "#domain/time/format.ts";
import type { Follower } from "#server/modules/events/repo/follower.ts";
import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say, timeWords } from "#server/platform/words.ts";

interface Values {
  follower: Follower;
  event: {
    slug: string;
    title: string;
    summary: string;
    organizerName: string;
    organizerSlug: string;
    startTime: Date;
    endTime: Date;
    timeZone: string;
    format: "in_person" | "virtual" | "hybrid";
    placeName: string;
  };
  publicUrl: string;
  /** Where such letters stop. */
  stopUrl: string;
}

/** Tells a follower of a new public event. */
export function followedLetter({ follower, event, publicUrl, stopUrl }: Values): Letter {
  const { locale } = follower;
  const { startTime, endTime, timeZone } = event;
  const [title, organizer] = [unlinked(event.title), unlinked(event.organizerName)];
  const place = unlinked(event.placeName);
  const args = { name: unlinked(follower.name), title, organizer, place, format: event.format };
  const words = (key: string) => say(locale, `event-letters.followed.${key}`, args);
  const when = formatRange(startTime, endTime, timeZone, locale, timeWords(locale));
  return {
    kind: "event.followed",
    to: { address: follower.email, name: follower.name },
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: title,
      blocks: [
        words("text"),
        ...(event.summary ? [event.summary] : []),
        {
          facts: [
            [words("when"), when],
            [words("where"), words("place")],
          ],
        },
        { action: { label: words("action"), url: `${publicUrl}/events/${event.slug}` } },
        {
          links: [
            { label: words("host"), url: `${publicUrl}/${event.organizerSlug}` },
            { label: words("stop"), url: stopUrl },
          ],
        },
      ],
      footnote: words("footnote"),
    }),
  };
}
