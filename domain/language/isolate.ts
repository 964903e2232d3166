import { isRightToLeft } from "#domain/language/choose.ts";

/** Letters that run from right to left, and marks that turn what follows them. */
const turning =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202a-\u202e\u2066-\u2068\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * What somebody typed, as it stands in a sentence of ours: where it may run the other way it is set apart (FSI … PDI,
 * UAX 9), so that it turns around no number, sign or name beside it. What runs as the sentence does stays as it is.
 */
export const isolated = (text: string, locale: string): string =>
  text !== "" && (isRightToLeft(locale) || turning.test(text)) ? `\u2068${text}\u2069` : text;

/** A sentence of ours for what takes the way it runs from its first letter, though that may be of a name. */
export const running = (sentence: string, locale: string): string =>
  `${isRightToLeft(locale) ? "\u200f" : "\u200e"}${sentence}`;

/** The same sentence for where every sign counts and is kept: subjects, plain text. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");
