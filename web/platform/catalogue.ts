import type api from "#locales/en/api.json";
import type events from "#locales/en/events.json";
import type home from "#locales/en/home.json";
import type shell from "#locales/en/shell.json";
import type ui from "#locales/en/ui.json";

/** Every sentence file a page may ask for: one line for each noun. Types only, the sentences come with the loader's data. */
export interface Catalogue {
  api: typeof api;
  events: typeof events;
  home: typeof home;
  shell: typeof shell;
  ui: typeof ui;
}

type PartsOf<Noun extends keyof Catalogue> = `${Noun}.${keyof Catalogue[Noun] & string}`;

/** A part of a noun's sentences, such as `events.page`. */
export type Part = { [Noun in keyof Catalogue]: PartsOf<Noun> }[keyof Catalogue];

/** The sentences of a part, by their keys. */
export type Sentences<P extends Part> = P extends `${infer Noun extends keyof Catalogue}.${infer Rest}`
  ? Rest extends keyof Catalogue[Noun]
    ? Catalogue[Noun][Rest]
    : never
  : never;
