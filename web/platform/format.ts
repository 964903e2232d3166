/** One of each language and way, kept: making one takes longer than rendering the sentence around it. */
function keeper<F>(make: (locale: string, options: object) => F) {
  const kept = new Map<string, F>();
  return (locale: string, options: object): F => {
    const key = `${locale} ${JSON.stringify(options)}`;
    let format = kept.get(key);
    if (!format) {
      // Zones and languages come from people; nobody may fill the memory with them.
      if (kept.size > 500) kept.clear();
      format = make(locale, options);
      kept.set(key, format);
    }
    return format;
  };
}

/** A formatter of dates. */
export const dateFormat: (locale: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat = keeper(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
);

/** A formatter of numbers. */
export const numberFormat: (locale: string, options: Intl.NumberFormatOptions) => Intl.NumberFormat = keeper(
  (locale, options) => new Intl.NumberFormat(locale, options),
);

/** Which form of a word goes with a number. */
export const pluralRules: (locale: string, options: Intl.PluralRulesOptions) => Intl.PluralRules = keeper(
  (locale, options) => new Intl.PluralRules(locale, options),
);
