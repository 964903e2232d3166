import { CalendarClock, Copy, Eye, MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react";
import { Link, redirect, useFetcher, useSearchParams } from "react-router";
import { z } from "zod";

import { organizers } from "#contract/organizers.ts";
import { type EventType, scheduling } from "#contract/scheduling.ts";
import { OrganizerChips } from "#web/features/organizers/components/organizer-chips.tsx";
import { useLengthsText, usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { HostsLine } from "#web/features/scheduling/components/hosts.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useLocale, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { IconMenu, MenuButton, MenuDivider, MenuLink } from "#web/ui/menu.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { CopyButton } from "#web/ui/share.tsx";
import { Badge, EmptyState, Notice } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/event-types-page";

export async function loader({ context, request }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const query = { cursor: search.get("cursor") ?? undefined, organizer_id: search.get("organizer_id") ?? undefined };
  const [shown, { items: mine }] = await Promise.all([
    call(context, scheduling.eventTypes, { query }),
    call(context, organizers.mine, {}),
  ]);
  return {
    ...shown,
    mine: mine.map(({ id, name }) => ({ id, name })),
    words: words(context, ["scheduling.types", "scheduling.facts"]),
  };
}

const Act = z.object({
  intent: z.enum(["switch", "duplicate", "remove", "restore"]),
  id: z.uuid(),
  name: z.string().default(""),
  isActive: z.boolean().default(false),
});

export async function action({ context, request }: Route.ActionArgs) {
  const result = await formResult(request, Act, async ({ intent, id, name, isActive }) => {
    const params = { id };
    if (intent === "switch") await call(context, scheduling.changeEventType, { params, body: { isActive } });
    if (intent === "remove") await call(context, scheduling.deleteEventType, { params });
    if (intent === "restore") await call(context, scheduling.restoreEventType, { params });
    const made = intent === "duplicate" ? await call(context, scheduling.duplicateEventType, { params }) : undefined;
    return { intent, id, name, madeId: made?.id };
  });
  if (result.ok && result.value.madeId) return redirect(`/event-types/${result.value.madeId}/edit`);
  return result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.types"].pageTitle },
];

export default function EventTypesPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.types");
  const { items, nextCursor, mine } = loaderData;
  const [search] = useSearchParams();
  const organizer = search.get("organizer_id");
  const start = (
    <ButtonLink
      to={`/event-types/new${organizer ? `?organizer_id=${organizer}` : ""}`}
      variant="primary"
      icon={<Plus aria-hidden="true" />}
    >
      {words.new}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={words.title} text={words.lead} actions={items.length > 0 && start} />
      {mine.length > 1 && (
        <div className="mb-6">
          <OrganizerChips mine={mine} label={words.organizer} />
        </div>
      )}
      <Done result={actionData} />
      {items.length === 0 ? (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-14" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={start}
        />
      ) : (
        <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          {items.map((type) => (
            <li key={type.id}>
              <TypeCard type={type} />
            </li>
          ))}
        </ul>
      )}
      <More cursor={nextCursor} />
    </>
  );
}

/** What was taken away can be taken back. */
function Done({ result }: { result: Route.ComponentProps["actionData"] }) {
  const words = useWords("scheduling.types");
  const fill = useFill();
  if (!result) return null;
  if (!result.ok) {
    return (
      <div className="mb-6">
        <Notice mood="bad">{result.message}</Notice>
      </div>
    );
  }
  const { intent, id, name } = result.value;
  if (intent === "restore" || intent === "remove") {
    return (
      <div className="mb-6">
        <Notice
          mood={intent === "restore" ? "good" : "accent"}
          action={
            intent === "remove" && (
              <Form>
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="name" value={name} />
                <SubmitButton name="intent" value="restore" size="sm" variant="secondary">
                  {words.undo}
                </SubmitButton>
              </Form>
            )
          }
        >
          {fill(intent === "restore" ? words.restored : words.removed, { name })}
        </Notice>
      </div>
    );
  }
  return null;
}

function TypeCard({ type }: { type: EventType }) {
  const words = useWords("scheduling.types");
  const fill = useFill();
  const lengthsText = useLengthsText();
  const placeText = usePlaceText();
  const names = new Intl.ListFormat(useLocale(), { type: "unit", style: "short" });
  return (
    <article className="grid h-full content-between gap-5 rounded-panel border border-line bg-surface p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="grid min-w-0 gap-1">
          <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg!">
            <span className="flex gap-3">
              <span
                aria-hidden="true"
                style={toneStyle(type.hue)}
                className="mt-[0.5em] size-2.5 shrink-0 rounded-full bg-accent"
              />
              {type.mayEdit ? (
                <Link to={`/event-types/${type.id}/edit`} className="hover:text-accent">
                  {type.name}
                </Link>
              ) : (
                type.name
              )}
            </span>
            {type.isPrivate && <Badge>{words.private}</Badge>}
          </h2>
          <p className="text-sm text-ink-soft">
            {lengthsText(type)} · {placeText(type)}
          </p>
          <p className="flex items-center gap-2 text-sm text-ink-soft">
            <CalendarClock aria-hidden="true" className="size-4.5" />
            {fill(words.use, { total: type.use.total, upcoming: type.use.upcoming })}
          </p>
          <HostsLine hosts={type.hosts} names={names.format(type.hosts.map(({ name }) => name))} />
        </div>
        <TypeMenu type={type} />
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-line pt-4">
        {type.mayEdit && <ActiveSwitch type={type} />}
        <CopyButton text={type.url} size="sm" className="ms-auto">
          {words.copy}
        </CopyButton>
      </div>
    </article>
  );
}

function ActiveSwitch({ type }: { type: EventType }) {
  const words = useWords("scheduling.types");
  const fetcher = useFetcher();
  return (
    <fetcher.Form
      method="post"
      onChange={(change) => fetcher.submit(change.currentTarget)}
      className="flex items-center"
    >
      <input type="hidden" name="intent" value="switch" />
      <input type="hidden" name="id" value={type.id} />
      <Switch
        key={String(type.isActive)}
        name="isActive"
        defaultChecked={type.isActive}
        label={
          <>
            {words.active}
            <span className="sr-only"> {type.name}</span>
          </>
        }
      />
      <noscript>
        <SubmitButton size="sm" variant="secondary">
          {words.keep}
        </SubmitButton>
      </noscript>
    </fetcher.Form>
  );
}

function TypeMenu({ type }: { type: EventType }) {
  const words = useWords("scheduling.types");
  const fill = useFill();
  return (
    <IconMenu
      label={fill(words.more, { name: type.name })}
      icon={<MoreHorizontal aria-hidden="true" />}
      className="-me-2 -mt-1"
    >
      {type.mayEdit && (
        <MenuLink to={`/event-types/${type.id}/edit`} icon={<Pencil aria-hidden="true" />}>
          {words.edit}
        </MenuLink>
      )}
      <MenuLink to={`/event-types/${type.id}/preview`} icon={<Eye aria-hidden="true" />}>
        {words.preview}
      </MenuLink>
      {type.mayEdit && (
        <Form>
          <input type="hidden" name="id" value={type.id} />
          <input type="hidden" name="name" value={type.name} />
          <MenuButton type="submit" name="intent" value="duplicate" icon={<Copy aria-hidden="true" />}>
            {words.duplicate}
          </MenuButton>
          <MenuDivider />
          <MenuButton type="submit" name="intent" value="remove" danger icon={<Trash2 aria-hidden="true" />}>
            {words.remove}
          </MenuButton>
        </Form>
      )}
    </IconMenu>
  );
}
