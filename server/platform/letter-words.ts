import { type Block, frame } from "#server/platform/letter-frame.ts";
import type { Letter, LetterKind } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** A name or a title as letters say it: what looks like a web address in it becomes no link in a mailbox. */
export const unlinked = (text: string): string => text.replace(/\.(?=\p{L}{2})|:(?=\/\/)/gu, "$&\u2060");

/** To whom a letter goes, and in which language. */
export interface Addressed {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
}

/**
 * A letter whose sentences all stand below one key (`subject`, `heading`, `hello`, `footnote`) and know `{name}` and `{site}`;
 * between the greeting and the footnote lie `blocks`. Without a footnote of its own it says that the address was used here.
 */
export function wordedLetter(
  { locale, publicUrl, to }: Addressed,
  letter: { kind: LetterKind; key: string; blocks: (words: (key: string) => string) => Block[]; hasFootnote?: boolean },
): Letter {
  const site = new URL(publicUrl).host;
  const words = (key: string) => say(locale, `${letter.key}.${key}`, { name: unlinked(to.name), site });
  return {
    kind: letter.kind,
    to,
    subject: words("subject"),
    ...frame({
      locale,
      publicUrl,
      heading: words("heading"),
      blocks: [words("hello"), ...letter.blocks(words)],
      ...(letter.hasFootnote !== false && { footnote: words("footnote") }),
    }),
  };
}
