import { Link } from "react-router";

import { reviews, type WaitingEvent } from "#contract/reviews.ts";
import { call } from "#web/platform/api.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/review-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  return {
    ...(await call(context, reviews.queue, { query: { cursor, limit: 30 } })),
    words: words(context, ["admin.review"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.review"].pageTitle },
];

export default function ReviewPage({ loaderData: { items, nextCursor } }: Route.ComponentProps) {
  const words = useWords("admin.review");
  const columns: Column<WaitingEvent>[] = [
    {
      key: "event",
      title: words.event,
      as: "main",
      show: ({ id, title }) => (
        <Link to={`/admin/events/${id}`} className="inline-flex items-center hover:text-accent pointer-coarse:min-h-11">
          <span dir="auto">{title}</span>
        </Link>
      ),
    },
    { key: "organizer", title: words.organizer, show: ({ organizer }) => organizer.name },
    {
      key: "when",
      title: words.when,
      show: ({ startTime, timeZone }) => startTime && <Time at={startTime} zone={timeZone} />,
    },
    {
      key: "since",
      title: words.since,
      as: "end",
      show: ({ submittedAt, timeZone }) => <Time at={submittedAt} zone={timeZone} className="text-ink-soft" />,
    },
  ];
  return (
    <>
      <PageHeader title={words.title} text={words.lead} />
      {items.length === 0 ? (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={words.emptyText}
        />
      ) : (
        <Table caption={words.title} columns={columns} rows={items} rowKey={({ id }) => id} />
      )}
      <More cursor={nextCursor} />
    </>
  );
}
