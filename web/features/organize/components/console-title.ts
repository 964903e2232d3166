import type { EventView } from "#contract/events.ts";
import type { Part, Sentences } from "#web/platform/catalogue.ts";
import { fill } from "#web/platform/fill.ts";
import { said, type Words } from "#web/platform/words.ts";

type Titled = { [P in Part]: Sentences<P> extends { pageTitle: string } ? P : never }[Part];

interface Standing {
  loaderData: { words: Words<Part> } | undefined;
  matches: readonly ({ loaderData?: unknown } | undefined)[];
}

/** What stands in the tab of a page in an event's console: which event, and what of it. */
export const consoleTitle =
  (part: Titled) =>
  ({ loaderData, matches }: Standing) => {
    const found = matches.map((match) => (match?.loaderData as { event?: EventView } | undefined)?.event);
    const event = found.find((one) => one !== undefined);
    const sentence = (said(loaderData?.words) as Record<string, { pageTitle: string }> | undefined)?.[part];
    return event && sentence ? [{ title: fill(sentence.pageTitle, { title: event.title }, event.language) }] : [];
  };
