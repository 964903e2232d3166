import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Brings the link that signs in; where the address has no account, says so, to its mailbox alone. */
export function magicLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  url: string | undefined;
}): Letter {
  const { locale, publicUrl, to, url } = values;
  const part = url ? "magic" : "magicUnknown";
  const site = new URL(publicUrl).host;
  const words = (key: string) => say(locale, `identity.letters.${part}.${key}`, { name: to.name, site });
  return {
    kind: url ? "identity.magic" : "identity.magic_unknown",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello"),
        { action: { label: words("action"), url: url ?? `${publicUrl}/sign-up` } },
        ...(url ? [{ quiet: words("until") }] : []),
      ],
      footnote: words("footnote"),
    }),
  };
}
