import { type Category, type EventCard, EventQuery, events } from "#contract/events.ts";
import type { SetFilter } from "#web/features/events/components/event-filters.tsx";
import { isWhen, spanOf } from "#web/features/events/components/reader-days.tsx";
import { call } from "#web/platform/api.ts";
import type { Sentences } from "#web/platform/catalogue.ts";

/** The words in the address of `/events` that narrow what is shown, in the order in which people think of them. */
export const narrowing = [
  "q",
  "place",
  "on",
  "when",
  "from",
  "until",
  "format",
  "price",
  "language",
  "category",
] as const;

/** What an address asks for; what makes no sense in it is left out, since people edit addresses by hand. */
export function queryFrom(asked: URLSearchParams, timezone: string, now: Date): EventQuery {
  const when = asked.get("when");
  const q = asked.get("q")?.trim().slice(0, 200) || undefined;
  const given = {
    q,
    place: asked.get("place")?.trim().slice(0, 120),
    format: asked.get("format"),
    category: asked.get("category"),
    price: asked.get("price"),
    language: asked.get("language"),
    on_now: asked.get("on") === "now" ? "true" : undefined,
    sort: asked.get("sort") ?? (q ? "relevance" : undefined),
    cursor: asked.get("cursor"),
    start_date: asked.get("from"),
    end_date: asked.get("until"),
    ...(isWhen(when) ? spanOf(when, now, timezone) : {}),
  };
  const sensible = Object.entries(given).filter(
    ([name, value]) => value && EventQuery.safeParse({ timezone, [name]: value }).success,
  );
  return EventQuery.parse({ timezone, ...Object.fromEntries(sensible) });
}

const languages = ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr", "uk"];

// Named by the server: browsers have other names for some, and both must paint the same.
// By its first part: what follows may have any shape, and names are refused to what makes no sense.
export const nameOfLanguage = (locale: string, code: string) =>
  new Intl.DisplayNames([locale], { type: "language" }).of(code.split("-")[0] ?? code) ?? code;

/** The languages to choose from, by their names in the reader's. */
export const spokenIn = (locale: string) => languages.map((code) => ({ code, name: nameOfLanguage(locale, code) }));

interface Naming {
  words: Sentences<"events.list">;
  categories: readonly Category[];
  locale: string;
}

const put = (sentence: string, name: string, value: string) => sentence.replace(`{${name}}`, () => value);

/** What narrows the list, in words. */
export function setFilters(query: EventQuery, asked: URLSearchParams, naming: Naming): SetFilter[] {
  const { words, categories, locale } = naming;
  const dayOf = (day: string) => new Date(day).toLocaleDateString(locale, { dateStyle: "medium", timeZone: "UTC" });
  const when = asked.get("when");
  const isSpan = isWhen(when);
  const formats = { virtual: words.online, in_person: words.inPerson, hybrid: words.both };
  const { q, place, start_date: first, end_date: last, format, price, language, category } = query;
  const says: Record<(typeof narrowing)[number], string | false | undefined> = {
    q: q && put(words.saying, "words", q),
    place: place && put(words.inPlace, "place", place),
    on: query.on_now && words.onNow,
    when: isSpan && words[when],
    from: !isSpan && first && put(words.fromDay, "day", dayOf(first)),
    until: !isSpan && last && put(words.untilDay, "day", dayOf(last)),
    format: format && formats[format],
    price: price && words[price],
    language: language && put(words.inLanguage, "language", nameOfLanguage(locale, language)),
    category: category && (categories.find(({ slug }) => slug === category)?.name ?? category),
  };
  return narrowing.flatMap((name) => (says[name] ? [{ name, says: says[name] }] : []));
}

/** Some events of one kind, and the address where they all are. */
export interface ShelfOf {
  id: string;
  title: string;
  items: EventCard[];
  to: string;
  all: string;
}

const onShelf = 3;

/** What is on now, what is near, each once, and something of each kind that fills a shelf; empty shelves are left out. */
export async function shelvesOf(
  context: Parameters<typeof call>[0],
  { words, categories }: Pick<Naming, "words" | "categories">,
  timezone: string,
  now: Date,
  near = "",
): Promise<ShelfOf[]> {
  const week = spanOf("week", now, timezone);
  const tomorrow = Temporal.PlainDate.from(week.start_date).add({ days: 1 }).toString();
  const kinds: (Omit<ShelfOf, "items"> & { query: object; limit?: number })[] = [
    {
      id: "now",
      title: words.onlineNow,
      all: words.allNow,
      to: "?on=now&format=virtual",
      query: { format: "virtual", on_now: "true" },
    },
    {
      id: "today",
      title: words.todayTitle,
      all: words.allToday,
      to: "?when=today",
      query: spanOf("today", now, timezone),
    },
    ...(near
      ? [
          {
            id: "near",
            title: put(words.nearTitle, "place", near),
            all: put(words.allNear, "place", near),
            to: `?place=${encodeURIComponent(near)}`,
            query: { place: near },
          },
        ]
      : []),
    {
      id: "week",
      title: words.thisWeek,
      all: words.allWeek,
      to: "?when=week",
      query: { ...week, start_date: tomorrow },
      limit: 2 * onShelf,
    },
    ...categories.map(({ slug, name }) => ({
      id: slug,
      title: name,
      all: words.allIn.replace("{category}", () => name),
      to: `?category=${slug}`,
      query: { category: slug },
    })),
  ];
  const found = await Promise.all(
    kinds.map(async ({ query, limit = onShelf, ...shelf }) => {
      // As many more as the shelves above may hold already.
      const { items } = await call(context, events.list, { query: { ...query, timezone, limit: limit + 2 * onShelf } });
      return { ...shelf, items, limit };
    }),
  );
  const isKind = (id: string) => categories.some(({ slug }) => slug === id);
  const seen = new Set<string>();
  const shelves = found.map(({ items, limit, ...shelf }) => {
    const fresh = isKind(shelf.id) ? items : items.filter(({ slug }) => !seen.has(slug));
    const shown = fresh.slice(0, limit);
    for (const { slug } of shown) seen.add(slug);
    return { ...shelf, items: shown };
  });
  return shelves.filter(({ id, items }) => items.length >= (isKind(id) ? onShelf : 1));
}
