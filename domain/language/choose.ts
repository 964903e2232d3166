/** Names a language in an address: `/events?lang=de`, for a link that somebody sends. */
export const languageParameter = "lang";

/** Where a reader's language may be told, the nearest wish first. */
export interface Wishes {
  /** In the address of the page, since somebody sent just this. */
  address?: string | null;
  account?: string;
  /** What was chosen on this device. */
  cookie?: string;
  /** `Accept-Language`. */
  header?: string;
}

/** The language to speak with somebody: the first they wish for that is spoken here, else English. */
export function chooseLanguage(spoken: readonly string[], { address, account, cookie, header }: Wishes): string {
  const wanted = [address, account, cookie, ...acceptedIn(header ?? "")];
  for (const tag of wanted) {
    const found = tag && findSpoken(spoken, tag);
    if (found) return found;
  }
  return "en";
}

/** The language among these that is meant by a tag: itself, or the one that it is a kind of. */
export function findSpoken(spoken: readonly string[], tag: string): string | undefined {
  const wanted = tag.toLowerCase();
  return (
    spoken.find((one) => one.toLowerCase() === wanted) ??
    spoken.find((one) => one.toLowerCase() === wanted.split("-")[0])
  );
}

/**
 * Ways to write dates, times and numbers that differ from their language's own. A closed set: pages are kept for each, and
 * what readers send is theirs to choose.
 */
const regional = [...["de-AT", "de-CH"], ...["en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-NZ", "en-SG", "en-ZA"]];

/** How dates and numbers are written for somebody who reads a language: as in the region that their browser names first with it. */
export function chooseRegion(language: string, header: string): string {
  const named = acceptedIn(header)
    .map((tag) => tag.toLowerCase())
    .find((tag) => tag.startsWith(`${language}-`));
  return regional.find((one) => one.toLowerCase() === named) ?? language;
}

function acceptedIn(header: string): string[] {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.trim().split(/\s*;\s*q=/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** Whether a language is written from right to left. */
export const isRightToLeft = (tag: string): boolean => /^(ar|fa|he|ur)\b/.test(tag);
