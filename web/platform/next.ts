import { languageParameter } from "#domain/language/choose.ts";

/** A path within this house, or the fallback: what stands in an address must never lead people elsewhere. */
export function localPath(value: unknown, fallback: string): string {
  if (typeof value !== "string" || !/^\/(?![/\\])/.test(value) || /[\\\s]/.test(value)) return fallback;
  return value;
}

/** Where a page about signing in leads on to: what its address says, in the language that it names. */
export function nextOf({ url }: Request): string {
  const asked = new URL(url).searchParams;
  const next = localPath(asked.get("next"), "");
  const language = asked.get(languageParameter);
  if (language === null) return next;
  const { pathname, searchParams, hash } = new URL(next || "/me", url);
  if (!searchParams.has(languageParameter)) searchParams.set(languageParameter, language);
  return localPath(`${pathname}?${searchParams}${hash}`, next);
}

/** As long as the contract takes it. */
const longestNext = 500;

/** The way in from a page, and back to just what was seen there. */
export function signInFrom({ pathname, search }: { pathname: string; search: string }): string {
  const here = pathname + search;
  return `/sign-in?next=${encodeURIComponent(here.length > longestNext ? pathname : here)}`;
}
