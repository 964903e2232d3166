import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Tells the owner of an account, and nobody else, that it is there already. */
export function accountKnownLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
}): Letter {
  const { locale, publicUrl, to } = values;
  const words = (key: string, args?: Record<string, unknown>) => say(locale, `identity.letters.known.${key}`, args);
  return {
    kind: "identity.account_known",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello", { name: to.name }),
        { action: { label: words("action"), url: `${publicUrl}/sign-in` } },
        { links: [{ label: words("forgot"), url: `${publicUrl}/forgot` }] },
      ],
    }),
  };
}
