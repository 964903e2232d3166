/** What a page tells the service worker. */
export interface Told {
  /** The account that looks, or that nobody known does. */
  who: string;
  lang: string;
  /** Paths of this person's own pages, to be kept for when there is no line. */
  pages?: readonly string[];
  /** These and no others. */
  isWhole?: boolean;
}
