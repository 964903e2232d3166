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

/**
 * No line ends between an hour and its half of the day, a day and its month, or two hours or two days of a span; a longer
 * span may be broken behind its dash, which never begins a line.
 */
export const onOneLine = (text: string) =>
  text
    .replace(/\s(?=[AP]M\b|[ap]\.?m\b|Uhr)/g, "\u00a0")
    .replace(/(?<=\b\d{1,2}\.?)\s(?=\p{L}{3})|(?<=\p{L}{3})\s(?=\d{1,2}\b(?!:))/gu, "\u00a0")
    .replace(/(?<=\d\.?)\s?–\s?(?=\d)/g, (dash) => `${dash.replaceAll(/\s/g, "\u00a0")}\u2060`)
    .replace(/\s–/g, "\u00a0–")
    // A weekday stays with its day where it is short, and where the line may end before it.
    .replace(/(?<=(?<!\p{L})\p{L}{2,4}\.?,)\s(?=\d{1,2}(?:\.|\s\p{L})|\p{L}{3})/gu, "\u00a0")
    .replace(/(?<=–\s?\p{L}+\.?,?)\s(?=\d{1,2}(?!:)|\p{L})/gu, "\u00a0");

/** The year of dates that lie in another than it is now where they are, to be said with them: "3 Jan" alone is the next. */
export const yearOf = (now: string, timeZone: string, ...dates: readonly (string | number)[]): { year?: "numeric" } => {
  const year = dateFormat("en", { year: "numeric", timeZone });
  const present = year.format(new Date(now));
  return dates.every((date) => year.format(new Date(date)) === present) ? {} : { year: "numeric" };
};

/** A formatter of numbers. */
export const numberFormat: (locale: string, options: Intl.NumberFormatOptions) => Intl.NumberFormat = kept(
  (locale, options) => new Intl.NumberFormat(locale, options),
);

/** Which form of a word goes with a number. */
export const pluralRules: (locale: string, options: Intl.PluralRulesOptions) => Intl.PluralRules = kept(
  (locale, options) => new Intl.PluralRules(locale, options),
);
