import { Plus } from "lucide-react";
import { Link } from "react-router";

import { type OrganizedEvent, organize } from "#contract/organize.ts";
import { EventRow } from "#web/features/organize/components/event-row.tsx";
import { call } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { EmptyState, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/organize-page";

export async function loader({ context }: Route.LoaderArgs) {
  return {
    ...(await call(context, organize.overview, { query: {} })),
    words: words(context, ["organize.home", "organize.status", "organize.list", "events.card"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.words["organize.home"].pageTitle }];

export default function OrganizePage({ loaderData }: Route.ComponentProps) {
  const { next, drafts, counts } = loaderData;
  const words = useWords("organize.home");
  const isFresh = counts.drafts + counts.upcoming + counts.past === 0;
  if (isFresh) return <Fresh />;
  return (
    <>
      <PageHeader
        title={words.title}
        text={words.lead}
        actions={
          <ButtonLink to="/organize/events/new" variant="primary" icon={<Plus aria-hidden="true" />}>
            {words.new}
          </ButtonLink>
        }
      />
      <Counts counts={counts} />
      <Section
        id="next"
        title={words.next}
        action={
          <Link to="/organize/events" className="link text-sm">
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
        <div key={says} className="flex flex-col-reverse border-s-2 border-line ps-4">
          <dt className="text-sm text-ink-soft">{fill(says, { n })}</dt>
          <dd className="font-serif text-2xl tabular">{n}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fresh() {
  const words = useWords("organize.home");
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <h1 className="sr-only">{words.title}</h1>
      <EmptyState
        picture={<Hall dots={34} taken={1} className="h-20" />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={
          <ButtonLink to="/organize/events/new" variant="primary" size="lg">
            {words.emptyAction}
          </ButtonLink>
        }
      />
    </div>
  );
}
