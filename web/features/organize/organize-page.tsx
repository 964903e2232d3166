import { Plus, UsersRound } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { z } from "zod";

import { type OrganizedEvent, organize } from "#contract/organize.ts";
import { organizers } from "#contract/organizers.ts";
import { teamInvitations } from "#contract/teams.ts";
import { EventRow } from "#web/features/organize/components/event-row.tsx";
import { Invited, Whose } from "#web/features/organize/components/whose.tsx";
import { call } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState, Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/organize-page";

const Query = z.object({ organizer_id: z.uuid().optional().catch(undefined) });

export async function loader({ request, context }: Route.LoaderArgs) {
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [overview, mine, invitations] = await Promise.all([
    call(context, organize.overview, { query }),
    call(context, organizers.mine, {}),
    call(context, teamInvitations.mine, {}),
  ]);
  return {
    ...overview,
    mine: mine.items.map(({ id, name }) => ({ id, name })),
    invitations: invitations.items,
    words: words(context, ["organize.home", "organize.status", "organize.list", "events.card", "teams.roles"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["organize.home"].pageTitle },
];

export default function OrganizePage({ loaderData }: Route.ComponentProps) {
  const { next, drafts, counts, mine, invitations } = loaderData;
  const words = useWords("organize.home");
  const [search] = useSearchParams();
  const chosen = search.get("organizer_id");
  const which = chosen ? `?organizer_id=${encodeURIComponent(chosen)}` : "";
  const isFresh = counts.drafts + counts.upcoming + counts.past === 0;
  if (isFresh && mine.length < 2) return <Fresh invitations={invitations} />;
  return (
    <>
      <PageHeader
        title={words.title}
        text={words.lead}
        actions={
          <>
            {mine.length > 0 && (
              <ButtonLink
                to={`/organize/team${chosen ? `?organizer=${encodeURIComponent(chosen)}` : ""}`}
                icon={<UsersRound aria-hidden="true" />}
              >
                {words.team}
              </ButtonLink>
            )}
            <ButtonLink to={`/organize/events/new${which}`} variant="primary" icon={<Plus aria-hidden="true" />}>
              {words.new}
            </ButtonLink>
          </>
        }
      />
      {(search.has("joined") || search.has("left")) && (
        <div className="mb-8">
          <Notice mood="good">{search.has("joined") ? words.joined : words.left}</Notice>
        </div>
      )}
      <Invited invitations={invitations} />
      <div className="mb-8 empty:hidden">
        <Whose mine={mine} />
      </div>
      <Counts counts={counts} />
      <Section
        id="next"
        title={words.next}
        action={
          <Link to={`/organize/events${which}`} className="link text-sm">
            {words.all}
          </Link>
        }
      >
        {next.length === 0 ? <p className="text-ink-soft">{words.noneNext}</p> : <Rows events={next} />}
      </Section>
      {drafts.length > 0 && (
        <Section id="drafts" title={words.drafts}>
          <Rows events={drafts} />
        </Section>
      )}
    </>
  );
}

function Rows({ events }: { events: readonly OrganizedEvent[] }) {
  return (
    <ul className="divide-y divide-line">
      {events.map((event) => (
        <li key={event.id}>
          <EventRow event={event} />
        </li>
      ))}
    </ul>
  );
}

function Counts({ counts }: { counts: Route.ComponentProps["loaderData"]["counts"] }) {
  const words = useWords("organize.home");
  const fill = useFill();
  const shown = [
    { n: counts.registrations, says: words.people },
    { n: counts.upcoming, says: words.upcoming },
    { n: counts.drafts, says: words.draftsCount },
    { n: counts.past, says: words.past },
  ];
  return (
    <dl className="mb-10 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
      {shown.map(({ n, says }) => (
        <div key={says} className="flex flex-col-reverse justify-end border-s-2 border-line ps-4">
          <dt className="text-sm text-ink-soft">{fill(says, { n })}</dt>
          <dd className="font-serif text-2xl tabular">{n}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fresh({ invitations }: { invitations: Route.ComponentProps["loaderData"]["invitations"] }) {
  const words = useWords("organize.home");
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <Invited invitations={invitations} />
      <h1 className="sr-only">{words.title}</h1>
      <EmptyState
        picture={<Hall dots={34} taken={1} className="h-20" />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={
          <div className="grid justify-items-center gap-4">
            <ButtonLink to="/organize/events/new" variant="primary" size="lg">
              {words.emptyAction}
            </ButtonLink>
            <Link to="/event-types" className="link inline-flex min-h-11 items-center">
              {words.emptyTimes}
            </Link>
          </div>
        }
      />
    </div>
  );
}
