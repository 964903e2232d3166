import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Brings the link that makes an address somebody's new one; where it has an account already, says so to its mailbox alone. */
export function emailChangeLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  url: string | undefined;
}): Letter {
  const { locale, publicUrl, to, url } = values;
  const part = url ? "emailChange" : "emailTaken";
  const site = new URL(publicUrl).host;
  const words = (key: string) => say(locale, `identity.letters.${part}.${key}`, { name: to.name, site });
  return {
    kind: url ? "identity.email_change" : "identity.email_taken",
    // Whoever reads a stranger's mailbox shall not learn the asker's name.
    to: url ? to : { address: to.address, name: "" },
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello"),
        { action: { label: words("action"), url: url ?? `${publicUrl}/sign-in` } },
        ...(url ? [{ quiet: words("until") }] : []),
      ],
      footnote: words("footnote"),
    }),
  };
}
