import type { z } from "zod";

import type { ProblemCode } from "#contract/problems.ts";
import type { Input, Route } from "#contract/route.ts";

/** Who looks at a page, as far as its frame needs to know. */
export interface Viewer {
  userId: string;
  name: string;
  email: string;
  pictureUrl: string | null;
  isAdmin: boolean;
  organizes: boolean;
  /** How many notices wait; a hundred stands for all that are more. */
  unread: number;
}

/**
 * What the server hands to a page's loaders and actions, under the router-context key `requestContext` that
 * `web/entry.server.tsx` exports.
 */
export interface PageContext {
  /** The public API, in process, as the caller of this page. Refusals are thrown as objects with a `code`. */
  dispatch: <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    route: Route<P, Q, B, R>,
    input: Input<P, Q, B>,
    /** The `Idempotency-Key` that a form carries in a field, since it can send no header. */
    idempotencyKey?: string,
  ) => Promise<z.output<R>>;
  /** For inline scripts; absent in development. */
  nonce: string | undefined;
  /** The language of the words. */
  locale: string;
  /** The same as it is written where the reader is, `en-GB`: for dates, times and numbers. */
  region: string;
  /** The languages this installation speaks, to choose from. */
  locales: readonly string[];
  /** A sentence of `locales/`, by its full key, such as `events.page.seatsLeft`, with ICU arguments. */
  say: (key: string, args?: Record<string, unknown>) => string;
  /** All sentences under some keys, such as `events.page`, unfilled, as one JSON text. */
  sentences: (prefixes: readonly string[]) => string;
  viewer: Viewer | null;
  /** The address people use to reach this installation, without a slash at its end. */
  publicUrl: string;
  /** The name of this installation. */
  installation: string;
  now: Date;
  /** Takes a page's HTML, which then goes past the body of its answer: a stream of one piece would cost more than it carries. */
  handOver: (html: string) => void;
}

/** A refusal as pages see it: recognised by `code`, never by class, since bundles carry copies of classes. */
export interface Refusal {
  code: ProblemCode;
  message: string;
  details: Record<string, unknown>;
}

/** Keeps the language that was chosen on this device. */
export const languageCookie = "plenary_language";

/** Keeps how a reader wants pages to look: light, dark, or (when there is none) like their device. */
export const lookCookie = "plenary_look";
