import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import i18next, { type i18n } from "i18next";
import ICU from "i18next-icu";

import type { TimeWords } from "#domain/time/format.ts";

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
  supportedLngs: [...locales],
  resources: Object.fromEntries(locales.map((locale) => [locale, { translation: catalogue[locale] ?? {} }])),
  returnNull: false,
});

/** A sentence in a language, by its full key (`events.page.seatsLeft`), with ICU arguments. */
export function say(locale: string, key: string, args: Record<string, unknown> = {}): string {
  return translator.getFixedT(locale)(key, args);
}

/** The words that go with times in letters. */
export const timeWords = (locale: string): TimeWords => ({
  zone: (city) => say(locale, "letters.time.zone", { city }),
  allDay: say(locale, "letters.time.allDay"),
});

const gathered = new Map<string, Sentences>();

/** All sentences under a key, unfilled; what a language lacks is there in English. */
export function sentences(locale: string, prefix: string): Sentences {
  const key = `${locale} ${prefix}`;
  const found = gathered.get(key) ?? { ...under("en", prefix), ...under(locale, prefix) };
  gathered.set(key, found);
  return found;
}

function under(locale: string, prefix: string): Sentences {
  let at: string | Sentences | undefined = catalogue[locale];
  for (const part of prefix.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "object" ? at : {};
}

/** The best language we have for an `Accept-Language` header. */
export function chooseLocale(header: string | undefined): string {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", q] = part.trim().split(";q=");
      return { tag: tag.toLowerCase(), q: q ? Number(q) : 1 };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    const found = locales.find((locale) => locale === tag || locale === tag.split("-")[0]);
    if (found) return found;
  }
  return "en";
}
