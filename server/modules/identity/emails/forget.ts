import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Brings a guest the link that makes the house forget them; where the address has an account, says how to delete that. */
export function forgetLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  url: string | undefined;
}): Letter {
  const { locale, publicUrl, to, url } = values;
  const part = url ? "forget" : "forgetAccount";
  const site = new URL(publicUrl).host;
  const words = (key: string) => say(locale, `privacy.letters.${part}.${key}`, { name: to.name, site });
  return {
    kind: url ? "identity.forget" : "identity.forget_account",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [words("hello"), { action: { label: words("action"), url: url ?? `${publicUrl}/me/data/delete` } }],
      footnote: words("footnote"),
    }),
  };
}
