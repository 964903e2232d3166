import { kept } from "#web/platform/kept.ts";

// Making a formatter takes longer than rendering the sentence around it.

/** A formatter of dates. */
export const dateFormat: (locale: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat = kept(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
);

/** From when to when, said once what both have in common. Writing a span takes as long as rendering fifty elements. */
export const spanText: (locale: string, options: Intl.DateTimeFormatOptions, start: string, end: string) => string =
  kept((locale, options, start, end) =>
    onOneLine(dateFormat(locale, options).formatRange(new Date(start), new Date(end))),
  );

/** No line ends between an hour and its half of the day. */
export const onOneLine = (text: string) => text.replace(/\s(?=[AP]M|Uhr)/g, "\u00a0");

/** A formatter of numbers. */
export const numberFormat: (locale: string, options: Intl.NumberFormatOptions) => Intl.NumberFormat = kept(
  (locale, options) => new Intl.NumberFormat(locale, options),
);

/** Which form of a word goes with a number. */
export const pluralRules: (locale: string, options: Intl.PluralRulesOptions) => Intl.PluralRules = kept(
  (locale, options) => new Intl.PluralRules(locale, options),
);
