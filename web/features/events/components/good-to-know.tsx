import type { ReactNode } from "react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";

/** What helps people tell beforehand whether it is for them; nothing where nothing of it was said. */
export function GoodToKnow({ event, language }: { event: EventView; language: string | null }) {
  const words = useWords("events.page");
  const fill = useFill();
  const lang = event.language;
  const lines: { name: string; says: ReactNode; lang?: string }[] = [
    { name: words.language, says: language },
    { name: words.age, says: event.minimumAge && fill(words.fromAge, { n: event.minimumAge }) },
    { name: words.accessibility, says: event.accessibility, lang },
    { name: words.conduct, says: event.conduct, lang },
    { name: words.contact, says: event.contact, lang },
  ].filter(({ says }) => says);
  if (lines.length === 0 && event.tags.length === 0) return null;
  return (
    <section aria-labelledby="good-to-know" className="grid gap-4">
      <h2 id="good-to-know">{words.goodToKnow}</h2>
      {lines.length > 0 && (
        <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-[minmax(8rem,auto)_1fr]">
          {lines.map(({ name, says, ...own }) => (
            <div key={name} className="sm:contents">
              <dt className="text-sm text-ink-soft">{name}</dt>
              <dd {...own} className="max-w-[62ch] wrap-anywhere whitespace-pre-line">
                {says}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {event.tags.length > 0 && (
        <ul aria-label={words.tags} className="flex flex-wrap gap-2">
          {event.tags.map((tag) => (
            <li key={tag} lang={event.language}>
              <a
                href={`/events?q=${encodeURIComponent(tag)}`}
                className="inline-flex min-h-8 items-center rounded-full border border-line px-3 text-sm text-ink-soft hover:border-edge hover:text-ink pointer-coarse:min-h-11"
              >
                {tag}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
