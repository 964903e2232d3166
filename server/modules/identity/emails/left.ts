import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** The last letter to an account: that it is gone. */
export function leftLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
}): Letter {
  const { locale, publicUrl, to } = values;
  const site = new URL(publicUrl).host;
  const words = (key: string) => say(locale, `privacy.letters.left.${key}`, { name: to.name, site });
  return {
    kind: "identity.left",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [words("hello"), words("kept")],
      footnote: words("footnote"),
    }),
  };
}
