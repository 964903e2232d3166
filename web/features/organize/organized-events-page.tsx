import { Plus } from "lucide-react";
import { Link } from "react-router";

import { type OrganizedEvent, OrganizedQuery, organize } from "#contract/organize.ts";
import { organizers } from "#contract/organizers.ts";
import { PeopleCount } from "#web/features/organize/components/people-count.tsx";
import { StatusBadge } from "#web/features/organize/components/status-badge.tsx";
import { Whose } from "#web/features/organize/components/whose.tsx";
import { call, queryAsked } from "#web/platform/api.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { FilterChips, SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/organized-events-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const [list, mine] = await Promise.all([
    call(context, organize.events, { query: queryAsked(request, OrganizedQuery) }),
    call(context, organizers.mine, {}),
  ]);
  return {
    ...list,
    mine: mine.items.map(({ id, name }) => ({ id, name })),
    words: words(context, ["organize.home", "organize.list", "organize.status", "teams.roles"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["organize.list"].pageTitle },
];

export default function OrganizedEventsPage({ loaderData }: Route.ComponentProps) {
  const { items, nextCursor, mine } = loaderData;
  const roles = useWords("teams.roles");
  const isMixed = items.some(({ role }) => role !== "owner");
  const words = useWords("organize.list");
  const home = useWords("organize.home");
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <ButtonLink to="/organize/events/new" variant="primary" icon={<Plus aria-hidden="true" />}>
            {home.new}
          </ButtonLink>
        }
      />
      <div className="mb-6 grid gap-3">
        <SearchField label={words.search} />
        <Whose mine={mine} />
        <FilterChips
          name="show"
          label={words.show}
          all={words.all}
          options={[
            { value: "upcoming", label: words.upcomingOnly },
            { value: "drafts", label: words.draftsOnly },
            { value: "past", label: words.pastOnly },
            { value: "cancelled", label: words.cancelledOnly },
          ]}
        />
      </div>
      {items.length === 0 ? (
        <EmptyState title={words.emptyTitle} text={words.emptyText} />
      ) : (
        <Table
          caption={words.caption}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "name",
              title: words.name,
              as: "main",
              show: (event) => (
                <Link to={`/organize/events/${event.id}`} className="hover:text-accent">
                  <span dir="auto">{event.title}</span>
                </Link>
              ),
            },
            {
              key: "when",
              title: words.when,
              show: ({ startTime, endTime, timeZone }) =>
                startTime ? (
                  <Time at={startTime} end={endTime} zone={timeZone} />
                ) : (
                  <span className="text-ink-soft">{words.noTime}</span>
                ),
            },
            ...(isMixed
              ? [{ key: "role", title: home.role, show: ({ role }: OrganizedEvent) => role && roles[role] }]
              : []),
            { key: "status", title: words.status, show: (event) => <StatusBadge event={event} /> },
            { key: "people", title: words.people, as: "end", show: ({ people }) => <PeopleCount people={people} /> },
          ]}
        />
      )}
      <More cursor={nextCursor} />
    </>
  );
}
