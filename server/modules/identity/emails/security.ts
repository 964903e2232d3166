import { frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say } from "#server/platform/words.ts";

/** What has changed; each has its sentences in `identity.letters.security`. */
export type Change =
  | "passwordChanged"
  | "emailAsked"
  | "emailChanged"
  | "emailPutBack"
  | "factorAdded"
  | "factorRemoved"
  | "codesMade"
  | "codeUsed"
  | "passkeyAdded"
  | "passkeyRemoved"
  | "accountLinked"
  | "accountUnlinked"
  | "keyLinked"
  | "keyUnlinked";

type Snake<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : Text;

const kindOf = (change: Change) =>
  `identity.${change.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)}` as `identity.${Snake<Change>}`;

/** Tells the owner of an account that how it is signed in to has changed, in case it was not them. */
export function securityLetter(letter: {
  locale: string;
  publicUrl: string;
  to: { address: string; name: string };
  change: Change;
  values: Record<string, string>;
  /** What takes the change back. */
  undoUrl: string | undefined;
}): Letter {
  const { locale, publicUrl, to, change, undoUrl } = letter;
  const values = { ...letter.values, name: unlinked(to.name), site: new URL(publicUrl).host };
  const words = (key: string) => say(locale, `identity.letters.security.${key}`, values);
  return {
    kind: kindOf(change),
    to,
    subject: words(`${change}.subject`),
    ...frame({
      locale,
      publicUrl,
      heading: words(`${change}.subject`),
      blocks: [
        `${words("hello")}\n${words(`${change}.text`)}`,
        ...(undoUrl
          ? [
              words("undo.text"),
              { action: { label: words("undo.action"), url: undoUrl } },
              { quiet: words("undo.until") },
            ]
          : wayOut(letter, words)),
      ],
      footnote: words("footnote"),
    }),
  };
}

const wayOut = ({ change, publicUrl }: { change: Change; publicUrl: string }, words: (key: string) => string) =>
  // An address that was taken away opens nothing here any more.
  change === "emailChanged" || change === "emailPutBack"
    ? [words("notYours")]
    : [words("not"), { action: { label: words("action"), url: `${publicUrl}/forgot` } }];
