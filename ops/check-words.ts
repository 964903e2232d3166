import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";

import type { Source } from "#ops/sources.ts";

/** One language: each sentence by its full key. */
export type Language = ReadonlyMap<string, string>;

const folder = join(import.meta.dirname, "../locales");

export function readLanguages(): Map<string, Language> {
  const tags = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(tags.map(({ name }) => [name, readLanguage(join(folder, name))]));
}

function readLanguage(path: string): Language {
  const files = readdirSync(path).filter((file) => file.endsWith(".json"));
  return new Map(
    files.flatMap((file) => [...flat(basename(file, ".json"), JSON.parse(readFileSync(join(path, file), "utf8")))]),
  );
}

function* flat(prefix: string, value: unknown): Generator<[string, string]> {
  if (typeof value === "string") yield [prefix, value];
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* flat(`${prefix}.${key}`, inner);
  }
}

const asked = /\bsay\(\s*(?:[\w.]+,\s*)?"([a-z][\w]*(?:\.[\w]+)+)"/g;

/** What is wrong with the words: keys that nobody wrote, sentences that cannot be filled, languages that lack some. */
export function wrongWords(languages: ReadonlyMap<string, Language>, files: readonly Source[]): string[] {
  const english = languages.get("en") ?? new Map<string, string>();
  const missing = files.flatMap(({ path, text }) =>
    [...text.matchAll(asked)]
      .filter(([, key = ""]) => !english.has(key))
      .map(([, key]) => `${path}: says ${key}, which locales/en does not have`),
  );
  const others = [...languages].filter(([tag]) => tag !== "en");
  const differing = others.flatMap(([tag, language]) =>
    differences(english, language).map((problem) => `locales/${tag}: ${problem}`),
  );
  const broken = [...languages].flatMap(([tag, language]) =>
    [...language].flatMap(([key, sentence]) => {
      const problem = problemOf(tag, sentence);
      return problem ? [`locales/${tag}: ${key} cannot be filled (${problem})`] : [];
    }),
  );
  return [...missing, ...differing, ...broken];
}

/** What a language lacks of English, has beyond it, or would fill differently. */
function differences(english: Language, language: Language): string[] {
  const lacking = [...english.keys()].filter((key) => !language.has(key)).map((key) => `lacks ${key}`);
  const idle = [...language.keys()].filter((key) => !english.has(key)).map((key) => `${key} is not in locales/en`);
  const copied = [...english]
    .filter(([key, sentence]) => language.get(key) === sentence && wordsIn(sentence).some((word) => !alike.has(word)))
    .map(([key]) => `${key} is still in English`);
  const unlike = [...english].flatMap(([key, sentence]) => {
    const [ours, theirs] = [placesIn(sentence), placesIn(language.get(key) ?? sentence)];
    return ours === theirs ? [] : [`${key} has the places ${theirs || "none"}, in English ${ours || "none"}`];
  });
  return [...lacking, ...idle, ...copied, ...unlike];
}

/** Names, and words that are written alike in the languages we have. */
const alike = new Set(
  (
    "ada admin admins agenda am bluesky body chat code facebook feed google https in indigo installation kb limits linkedin " +
    "live lovelace name node online outlook passkeys person plenary pm postgresql push redis status system team test text " +
    "ticket tickets website whatsapp workshop"
  ).split(" "),
);

/** The words of a sentence, without what it is filled with. */
function wordsIn(sentence: string): string[] {
  const literals = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal) return [element.value];
      if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
      return Object.values(element.options).flatMap(({ value }) => literals(value));
    });
  try {
    const text = literals(parse(sentence, { ignoreTag: true }))
      .join(" ")
      .toLowerCase();
    return text.match(/\p{L}{2,}/gu) ?? [];
  } catch {
    return []; // It is told of as one that cannot be filled.
  }
}

/** What a sentence is filled with, by name, and between what it chooses; how it counts is each language's own. */
function placesIn(sentence: string): string {
  try {
    return [...new Set(parse(sentence, { ignoreTag: true }).flatMap(places))].sort().join(", ");
  } catch {
    return "";
  }
}

function places(element: MessageFormatElement): string[] {
  if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) return [];
  if (element.type !== TYPE.select && element.type !== TYPE.plural) return [element.value];
  const inner = Object.values(element.options).flatMap(({ value }) => value.flatMap(places));
  const choices = element.type === TYPE.select ? `(${Object.keys(element.options).sort().join("|")})` : "";
  return [element.value + choices, ...inner];
}

function problemOf(tag: string, sentence: string): string | undefined {
  try {
    new IntlMessageFormat(sentence, tag, undefined, { ignoreTag: true });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
