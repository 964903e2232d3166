import { Link } from "react-router";

import { type Booking, BookingsQuery, bookings } from "#contract/scheduling-bookings.ts";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { call } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { FilterChips, More, SearchField, Table } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/bookings-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
  const read = BookingsQuery.safeParse({ when: "upcoming", ...asked });
  return {
    ...(await call(context, bookings.list, { query: read.success ? read.data : { when: "upcoming" } })),
    words: words(context, ["bookings.list", "scheduling.status"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.words["bookings.list"].pageTitle }];

export default function BookingsPage({ loaderData: { items, nextCursor } }: Route.ComponentProps) {
  const words = useWords("bookings.list");
  const status = useWords("scheduling.status");
  return (
    <>
      <PageHeader title={words.title} />
      <div className="mb-6 grid gap-3">
        <SearchField label={words.search} />
        <FilterChips
          name="when"
          label={words.when}
          all={words.upcoming}
          options={[
            { value: "past", label: words.past },
            { value: "all", label: words.all },
          ]}
        />
        <FilterChips
          name="status"
          label={words.status}
          options={(["pending", "confirmed", "cancelled"] as const).map((value) => ({ value, label: status[value] }))}
        />
      </div>
      {items.length === 0 ? (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-14" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<ButtonLink to="/event-types">{words.share}</ButtonLink>}
        />
      ) : (
        <Table
          caption={words.caption}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { key: "who", title: words.who, as: "main", show: (booking) => <Who booking={booking} /> },
            {
              key: "time",
              title: words.time,
              show: ({ startTime, timeZone }) => <Time at={startTime} zone={timeZone} />,
            },
            { key: "what", title: words.what, show: ({ eventType }) => eventType.name },
            {
              key: "status",
              title: words.status,
              as: "end",
              show: (booking) => <StatusBadge status={booking.status} />,
            },
          ]}
        />
      )}
      <More cursor={nextCursor} />
    </>
  );
}

function Who({ booking: { id, inviteeName, attendees } }: { booking: Booking }) {
  const words = useWords("bookings.list");
  const fill = useFill();
  const others = attendees.filter(({ status }) => status !== "cancelled").length - 1;
  return (
    <Link to={`/bookings/${id}`} className="inline-flex min-h-9 items-center hover:text-accent">
      {others > 0 ? fill(words.more, { name: inviteeName, n: others }) : inviteeName}
    </Link>
  );
}
