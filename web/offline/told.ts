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

/** What the house rings a device with. */
export interface Rung {
  title: string;
  body?: string;
  lang?: string;
  /** What it is known by: the same again is no second one. */
  tag?: string;
  /** Where it leads, in this house. */
  path?: string;
}
