import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { data, Link, redirect } from "react-router";

import { type EventCard as Event, events } from "#contract/events.ts";
import { narrowing, queryFrom, type ShelfOf, setFilters, shelvesOf, spokenIn } from "#web/features/events/act.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { EventFilters, type SetFilter, SetFilters } from "#web/features/events/components/event-filters.tsx";
import { EventSearch } from "#web/features/events/components/event-search.tsx";
import { nearOf, RememberZone, rememberNear, zoneOf } from "#web/features/events/components/reader-days.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { WidePage } from "#web/ui/page.tsx";
import { EmptyState, Notice } from "#web/ui/surface.tsx";

import type { Route } from "./+types/events-page";

const few = 6;

export async function loader({ context, request }: Route.LoaderArgs) {
  const { now, publicUrl, locale, region } = pageOf(context);
  const asked = new URL(request.url).searchParams;
  const zone = zoneOf(request);
  const query = queryFrom(asked, zone, now);
  // Nothing but an empty place: the reader wants it forgotten.
  if (asked.toString() === "place=") throw redirect("/events", { headers: rememberNear("") });
  const [found, categories] = await Promise.all([
    call(context, events.list, { query }),
    call(context, events.categories, {}),
  ]);
  const isNarrowed = [...narrowing, "sort", "cursor"].some((name) => asked.has(name));
  const texts = words(context, ["events.list", "events.card"]);
  const naming = { words: said(texts)["events.list"], categories: categories.items, locale: region };
  const page = {
    ...found,
    categories: categories.items,
    // A few things stand better together than each on a shelf of its own.
    shelves:
      isNarrowed || found.items.length <= few ? null : await shelvesOf(context, naming, zone, now, nearOf(request)),
    set: setFilters(query, asked, naming),
    asked: [query.q, query.place].filter(Boolean).join(", "),
    instead:
      found.instead && [found.instead.q ?? query.q, found.instead.place ?? query.place].filter(Boolean).join(", "),
    spoken: spokenIn(locale),
    isNarrowed,
    canonical: `${publicUrl}/events`,
    words: texts,
  };
  return data(page, query.place && !found.instead ? { headers: rememberNear(query.place) } : undefined);
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const words = said(loaderData?.words)?.["events.list"];
  return [
    { title: words?.pageTitle },
    { name: "description", content: words?.description },
    { tagName: "link", rel: "canonical", href: loaderData?.canonical },
    ...(loaderData?.isNarrowed ? [{ name: "robots", content: "noindex" }] : []),
  ];
};

export default function EventsPage({ loaderData }: Route.ComponentProps) {
  const { items, categories, shelves, nextCursor, set, spoken } = loaderData;
  const words = useWords("events.list");
  return (
    <WidePage>
      <RememberZone />
      <header className="mb-8 grid grid-cols-1 gap-6">
        <div className="grid gap-2">
          <h1>{words.title}</h1>
          <p className="text-base text-ink-soft">{words.lead}</p>
        </div>
        <EventSearch />
        <EventFilters categories={categories} spoken={spoken} />
      </header>
      {items.length === 0 ? (
        <Nothing isNarrowed={loaderData.isNarrowed} asked={loaderData.asked} set={set} />
      ) : shelves ? (
        <Shelves shelves={shelves} />
      ) : (
        <>
          {set.length > 0 && <Found loaderData={loaderData} />}
          <Shelf id="found" title={loaderData.isNarrowed ? words.found : words.coming} events={items} />
          <More cursor={nextCursor} />
        </>
      )}
    </WidePage>
  );
}

/** How many there are, for which filters, and what was searched in place of what was typed. */
function Found({ loaderData }: Pick<Route.ComponentProps, "loaderData">) {
  const words = useWords("events.list");
  const fill = useFill();
  const { items, nextCursor, set, asked, instead } = loaderData;
  return (
    <div className="mb-8 grid gap-4">
      {instead && <Notice title={fill(words.instead, { asked, instead })} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-ink-soft tabular">
          {fill(nextCursor ? words.countMore : words.count, { n: items.length })}
        </p>
        <SetFilters filters={set} />
      </div>
    </div>
  );
}

function Shelves({ shelves }: { shelves: readonly ShelfOf[] }) {
  const words = useWords("events.list");
  return (
    <>
      {shelves.map(({ id, title, items, to, all }) => (
        <Shelf key={id} id={id} title={title} events={items} all={{ to, says: all }} canForget={id === "near"} />
      ))}
      <div className="mt-14 grid justify-items-center">
        <ButtonLink to="?sort=soonest" size="lg">
          {words.everything}
        </ButtonLink>
      </div>
    </>
  );
}

interface ShelfProps {
  id: string;
  title: ReactNode;
  events: readonly Event[];
  all?: { to: string; says: string };
  /** Stands there for a place that the reader's browser remembers. */
  canForget?: boolean;
}

function Shelf({ id, title, events, all, canForget }: ShelfProps) {
  const words = useWords("events.list");
  return (
    <section aria-labelledby={id} className="[&+&]:mt-14">
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id={id} className="text-xl!">
          {title}
        </h2>
        {canForget && (
          <Link to="?place=" reloadDocument className="link ms-auto text-sm text-ink-soft">
            {words.forgetPlace}
          </Link>
        )}
        {all && (
          <Link to={all.to} className="link inline-flex min-h-9 items-center gap-1.5 text-sm pointer-coarse:min-h-11">
            {all.says}
            <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </Link>
        )}
      </div>
      <ul className="shelf">
        {events.map((event, index) => (
          <li key={event.id} className="min-w-0">
            <EventCard event={event} isFirst={index < 3} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ isNarrowed, asked, set }: { isNarrowed: boolean; asked: string; set: readonly SetFilter[] }) {
  const words = useWords("events.list");
  const fill = useFill();
  const picture = <Hall dots={26} taken={0} className="h-14" />;
  return isNarrowed ? (
    <EmptyState
      picture={picture}
      title={asked ? fill(words.emptyFor, { words: asked }) : words.emptyTitle}
      text={words.emptyText}
      action={
        <div className="grid justify-items-center gap-5">
          <SetFilters filters={set} says={words.without} />
          <ButtonLink to="/events">{words.emptyAction}</ButtonLink>
        </div>
      }
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
