const mostWords = 8;

/** The words that somebody looks for: letters and digits of any script, the rest is not asked for. */
export const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, mostWords).map((word) => word.slice(0, 40));

/** A word that was typed, with all that may stand for it in what is searched. */
export interface SearchedWord {
  word: string;
  begun: readonly string[];
  stems: readonly string[];
  isEmpty: boolean;
  alike: readonly string[];
}

/** What a text is searched as. */
export interface Reading {
  /** For each word, all that may stand for it. */
  words: readonly (readonly string[])[];
  /** The text with its unknown words replaced by the likeliest known ones; null where all are known, or none is alike. */
  instead: string | null;
  /** A word that nobody wrote and that looks like no other: nothing can be found. */
  isHopeless: boolean;
}

/**
 * Reads a typed text word by word: each stands for itself, for what begins like it and for its stems; one that nobody
 * wrote stands for the likeliest that somebody did. Words that say nothing count only where there are no others.
 */
export function readWords(typed: readonly SearchedWord[]): Reading {
  const telling = typed.filter(({ isEmpty }) => !isEmpty);
  const meant = telling.length > 0 ? telling : typed;
  const read = meant.map((one) => {
    const isKnown = one.begun.length > 0 || one.stems.length > 0;
    return isKnown ? { says: one.word, for: [...one.begun, ...one.stems] } : { says: one.alike[0], for: one.alike };
  });
  const isMended = read.some(({ says }, at) => says !== meant[at]?.word);
  const isHopeless = read.some(({ says }) => says === undefined);
  return {
    words: isHopeless ? [] : read.map((one) => one.for),
    instead: isMended && !isHopeless ? read.map(({ says }) => says).join(" ") : null,
    isHopeless,
  };
}

/** A word as PostgreSQL's `tsquery` reads it literally. */
export const lexeme = (text: string): string => `'${text.replace(/['\\]/g, "$&$&")}'`;

/** All of them. */
export const allOf = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => `(${part})`)
    .join(" & ");

/** One of them, each marked with what part of an event it stands in: nothing, `^` for the title, `@` for the place. */
export const anyOf = (words: readonly string[], mark: "" | "^" | "@" = ""): string =>
  words.map((word) => lexeme(mark + word)).join(" | ");
