import { frame } from "#server/platform/letter-frame.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** Brings the link to a new password; where the address has no account, says so, to its mailbox alone. */
export function resetLetter(values: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  url: string | undefined;
}): Letter {
  const { locale, publicUrl, to, url } = values;
  const part = url ? "reset" : "unknown";
  const words = (key: string, args?: Record<string, unknown>) => say(locale, `identity.letters.${part}.${key}`, args);
  const site = new URL(publicUrl).host;
  return {
    kind: `identity.${part}`,
    to,
    subject: words("subject", { site }),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [
        words("hello", { name: to.name, site }),
        { action: { label: words("action"), url: url ?? `${publicUrl}/sign-up` } },
        ...(url ? [{ quiet: words("until") }] : []),
      ],
      footnote: words("footnote", { site: publicUrl }),
    }),
  };
}
