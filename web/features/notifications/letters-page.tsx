import { MailPlus } from "lucide-react";
import { Link, redirect, useOutletContext, useSearchParams } from "react-router";
import { z } from "zod";

import type { EventView } from "#contract/events.ts";
import { type Mailing, MailingDraft, mailings } from "#contract/mailings.ts";
import { tickets } from "#contract/tickets.ts";
import { MailingBadge } from "#web/features/notifications/components/mailing-badge.tsx";
import { MailingFields } from "#web/features/notifications/components/mailing-fields.tsx";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { EmptyState, Panel } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/letters-page";

const Query = z.object({
  cursor: z.uuid().optional().catch(undefined),
  occurrence_id: z.uuid().optional().catch(undefined),
});

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [page, { items: types }] = await Promise.all([
    call(context, mailings.list, { params, query }),
    call(context, tickets.types, { params }),
  ]);
  return {
    ...page,
    types,
    words: words(context, ["notifications.letters", "notifications.meant"]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const result = await formResult(request, MailingDraft, (body) => call(context, mailings.create, { params, body }));
  return result.ok ? redirect(`/organize/events/${params.id}/letters/${result.value.id}`) : result;
}

export const meta: Route.MetaFunction = consoleTitle("notifications.letters");

export default function LettersPage({ loaderData: { items, nextCursor, types }, actionData }: Route.ComponentProps) {
  const words = useWords("notifications.letters");
  const event = useOutletContext<EventView>();
  const [search] = useSearchParams();
  const at = search.get("occurrence_id");
  const isWriting = search.has("new") || actionData !== undefined;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h2>{words.title}</h2>
        {!isWriting && (
          <ButtonLink
            to={`?${at ? `occurrence_id=${at}&` : ""}new`}
            variant="primary"
            icon={<MailPlus aria-hidden="true" />}
          >
            {words.write}
          </ButtonLink>
        )}
      </div>
      {isWriting && (
        <Panel aria-labelledby="write" className="mb-10 max-w-[46rem]">
          <h3 id="write" className="mb-4 text-lg!">
            {words.writeTitle}
          </h3>
          <Form result={actionData} className="grid gap-5">
            {at && <input type="hidden" name="occurrenceId" value={at} />}
            <MailingFields format={event.format} types={types} />
            <div className="flex flex-wrap gap-2">
              <SubmitButton>{words.toPreview}</SubmitButton>
              <ButtonLink to={at ? `?occurrence_id=${at}` : "?"} variant="quiet">
                {words.leave}
              </ButtonLink>
            </div>
          </Form>
        </Panel>
      )}
      {items.length > 0 ? (
        <>
          <List items={items} />
          <More cursor={nextCursor} />
        </>
      ) : (
        !isWriting && (
          <EmptyState
            picture={<Hall dots={24} taken={0} className="h-16" />}
            title={words.emptyTitle}
            text={words.emptyText}
          />
        )
      )}
    </>
  );
}

function List({ items }: { items: readonly Mailing[] }) {
  const words = useWords("notifications.letters");
  const fill = useFill();
  const { id, timeZone } = useOutletContext<EventView>();
  const columns: Column<Mailing>[] = [
    {
      key: "subject",
      title: words.subject,
      as: "main",
      show: (mailing) => (
        <Link to={`/organize/events/${id}/letters/${mailing.id}`} className="link break-words">
          {mailing.subject}
        </Link>
      ),
    },
    { key: "state", title: words.state, show: ({ status }) => <MailingBadge status={status} /> },
    {
      key: "people",
      title: words.people,
      show: ({ status, counts }) =>
        status === "draft" || status === "scheduled"
          ? fill(words.meant, { n: counts.meant })
          : fill(words.reached, { n: counts.handedOver, of: counts.done }),
    },
    {
      key: "at",
      title: words.at,
      as: "quiet",
      show: ({ sendAt, createdAt }) => <Time at={sendAt ?? createdAt} zone={timeZone} className="text-ink-soft" />,
    },
  ];
  return <Table caption={words.title} columns={columns} rows={items} rowKey={(row) => row.id} />;
}
