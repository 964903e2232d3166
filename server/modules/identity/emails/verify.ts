import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Brings the link and the code that make an address somebody's own. */
export function verifyLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  url: string;
  code: string;
}): Letter {
  const { locale, publicUrl, to, url, code } = values;
  const words = (key: string, args?: Record<string, unknown>) => say(locale, `identity.letters.verify.${key}`, args);
  const site = new URL(publicUrl).host;
  return {
    kind: "identity.verify",
    to,
    subject: words("subject", { code }),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello", { name: unlinked(to.name), site }),
        { action: { label: words("action"), url } },
        words("code"),
        { code },
        { quiet: words("until") },
      ],
      footnote: words("footnote", { site: publicUrl }),
    }),
  };
}
