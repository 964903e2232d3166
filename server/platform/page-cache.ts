import { randomBytes } from "node:crypto";

/** A page as it was rendered for a stranger, cut where each reader's own nonce goes. */
export interface KeptPage {
  version: string;
  pieces: string[];
  headers: [string, string][];
}

/**
 * Stands in a kept page where a nonce goes, so that no two readers get the same one. Nobody outside can know it, so
 * nothing that people write can smuggle a nonce of its own into a page.
 */
export const nonceMark = `mark-${randomBytes(18).toString("base64url")}`;

const most = 1000;
const pages = new Map<string, KeptPage>();

/** The page kept for this key, if it was rendered from what is still true. */
export function findKept(key: string, version: string): KeptPage | undefined {
  const page = pages.get(key);
  if (page?.version !== version) return undefined;
  // The least recently read goes first.
  pages.delete(key);
  pages.set(key, page);
  return page;
}

export function keep(key: string, page: KeptPage): void {
  pages.delete(key);
  pages.set(key, page);
  for (const oldest of pages.keys()) {
    if (pages.size <= most) break;
    pages.delete(oldest);
  }
}

const mostAsked = 20_000;
const longestAsked = 500;
const asked = new Set<string>();

/** Whether somebody asked for this key not long ago; from now on somebody has. */
export function wasAsked(key: string): boolean {
  if (asked.has(key)) return true;
  if (key.length > longestAsked) return false;
  if (asked.size >= mostAsked) asked.clear();
  asked.add(key);
  return false;
}
