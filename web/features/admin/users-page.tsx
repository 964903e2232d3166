import { Link, useSearchParams } from "react-router";

import { type Account, AccountQuery, accounts } from "#contract/accounts.ts";
import { call, queryAsked } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { FilterChips, SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Avatar, Badge, EmptyState } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/users-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  return {
    ...(await call(context, accounts.list, { query: queryAsked(request, AccountQuery) })),
    words: words(context, ["admin.users"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.users"].pageTitle },
];

export default function UsersPage({ loaderData: { items, nextCursor } }: Route.ComponentProps) {
  const words = useWords("admin.users");
  const columns: Column<Account>[] = [
    { key: "name", title: words.name, as: "main", show: (account) => <Who account={account} /> },
    { key: "role", title: words.role, show: ({ role }) => words[role] },
    {
      key: "since",
      title: words.since,
      as: "quiet",
      show: ({ createdAt }) => <Time at={createdAt} zone="UTC" style="date" className="text-ink-soft" />,
    },
    {
      key: "seen",
      title: words.seen,
      show: ({ lastSeenAt }) =>
        lastSeenAt ? (
          <Time at={lastSeenAt} zone="UTC" style="date" className="text-ink-soft" />
        ) : (
          <span className="text-ink-soft">{words.notIn}</span>
        ),
    },
    { key: "state", title: words.state, as: "end", show: ({ ban }) => ban && <Badge mood="bad">{words.banned}</Badge> },
  ];
  return (
    <>
      <PageHeader title={words.title} />
      <div className="mb-6 grid gap-3">
        <SearchField label={words.search} />
        <FilterChips
          name="show"
          label={words.show}
          all={words.all}
          options={(["admins", "organizers", "banned"] as const).map((value) => ({ value, label: words[value] }))}
        />
      </div>
      {items.length === 0 ? (
        <Nobody />
      ) : (
        <Table caption={words.title} columns={columns} rows={items} rowKey={({ id }) => id} />
      )}
      <More cursor={nextCursor} />
    </>
  );
}

/** A whole address that nobody has an account with was most likely typed to help somebody in: there is no password to renew. */
function Nobody() {
  const words = useWords("admin.users");
  const fill = useFill();
  const [search] = useSearchParams();
  const term = search.get("q")?.trim() ?? "";
  if (!/^\S+@\S+\.\S+$/.test(term) || search.has("show")) {
    return <EmptyState title={words.emptyTitle} text={words.emptyText} />;
  }
  return <EmptyState title={fill(words.unknownTitle, { email: term })} text={words.unknownText} />;
}

function Who({ account: { id, name, email, pictureUrl } }: { account: Account }) {
  return (
    <Link to={`/admin/users/${id}`} className="flex items-center gap-3 hover:text-accent">
      <Avatar name={name} src={pictureUrl} size={34} />
      <span className="grid min-w-0">
        <span className="truncate">{name}</span>
        <span className="truncate text-xs font-normal text-ink-soft">{email}</span>
      </span>
    </Link>
  );
}
