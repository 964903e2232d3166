import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Says that somebody's data lies ready; the link leads to a page that asks once more who they are. */
export function exportReadyLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
}): Letter {
  const { locale, publicUrl, to } = values;
  const words = (key: string) => say(locale, `privacy.letters.ready.${key}`, { name: to.name });
  return {
    kind: "privacy.export_ready",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [words("hello"), { action: { label: words("action"), url: `${publicUrl}/me/data` } }],
      footnote: words("footnote"),
    }),
  };
}
