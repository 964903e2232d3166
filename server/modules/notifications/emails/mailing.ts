import { pageAt } from "#domain/gatherings/address.ts";
import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

interface Values {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  subject: string;
  html: string;
  title: string;
  slug: string;
  gatheringId: string;
  organizer: string;
  /** Absent where it is a test, which nobody can be taken off. */
  unsubscribeUrl?: string;
}

/** What a team writes to those who registered, in its own words. */
export function mailingLetter(values: Values): Letter {
  const { locale, publicUrl, to, unsubscribeUrl } = values;
  const [title, organizer] = [unlinked(values.title), unlinked(values.organizer)];
  const words = (key: string) => say(locale, `notifications.mailing.${key}`, { title, organizer });
  const stop = unsubscribeUrl ? [{ label: words("stop"), url: unsubscribeUrl }] : [];
  return {
    kind: unsubscribeUrl ? "mailing" : "mailing.test",
    to,
    subject: unsubscribeUrl
      ? values.subject
      : say(locale, "notifications.mailing.testSubject", { subject: values.subject }),
    ...frame({
      locale,
      publicUrl,
      heading: values.subject,
      blocks: [
        { prose: values.html },
        { links: [{ label: words("event"), url: `${publicUrl}${pageAt(values.slug, values.gatheringId)}` }, ...stop] },
      ],
      preview: title,
      footnote: words("why"),
    }),
  };
}
