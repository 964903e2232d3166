import type { ReactNode } from "react";

import { type EventCard as Event, EventQuery, events } from "#contract/events.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { EventFilters } from "#web/features/events/components/event-filters.tsx";
import { isWhen, RememberZone, spanOf, zoneOf } from "#web/features/events/components/reader-days.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More, SearchField } from "#web/ui/list.tsx";
import { WidePage } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";

import type { Route } from "./+types/events-page";

const week = 7 * 86_400_000;
const few = 6;

export async function loader({ context, request }: Route.LoaderArgs) {
  const { now, publicUrl } = pageOf(context);
  const asked = new URL(request.url).searchParams;
  const [found, categories] = await Promise.all([
    call(context, events.list, { query: queryFrom(asked, zoneOf(request), now) }),
    call(context, events.categories, {}),
  ]);
  const isNarrowed = ["q", "when", "format", "category", "sort", "cursor"].some((name) => asked.has(name));
  return {
    ...found,
    categories: categories.items,
    // A few things stand better together than each on a shelf of its own.
    shelves: isNarrowed || found.items.length <= few ? null : shelvesOf(found.items, now),
    isNarrowed,
    canonical: `${publicUrl}/events`,
    words: words(context, ["events.list", "events.card"]),
  };
}

/** What an address asks for; what makes no sense in it is left out, since people edit addresses by hand. */
function queryFrom(asked: URLSearchParams, timezone: string, now: Date): EventQuery {
  const when = asked.get("when");
  const given = {
    timezone,
    q: asked.get("q") || undefined,
    format: asked.get("format") ?? undefined,
    category: asked.get("category") ?? undefined,
    sort: asked.get("sort") ?? undefined,
    cursor: asked.get("cursor") ?? undefined,
    ...(isWhen(when) ? spanOf(when, now, timezone) : {}),
  };
  const read = EventQuery.safeParse(given);
  return read.success ? read.data : EventQuery.parse({ q: given.q?.slice(0, 200), timezone });
}

/** What is on now, what is near, and the rest: in the order in which they come. */
function shelvesOf(items: readonly Event[], now: Date) {
  const isNear = ({ startTime }: Event) => new Date(startTime ?? 0).getTime() < now.getTime() + week;
  return {
    live: items.filter(({ isLive }) => isLive),
    thisWeek: items.filter((event) => !event.isLive && isNear(event)),
    later: items.filter((event) => !event.isLive && !isNear(event)),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const words = loaderData?.words["events.list"];
  return [
    { title: words?.pageTitle },
    { name: "description", content: words?.description },
    { tagName: "link", rel: "canonical", href: loaderData?.canonical },
    ...(loaderData?.isNarrowed ? [{ name: "robots", content: "noindex" }] : []),
  ];
};

export default function EventsPage({ loaderData }: Route.ComponentProps) {
  const { items, categories, shelves, nextCursor } = loaderData;
  const words = useWords("events.list");
  return (
    <WidePage>
      <RememberZone />
      <header className="mb-8 grid grid-cols-1 gap-6">
        <div className="grid gap-2">
          <h1>{words.title}</h1>
          <p className="text-base text-ink-soft">{words.lead}</p>
        </div>
        <SearchField label={words.search} placeholder={words.searchHint} size="lg" />
        <EventFilters categories={categories} />
      </header>
      {items.length === 0 ? (
        <Nothing isNarrowed={loaderData.isNarrowed} />
      ) : shelves ? (
        (["live", "thisWeek", "later"] as const).map((shelf) => (
          <Shelf key={shelf} id={shelf} title={words[shelf]} events={shelves[shelf]} />
        ))
      ) : (
        <Shelf id="found" title={loaderData.isNarrowed ? words.found : words.coming} events={items} />
      )}
      <More cursor={nextCursor} />
    </WidePage>
  );
}

function Shelf({ id, title, events }: { id: string; title: ReactNode; events: readonly Event[] }) {
  if (events.length === 0) return null;
  return (
    <section aria-labelledby={id} className="[&+&]:mt-14">
      <h2 id={id} className="mb-5 text-xl!">
        {title}
      </h2>
      <ul className="grid grid-cols-1 gap-x-7 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
        {events.map((event, index) => (
          <li key={event.id} className="min-w-0">
            <EventCard event={event} isFirst={index < 3} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  const words = useWords("events.list");
  const picture = <Hall dots={26} taken={0} className="h-14" />;
  return isNarrowed ? (
    <EmptyState
      picture={picture}
      title={words.emptyTitle}
      text={words.emptyText}
      action={<ButtonLink to="/events">{words.emptyAction}</ButtonLink>}
    />
  ) : (
    <EmptyState
      picture={picture}
      title={words.noneTitle}
      text={words.noneText}
      action={
        <ButtonLink to="/organize/events/new" variant="primary">
          {words.noneAction}
        </ButtonLink>
      }
    />
  );
}
