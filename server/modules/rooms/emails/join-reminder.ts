import { formatInstant } from "#domain/time/format.ts";
import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say, timeWords } from "#server/platform/words.ts";

interface Values {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  title: string;
  startTime: Date;
  timeZone: string;
  isLive: boolean;
  joinUrl: string;
}

/** The way in: a little before it begins, and when it has begun (source 003). */
export function joinReminder({
  locale,
  publicUrl,
  to,
  startTime,
  timeZone,
  isLive,
  joinUrl,
  ...values
}: Values): Letter {
  const title = unlinked(values.title);
  const name = isLive ? "live" : "soon";
  const words = (key: string, args?: Record<string, unknown>) => say(locale, `rooms.letters.${key}`, args);
  const when = formatInstant(startTime, timeZone, locale, timeWords(locale));
  return {
    kind: `rooms.${name}`,
    to,
    subject: words(`${name}Subject`, { title }),
    ...frame({
      locale,
      publicUrl,
      heading: words(`${name}Heading`, { title }),
      blocks: [
        words("hello", { name: unlinked(to.name) }),
        words(`${name}Text`, { title }),
        { facts: [[words("when"), when]] },
        { action: { label: words("join"), url: joinUrl } },
        { quiet: words("yours") },
      ],
    }),
  };
}
