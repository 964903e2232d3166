import { Check, Settings } from "lucide-react";
import { useSearchParams } from "react-router";
import { z } from "zod";

import { auth } from "#contract/identity.ts";
import { notifications } from "#contract/notifications.ts";
import { NoticeRow } from "#web/features/notifications/components/notice-row.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { EmptyState } from "#web/ui/surface.tsx";

import type { Route } from "./+types/notices-page";

const Query = z.object({
  unread: z.literal("true").optional().catch(undefined),
  cursor: z.string().max(400).optional().catch(undefined),
});

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [{ user }, list] = await Promise.all([
    call(context, auth.me, {}),
    call(context, notifications.list, { query }),
  ]);
  return {
    ...list,
    zone: user.timeZone,
    title: pageOf(context).say("notifications.page.title"),
    words: words(context, ["notifications.page", "notifications.says"]),
  };
}

const Read = z.object({ id: z.uuid().optional() });

export async function action({ request, context }: Route.ActionArgs) {
  return formResult(request, Read, ({ id }) => call(context, notifications.read, { body: id ? { ids: [id] } : {} }));
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function NoticesPage({ loaderData, actionData }: Route.ComponentProps) {
  const { items, nextCursor, unread, zone } = loaderData;
  const words = useWords("notifications.page");
  return (
    <NarrowPage>
      <PageHeader
        title={words.title}
        text={words.lead}
        actions={
          <ButtonLink to="/me/notifications" size="sm" icon={<Settings aria-hidden="true" />}>
            {words.settings}
          </ButtonLink>
        }
      />
      {(items.length > 0 || unread > 0) && (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <FilterChips
            name="unread"
            label={words.filter}
            all={words.all}
            options={[{ value: "true", label: words.unread }]}
          />
          {unread > 0 && (
            <Form result={actionData}>
              <SubmitButton variant="quiet" size="sm" icon={<Check aria-hidden="true" />}>
                {words.readAll}
              </SubmitButton>
            </Form>
          )}
        </div>
      )}
      {items.length > 0 ? (
        <>
          <ul aria-label={words.list} className="grid">
            {items.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} zone={zone} />
            ))}
          </ul>
          <More cursor={nextCursor} />
        </>
      ) : (
        <Empty />
      )}
    </NarrowPage>
  );
}

function Empty() {
  const words = useWords("notifications.page");
  const [search] = useSearchParams();
  if (search.has("unread") || search.has("cursor")) {
    return (
      <EmptyState
        title={words.noneTitle}
        text={words.noneText}
        action={<ButtonLink to="?">{words.noneLink}</ButtonLink>}
      />
    );
  }
  return (
    <EmptyState
      picture={<Hall dots={24} taken={0} className="h-16" />}
      title={words.emptyTitle}
      text={words.emptyText}
      action={
        <ButtonLink to="/events" variant="primary">
          {words.browse}
        </ButtonLink>
      }
    />
  );
}
