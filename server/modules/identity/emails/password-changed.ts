import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Tells the owner of an account that its password is another one now, in case it was not them. */
export function passwordChangedLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
}): Letter {
  const { locale, publicUrl, to } = values;
  const words = (key: string, args?: Record<string, unknown>) => say(locale, `identity.letters.changed.${key}`, args);
  return {
    kind: "identity.password_changed",
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello", { name: to.name }),
        words("not"),
        { action: { label: words("action"), url: `${publicUrl}/forgot` } },
      ],
    }),
  };
}
