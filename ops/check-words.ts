import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
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
  const lacking = others.flatMap(([tag, language]) =>
    [...english.keys()].filter((key) => !language.has(key)).map((key) => `locales/${tag}: lacks ${key}`),
  );
  const broken = [...languages].flatMap(([tag, language]) =>
    [...language].flatMap(([key, sentence]) => {
      const problem = problemOf(tag, sentence);
      return problem ? [`locales/${tag}: ${key} cannot be filled (${problem})`] : [];
    }),
  );
  return [...missing, ...lacking, ...broken];
}

function problemOf(tag: string, sentence: string): string | undefined {
  try {
    new IntlMessageFormat(sentence, tag, undefined, { ignoreTag: true });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
