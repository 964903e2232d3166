import { z } from "zod";

import { me } from "#contract/identity.ts";
import { organizers } from "#contract/organizers.ts";
import { scheduling } from "#contract/scheduling.ts";
import { type WaitlistEntry, WaitlistQuery, waitlist } from "#contract/scheduling-waitlist.ts";
import { OrganizerChips } from "#web/features/organizers/components/organizer-chips.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Badge, EmptyState, Notice } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/waitlist-page";

const asked = ["organizer_id", "event_type_id", "status", "when", "cursor"] as const;

export async function loader({ request, context }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const given = asked.flatMap((name) => {
    const read = WaitlistQuery.shape[name].safeParse(search.get(name) ?? undefined);
    return read.success && read.data !== undefined ? [[name, read.data] as const] : [];
  });
  const query: WaitlistQuery = WaitlistQuery.parse(Object.fromEntries(given));
  const [{ timeZone }, { items: mine }, types, list] = await Promise.all([
    call(context, me.get, {}),
    call(context, organizers.mine, {}),
    call(context, scheduling.eventTypes, { query: { limit: 100, organizer_id: query.organizer_id } }),
    call(context, waitlist.list, { query }),
  ]);
  const groups = types.items.filter(({ maxAttendees }) => maxAttendees > 1);
  return {
    ...list,
    zone: timeZone,
    now: pageOf(context).now.toISOString(),
    mine: mine.map(({ id, name }) => ({ id, name })),
    groups: groups.map(({ id, name }) => ({ id, name })),
    isOn: groups.some(({ enableWaitlist }) => enableWaitlist),
    words: words(context, ["bookings.waitlist"]),
  };
}

const Act = z.object({ intent: z.enum(["offer", "remove"]), id: z.uuid() });

export const action = async ({ request, context }: Route.ActionArgs) =>
  formResult(request, Act, async ({ intent, id }) => {
    if (intent === "offer") await call(context, waitlist.offer, { params: { id }, body: { overbook: true } });
    else await call(context, waitlist.remove, { params: { id } });
    return intent;
  });

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.waitlist"].pageTitle },
];

const statuses = ["active", "notified", "converted", "expired", "cancelled"] as const;

export default function WaitlistPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.waitlist");
  const { items, nextCursor, groups, mine } = loaderData;
  return (
    <>
      <PageHeader back={{ to: "/bookings", label: words.back }} title={words.title} text={words.lead} />
      <div className="mb-6 grid gap-3">
        {actionData &&
          (actionData.ok ? (
            <Notice mood="good">{words[`${actionData.value}Done`]}</Notice>
          ) : (
            <Notice mood="bad">{actionData.message}</Notice>
          ))}
        <OrganizerChips mine={mine} label={words.organizer} />
        {groups.length > 1 && (
          <FilterChips
            name="event_type_id"
            label={words.type}
            all={words.anyType}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <FilterChips
          name="status"
          label={words.status}
          all={words.anyStatus}
          options={statuses.map((value) => ({ value, label: words[value] }))}
        />
        <FilterChips
          name="when"
          label={words.when}
          all={words.upcoming}
          options={[{ value: "past", label: words.past }]}
        />
      </div>
      {items.length === 0 ? <Nothing data={loaderData} /> : <Entries data={loaderData} />}
      <More cursor={nextCursor} />
    </>
  );
}

type Data = Route.ComponentProps["loaderData"];

const moods = {
  active: "accent",
  notified: "warn",
  converted: "good",
  expired: "neutral",
  cancelled: "neutral",
} as const;

function Entries({ data: { items, zone, now } }: { data: Data }) {
  const words = useWords("bookings.waitlist");
  const fill = useFill();
  const columns: Column<WaitlistEntry>[] = [
    {
      key: "who",
      title: words.who,
      as: "main",
      show: ({ inviteeName, inviteeEmail, attendeeCount }) => (
        <span className="grid">
          <span>
            {inviteeName}
            {attendeeCount > 1 && (
              <span className="font-normal text-ink-soft"> · {fill(words.seats, { n: attendeeCount })}</span>
            )}
          </span>
          <a href={`mailto:${inviteeEmail}`} className="link text-sm font-normal">
            {inviteeEmail}
          </a>
        </span>
      ),
    },
    {
      key: "what",
      title: words.what,
      show: ({ eventType, bookingId, desiredStartTime, desiredEndTime }) => (
        <span className="grid">
          <a href={`/bookings/${bookingId}`} className="link">
            {eventType.name}
          </a>
          <TimeSpan start={desiredStartTime} end={desiredEndTime} zone={zone} short />
        </span>
      ),
    },
    {
      key: "status",
      title: words.status,
      show: ({ status, position, expiresAt }) => (
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 max-md:justify-end">
          <Badge mood={moods[status]}>{position === null ? words[status] : fill(words.number, { position })}</Badge>
          {status === "notified" && (
            <span className="text-sm text-ink-soft">
              {words.left} <Countdown to={expiresAt} now={now} />
            </span>
          )}
        </span>
      ),
    },
    { key: "act", title: words.acts, as: "act", show: (entry) => <Acts entry={entry} /> },
  ];
  return <Table caption={words.title} rows={items} rowKey={({ id }) => id} columns={columns} />;
}

function Acts({ entry: { id, inviteeName: name, status, attendeeCount } }: { entry: WaitlistEntry }) {
  const words = useWords("bookings.waitlist");
  const fill = useFill();
  if (status !== "active" && status !== "notified") return null;
  return (
    <span data-buttons className="flex justify-end gap-1">
      {status === "active" && (
        <>
          <OpenDialog dialog={`offer-${id}`} size="sm">
            {words.offer}
            <span className="sr-only"> {name}</span>
          </OpenDialog>
          <Confirm
            id={`offer-${id}`}
            title={fill(words.offerTitle, { name, n: attendeeCount })}
            text={words.offerText}
            confirm={words.offerNow}
            sends={{ intent: "offer", id }}
            form={{ preventScrollReset: true }}
          />
        </>
      )}
      <Form preventScrollReset>
        <input type="hidden" name="id" value={id} />
        <SubmitButton size="sm" variant="quiet" name="intent" value="remove">
          {words.remove}
          <span className="sr-only"> {name}</span>
        </SubmitButton>
      </Form>
    </span>
  );
}

/** Nobody waits; or nothing of this house can be waited for. */
function Nothing({ data: { isOn } }: { data: Data }) {
  const words = useWords("bookings.waitlist");
  return (
    <EmptyState
      picture={<Hall dots={24} taken={24} className="h-14" />}
      title={isOn ? words.emptyTitle : words.offTitle}
      text={isOn ? words.emptyText : words.offText}
      action={!isOn && <ButtonLink to="/event-types">{words.toTypes}</ButtonLink>}
    />
  );
}
