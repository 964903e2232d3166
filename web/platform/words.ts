import { createContext, createElement, type ReactNode, useCallback, useContext, useMemo } from "react";
import { type RouterContextProvider, useMatches, useRouteLoaderData } from "react-router";

import { isolated } from "#domain/language/isolate.ts";
import type { Part, Sentences } from "#web/platform/catalogue.ts";
import { fill, type Values } from "#web/platform/fill.ts";
import { yearOf } from "#web/platform/format.ts";
import { requestContext } from "#web/platform/request.ts";

/** The sentences of some parts, as a loader hands them over: in one text, since hundreds cost more than all else it says. */
export type Words<P extends Part> = string & { readonly of?: P };

type Spoken<P extends Part> = { [One in P]: Sentences<One> };

/** The sentences a page needs, for its loader to hand over as `words`. */
export const words = <P extends Part>(context: Readonly<RouterContextProvider>, parts: readonly P[]): Words<P> =>
  context.get(requestContext).sentences(parts);

const read = new Map<string, Spoken<never>>();

/** What was handed over, by its parts. */
export function said<P extends Part>(words: Words<P>): Spoken<P>;
export function said<P extends Part>(words: Words<P> | undefined): Spoken<P> | undefined;
export function said(words: string | undefined): Spoken<never> | undefined {
  if (words === undefined) return undefined;
  const spoken = read.get(words) ?? JSON.parse(words);
  read.set(words, spoken);
  return spoken;
}

const Handed = createContext<Partial<Record<Part, unknown>>>({});

/** Gathers what the loaders of a page hand over, once for all who speak in it. */
export function WordsOfPage({ children }: { children: ReactNode }): ReactNode {
  const matches = useMatches();
  const handed = useMemo(
    () =>
      Object.assign(
        {},
        ...matches.map(({ loaderData }) => said((loaderData as { words?: string } | undefined)?.words)),
      ),
    [matches],
  );
  return createElement(Handed, { value: handed }, children);
}

/**
 * The sentences of a part, wherever in the page one stands: some loader above must have handed them over.
 *
 * Throws when none has, since a page without its words is a mistake of ours.
 */
export function useWords<P extends Part>(part: P): Sentences<P> {
  const found = useContext(Handed)[part];
  if (found) return found as Sentences<P>;
  throw new Error(`No loader of this page hands over words("${part}")`);
}

/** The reader's language as it is written where they are, `en-GB`: for dates, times, numbers and names. */
export function useLocale(): string {
  return useRouteLoaderData<{ region: string }>("root")?.region ?? "en";
}

/** What a formatter must be told besides, so that dates of another year than this one say theirs. */
export function useYear(): (timeZone: string, ...dates: readonly (string | number)[]) => { year?: "numeric" } {
  const now = useRouteLoaderData<{ now: string }>("root")?.now;
  return (timeZone, ...dates) => (now === undefined ? {} : yearOf(now, timeZone, ...dates));
}

/** `fill` in the reader's language, for what is read on the page: names stand apart where they run the other way. */
export function useFill(): (sentence: string, values: Values) => string {
  const locale = useLocale();
  return useCallback((sentence, values) => fill(sentence, values, locale, (text) => isolated(text, locale)), [locale]);
}
