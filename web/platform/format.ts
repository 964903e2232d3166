const kept = new Map<string, Intl.DateTimeFormat>();

/** A formatter of dates. Kept, since making one takes longer than rendering the sentence around it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const found = kept.get(key);
  if (found) return found;
  // Zones and languages come from people; nobody may fill the memory with them.
  if (kept.size > 500) kept.clear();
  const format = new Intl.DateTimeFormat(locale, options);
  kept.set(key, format);
  return format;
}
