import { Link } from "react-router";

import { AdminEventQuery, reviews } from "#contract/reviews.ts";
import { PeopleCount } from "#web/features/organize/components/people-count.tsx";
import { StatusBadge } from "#web/features/organize/components/status-badge.tsx";
import { call, queryAsked } from "#web/platform/api.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { FilterChips, SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/events-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  return {
    ...(await call(context, reviews.events, { query: queryAsked(request, AdminEventQuery) })),
    words: words(context, ["admin.events", "admin.review", "organize.status", "organize.list"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.events"].pageTitle },
];

const shown = ["in_review", "upcoming", "drafts", "past", "cancelled"] as const;

export default function EventsPage({ loaderData: { items, nextCursor } }: Route.ComponentProps) {
  const words = useWords("admin.events");
  const review = useWords("admin.review");
  const list = useWords("organize.list");
  return (
    <>
      <PageHeader title={words.title} />
      <div className="mb-6 grid gap-3">
        <SearchField label={words.search} />
        <FilterChips
          name="show"
          label={list.show}
          all={list.all}
          options={shown.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      {items.length === 0 ? (
        <EmptyState title={list.emptyTitle} text={words.emptyText} />
      ) : (
        <Table
          caption={words.title}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "event",
              title: review.event,
              as: "main",
              show: ({ id, title }) => (
                <Link
                  to={`/admin/events/${id}`}
                  className="inline-flex items-center hover:text-accent pointer-coarse:min-h-11"
                >
                  <span dir="auto">{title}</span>
                </Link>
              ),
            },
            { key: "organizer", title: review.organizer, show: ({ organizer }) => organizer.name },
            {
              key: "when",
              title: review.when,
              show: ({ startTime, timeZone }) =>
                startTime ? (
                  <Time at={startTime} zone={timeZone} />
                ) : (
                  <span className="text-ink-soft">{list.noTime}</span>
                ),
            },
            { key: "status", title: list.status, show: (event) => <StatusBadge event={event} /> },
            { key: "people", title: list.people, as: "end", show: ({ people }) => <PeopleCount people={people} /> },
          ]}
        />
      )}
      <More cursor={nextCursor} />
    </>
  );
}
