import { Link } from "react-router";

import { audit } from "#contract/audit.ts";
import { operations } from "#contract/operations.ts";
import { reviews } from "#contract/reviews.ts";
import { Entries } from "#web/features/admin/components/entries.tsx";
import { HealthLine } from "#web/features/admin/components/health-parts.tsx";
import { call } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/overview-page";

export async function loader({ context }: Route.LoaderArgs) {
  const [figures, health, recent, queue] = await Promise.all([
    call(context, operations.figures, {}),
    call(context, operations.health, {}),
    call(context, audit.list, { query: { limit: 8 } }),
    call(context, reviews.queue, { query: { limit: 1 } }),
  ]);
  return {
    figures,
    health,
    recent: recent.items,
    waiting: queue.waiting,
    words: words(context, ["admin.overview", "admin.health", "admin.audit", "audit.actions", "audit.nouns"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.overview"].pageTitle },
];

export default function OverviewPage({ loaderData: { figures, health, recent, waiting } }: Route.ComponentProps) {
  const words = useWords("admin.overview");
  const fill = useFill();
  const shown = [
    {
      n: figures.users,
      says: fill(words.users, { n: figures.users }),
      more: fill(words.newUsers, { n: figures.newUsers }),
    },
    { n: figures.organizers, says: fill(words.organizers, { n: figures.organizers }) },
    {
      n: figures.upcoming,
      says: fill(words.upcoming, { n: figures.upcoming }),
      more: fill(words.live, { n: figures.liveRooms }),
    },
    { n: figures.coming, says: fill(words.coming, { n: figures.coming }) },
  ];
  return (
    <>
      <PageHeader title={words.title} />
      {waiting > 0 && (
        <div className="mb-8">
          <Notice
            mood="accent"
            title={fill(words.waiting, { n: waiting })}
            action={
              <ButtonLink to="/admin/review" variant="primary">
                {words.review}
              </ButtonLink>
            }
          >
            {words.waitingText}
          </Notice>
        </div>
      )}
      <dl className="mb-10 grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-4">
        {shown.map(({ n, says, more }) => (
          <div key={says} className="flex flex-col-reverse justify-end border-s-2 border-line ps-4">
            <dt className="text-sm text-ink-soft">
              {says}
              {more && <span className="block text-xs">{more}</span>}
            </dt>
            <dd className="font-serif text-2xl tabular">{n}</dd>
          </div>
        ))}
      </dl>
      <Section
        id="health"
        title={words.health}
        action={
          <Link to="/admin/health" className="link text-sm pointer-coarse:min-h-11">
            {words.more}
          </Link>
        }
      >
        <HealthLine health={health} />
      </Section>
      <Section
        id="recent"
        title={words.recent}
        action={
          <Link to="/admin/audit" className="link text-sm pointer-coarse:min-h-11">
            {words.more}
          </Link>
        }
      >
        <Entries entries={recent} />
      </Section>
    </>
  );
}
