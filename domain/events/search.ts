const mostWords = 8;

/** The words that somebody looks for: letters and digits of any script, the rest is not asked for. */
export const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, mostWords).map((word) => word.slice(0, 40));
