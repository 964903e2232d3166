import { randomUUID } from "node:crypto";
import { MailPlus, RotateCw, X } from "lucide-react";
import { useOutletContext, useSearchParams } from "react-router";
import { z } from "zod";

import type { EventView } from "#contract/events.ts";
import { type Invitation, InvitationStatus, invitations } from "#contract/invitations.ts";
import { readAddresses } from "#domain/registrations/addresses.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { FilterChips, SearchField } from "#web/ui/list.tsx";
import { More } from "#web/ui/more.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { Avatar, Badge, EmptyState, Notice, Panel } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/invitations-page";

const Query = z.object({
  q: z.string().trim().max(120).optional().catch(undefined),
  status: InvitationStatus.optional().catch(undefined),
  cursor: z.string().max(400).optional().catch(undefined),
});

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return {
    list: await call(context, invitations.list, { params, query: { ...query, limit: 50 } }),
    words: words(context, ["registrations.invitations"]),
  };
}

const Act = z.object({
  intent: z.enum(["invite", "resend", "withdraw"]),
  invitation: z.uuid().optional(),
  addresses: z.string().max(200_000).default(""),
});

const mostAtOnce = 500;

export async function action({ params, request, context }: Route.ActionArgs) {
  return formResult(request, Act, async ({ intent, invitation = "", addresses }) => {
    if (intent === "resend") {
      const { email } = await call(context, invitations.resend, { params: { id: invitation } });
      return { says: "resent" as const, name: email };
    }
    if (intent === "withdraw") {
      const { email } = await call(context, invitations.withdraw, { params: { id: invitation } });
      return { says: "withdrawn" as const, name: email };
    }
    const lines = readAddresses(addresses);
    const people = lines.flatMap((line) => ("email" in line ? { email: line.email, name: line.name } : []));
    const wrong = lines.flatMap((line) => ("because" in line ? line : []));
    let [invited, already] = [0, 0];
    for (let at = 0; at < people.length; at += mostAtOnce) {
      const body = { people: people.slice(at, at + mostAtOnce) };
      const reply = await call(context, invitations.invite, { params, body });
      invited += reply.invited.length;
      already += reply.already.length;
    }
    return { says: "invited" as const, invited, already, wrong, key: randomUUID() };
  });
}

export const meta: Route.MetaFunction = consoleTitle("registrations.invitations");

export default function InvitationsPage({ loaderData: { list }, actionData }: Route.ComponentProps) {
  const words = useWords("registrations.invitations");
  const fill = useFill();
  const { visibility } = useOutletContext<EventView>();
  const [search] = useSearchParams();
  const total = Object.values(list.counts).reduce((sum, n) => sum + n, 0);
  const isFiltered = search.has("q") || search.has("status");
  const sent = actionData?.ok && actionData.value.says === "invited" ? actionData.value : undefined;
  return (
    <>
      <h2 className="mb-6">{words.title}</h2>
      <Said result={actionData} />
      <Panel aria-labelledby="invite" className="mb-10 max-w-[42rem]">
        <h3 id="invite" className="mb-1 text-lg!">
          {words.inviteTitle}
        </h3>
        <Form result={actionData} className="mt-4 grid justify-items-start gap-5 [&>div]:w-full">
          {/* What was sent is done with; what was wrong is left to be mended. */}
          <TextArea
            key={sent?.key}
            name="addresses"
            label={words.addresses}
            hint={words.addressesHint}
            defaultValue={sent?.wrong.flatMap(({ because, text }) => (because === "no_address" ? text : [])).join("\n")}
            rows={5}
            required
          />
          <SubmitButton name="intent" value="invite" icon={<MailPlus aria-hidden="true" />}>
            {words.invite}
          </SubmitButton>
        </Form>
      </Panel>
      {total > 0 && (
        <div className="mb-6 grid gap-4">
          <SearchField label={words.search} />
          <FilterChips
            name="status"
            label={words.filter}
            all={words.all}
            options={(["invited", "accepted", "declined", "withdrawn"] as const).map((status) => ({
              value: status,
              label: fill(words.counted, { status, n: list.counts[status] }),
            }))}
          />
        </div>
      )}
      {list.items.length > 0 ? (
        <>
          <List items={list.items} />
          <More cursor={list.nextCursor} />
        </>
      ) : isFiltered ? (
        <EmptyState
          title={words.nobodyTitle}
          text={words.nobodyText}
          action={<ButtonLink to="?">{words.nobodyLink}</ButtonLink>}
        />
      ) : (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={fill(words.emptyText, { visibility })}
        />
      )}
    </>
  );
}

function Said({ result }: { result: Route.ComponentProps["actionData"] }) {
  const words = useWords("registrations.invitations");
  const fill = useFill();
  if (!result?.ok) return null;
  const { value } = result;
  if (value.says !== "invited") {
    return <Outcome of={value}>{fill(words[value.says], { email: value.name })}</Outcome>;
  }
  const { invited, already, wrong } = value;
  return (
    <div className="mb-6">
      <Notice mood={wrong.length > 0 || invited === 0 ? "warn" : "good"}>
        <p>{fill(words.sent, { n: invited })}</p>
        {already > 0 && <p>{fill(words.already, { n: already })}</p>}
        {wrong.length > 0 && (
          <ul className="mt-1">
            {wrong.slice(0, 20).map(({ line, text, because }) => (
              <li key={`${line} ${text}`} className="break-words">
                {fill(words.wrong, { line, text, because })}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}

const moods = { invited: "accent", accepted: "good", declined: "neutral", withdrawn: "neutral" } as const;

function List({ items }: { items: readonly Invitation[] }) {
  const { timeZone } = useOutletContext<EventView>();
  const words = useWords("registrations.invitations");
  const fill = useFill();
  const columns: Column<Invitation>[] = [
    {
      key: "name",
      title: words.name,
      as: "main",
      show: ({ name, email }) => (
        <span className="flex items-center gap-3">
          <Avatar name={name || email} size={34} />
          <span className="grid min-w-0">
            <span className="truncate">{name || email}</span>
            {name && <span className="truncate text-xs font-normal text-ink-soft">{email}</span>}
          </span>
        </span>
      ),
    },
    {
      key: "state",
      title: words.state,
      show: ({ status }) => <Badge mood={moods[status]}>{fill(words.status, { status })}</Badge>,
    },
    {
      key: "sent",
      title: words.sentOn,
      as: "quiet",
      show: ({ sentAt }) => <Time at={sentAt} zone={timeZone} style="date" className="text-ink-soft" />,
    },
    { key: "act", title: words.act, as: "end", show: (invitation) => <Acts invitation={invitation} /> },
  ];
  return <Table caption={words.caption} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function Acts({ invitation: { id, status, email } }: { invitation: Invitation }) {
  const words = useWords("registrations.invitations");
  const fill = useFill();
  const canResend = status === "invited" || status === "declined";
  if (status === "withdrawn") return null;
  return (
    <Form preventScrollReset className="flex flex-wrap justify-end gap-2">
      <input type="hidden" name="invitation" value={id} />
      {canResend && (
        <SubmitButton
          size="sm"
          variant="quiet"
          name="intent"
          value="resend"
          icon={<RotateCw aria-hidden="true" />}
          aria-label={fill(words.resendTo, { email })}
        >
          {words.resend}
        </SubmitButton>
      )}
      <SubmitButton
        size="sm"
        variant="quiet"
        name="intent"
        value="withdraw"
        icon={<X aria-hidden="true" />}
        aria-label={fill(words.withdrawFrom, { email })}
      >
        {words.withdraw}
      </SubmitButton>
    </Form>
  );
}
