import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import i18next, { type i18n } from "i18next";
import ICU from "i18next-icu";

import { isolated } from "#domain/language/isolate.ts";
import type { TimeWords } from "#domain/time/format.ts";
import { houseMark } from "#server/platform/house.ts";
import { mirrorLocale, mirrorSentence } from "#server/platform/mirror.ts";

const folder = join(import.meta.dirname, "../../locales");

/** The languages that have a folder in `locales/`. */
export const locales: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

type Sentences = { [key: string]: string | Sentences };

const catalogue: Record<string, Sentences> = Object.fromEntries(
  locales.map((locale) => [locale, readSentences(locale)]),
);

function readSentences(locale: string): Sentences {
  return Object.fromEntries(
    readdirSync(join(folder, locale))
      .filter((file) => file.endsWith(".json"))
      .map((file) => [
        basename(file, ".json"),
        JSON.parse(readFileSync(join(folder, locale, file), "utf8")) as Sentences,
      ]),
  );
}

const translator: i18n = i18next.createInstance().use(new ICU());
await translator.init({
  fallbackLng: "en",
  supportedLngs: [...locales, mirrorLocale],
  resources: Object.fromEntries(locales.map((locale) => [locale, { translation: catalogue[locale] ?? {} }])),
  returnNull: false,
});

/**
 * A sentence in a language, by its full key (`events.page.seatsLeft`), with ICU arguments. Where it names the house and
 * no name is given, a mark stands that `post` replaces.
 */
export function say(locale: string, key: string, args: Record<string, unknown> = {}): string {
  if (locale === mirrorLocale) mirror();
  const filled: Record<string, unknown> = { house: houseMark, ...args };
  for (const [name, value] of Object.entries(filled)) filled[name] = put(name, value, locale);
  return translator.getFixedT(locale)(key, filled);
}

/** Names stand apart where they run the other way; what chooses a branch is a word of ours. */
const put = (name: string, value: unknown, locale: string): unknown =>
  typeof value !== "string" || name === "defaultValue" || /^[a-z_]+$/.test(value) ? value : isolated(value, locale);

/** Made when somebody looks into it, which no visitor does. */
function mirror(): void {
  if (catalogue[mirrorLocale]) return;
  catalogue[mirrorLocale] = mirrored(catalogue.en ?? {});
  translator.addResourceBundle(mirrorLocale, "translation", catalogue[mirrorLocale]);
}

const mirrored = (sentences: Sentences): Sentences =>
  Object.fromEntries(
    Object.entries(sentences).map(([key, one]) => [key, typeof one === "string" ? mirrorSentence(one) : mirrored(one)]),
  );

/** The words that go with times in letters. */
export const timeWords = (locale: string): TimeWords => ({
  zone: (city) => say(locale, "letters.time.zone", { city }),
  moment: (when) => say(locale, "letters.time.moment", { when }),
  allDay: say(locale, "letters.time.allDay"),
});

/** All sentences under a key, unfilled but for the name of the house; what a language lacks is there in English. */
export function sentences(locale: string, prefix: string, house: string): Sentences {
  if (locale === mirrorLocale) mirror();
  return naming({ ...under("en", prefix), ...under(locale, prefix) }, house);
}

const written = new Map<string, string>();

/** The sentences under several keys, by key, as one JSON text. */
export function sentencesText(locale: string, prefixes: readonly string[], house: string): string {
  const key = [locale, ...prefixes, house].join(" ");
  const found =
    written.get(key) ??
    JSON.stringify(Object.fromEntries(prefixes.map((prefix) => [prefix, sentences(locale, prefix, house)])));
  written.set(key, found);
  return found;
}

// Braces would be places to fill.
const naming = (part: Sentences, house: string): Sentences =>
  Object.fromEntries(
    Object.entries(part).map(([key, one]) => [
      key,
      typeof one === "string"
        ? one.replaceAll("{house}", () => isolated(house.replace(/[{}]/g, ""), "en"))
        : naming(one, house),
    ]),
  );

function under(locale: string, prefix: string): Sentences {
  let at: string | Sentences | undefined = catalogue[locale];
  for (const part of prefix.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "object" ? at : {};
}
