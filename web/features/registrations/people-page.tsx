import { FileDown, FileUp, MailX, ScanLine, Sheet, UserPlus, UserRoundCheck, UserRoundX } from "lucide-react";
import { useSearchParams } from "react-router";
import { z } from "zod";

import { events } from "#contract/events.ts";
import { type Participant, RegistrationStatus, registrations } from "#contract/registrations.ts";
import { type TicketType, tickets } from "#contract/tickets.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { AnswerList } from "#web/features/questions/components/answer-list.tsx";
import { act } from "#web/features/registrations/act.ts";
import { AddPerson, MovePerson } from "#web/features/registrations/components/add-person.tsx";
import { BulkBar, BulkProgress, BulkQuestion, Choose } from "#web/features/registrations/components/bulk.tsx";
import { PeopleFilters } from "#web/features/registrations/components/people-filters.tsx";
import { PersonActions } from "#web/features/registrations/components/person-actions.tsx";
import { Question } from "#web/features/registrations/components/question.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useFill, useLocale, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { SearchField } from "#web/ui/list.tsx";
import { ButtonMenu, MenuDivider, MenuLink } from "#web/ui/menu.tsx";
import { More } from "#web/ui/more.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { Avatar, Badge, EmptyState } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time, useMoment } from "#web/ui/time.tsx";

import type { Route } from "./+types/people-page";

const Query = z.object({
  q: z.string().trim().max(120).optional().catch(undefined),
  status: RegistrationStatus.optional().catch(undefined),
  cursor: z.string().max(400).optional().catch(undefined),
  occurrence_id: z.uuid().optional().catch(undefined),
});

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [event, people, types] = await Promise.all([
    call(context, events.get, { params, query: { occurrence_id: query.occurrence_id } }),
    call(context, registrations.participants, { params, query: { ...query, limit: 50 } }),
    typesFor(context, params),
  ]);
  return {
    event: {
      id: event.id,
      slug: event.slug,
      title: event.title,
      occurrenceId: event.occurrenceId,
      timeZone: event.timeZone,
      format: event.format,
    },
    // Nobody is moved to a time that is off.
    times: event.occurrences.flatMap(({ id, startTime, endTime, status }) =>
      startTime && status !== "cancelled" ? [{ id, startTime, endTime }] : [],
    ),
    people,
    types,
    words: words(context, ["registrations.people", "registrations.bulk", "registrations.team", "questions.answers"]),
  };
}

/** What can be had there, for those who decide; nothing for who may only look. */
async function typesFor(context: Route.LoaderArgs["context"], params: { id: string }): Promise<TicketType[] | null> {
  try {
    return (await call(context, tickets.types, { params })).items;
  } catch (thrown) {
    if (refusalOf(thrown)?.code === "auth.forbidden") return null;
    throw thrown;
  }
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return act(context, await request.formData(), params.id, new URL(request.url).searchParams);
}

export const meta: Route.MetaFunction = consoleTitle("registrations.people");

export default function PeoplePage({ loaderData, actionData }: Route.ComponentProps) {
  const { event, people, types, times } = loaderData;
  const address = useAddress();
  const back = address({ ask: null, who: null });
  const said = actionData?.ok ? actionData.value : null;
  const words = useWords("registrations.people");
  const fill = useFill();
  const [search] = useSearchParams();
  const chosen = search.get("occurrence_id");
  const at = (path: string) => (chosen ? atOccurrence(path, chosen) : path);
  const isFiltered = search.has("q") || search.has("status");
  const question = useQuestion(types === null ? [] : people.items);
  const isAdding = search.get("ask") === "add" && types !== null;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h2>{words.title}</h2>
        <div className="flex flex-wrap gap-2">
          {types && (
            <ButtonLink to={address({ ask: "add", who: null })} icon={<UserPlus aria-hidden="true" />}>
              {words.add}
            </ButtonLink>
          )}
          {types && <Tables event={event.id} />}
          {event.format !== "virtual" && (
            <ButtonLink to={at(`/organize/events/${event.id}/door`)} icon={<ScanLine aria-hidden="true" />}>
              {words.door}
            </ButtonLink>
          )}
        </div>
      </div>
      {said && "name" in said && (
        <Outcome of={said} mood={said.says === "notAdded" || said.says === "alreadyIn" ? "warn" : "good"}>
          {fill(words[said.says], { name: said.name })}
        </Outcome>
      )}
      {said?.says === "ask" && <BulkQuestion bulk={said} back={back} />}
      {said?.says === "bulk" && <BulkProgress bulk={said} />}
      {actionData && !actionData.ok && !question && !isAdding && (
        <Outcome of={actionData} mood="bad">
          {actionData.message}
        </Outcome>
      )}
      {isAdding && <AddPerson types={types ?? []} format={event.format} back={back} result={actionData} />}
      {question?.what === "move" && (
        <MovePerson
          person={question.person}
          types={types ?? []}
          times={times}
          now={chosen ?? event.occurrenceId}
          zone={event.timeZone}
          back={back}
          result={actionData}
        />
      )}
      {question && question.what !== "move" && <Question {...question} what={question.what} result={actionData} />}
      <div className="mb-6 grid gap-4">
        <SearchField label={words.search} />
        <PeopleFilters counts={people.counts} />
      </div>
      {people.items.length > 0 ? (
        <>
          {types && (
            <BulkBar
              shown={people.items.length}
              matching={people.matching}
              pending={people.counts.pending}
              done={said?.says === "bulk" ? said : null}
            />
          )}
          <People
            items={people.items}
            zone={event.timeZone}
            types={types}
            canMove={times.length > 1 || (types?.length ?? 0) > 1}
          />
          <More cursor={people.nextCursor} />
        </>
      ) : isFiltered ? (
        <EmptyState
          title={words.nobodyTitle}
          text={words.nobodyText}
          action={<ButtonLink to={address({ q: null, status: null, cursor: null })}>{words.nobodyLink}</ButtonLink>}
        />
      ) : (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<ButtonLink to={at(`/events/${event.slug}`)}>{words.emptyLink}</ButtonLink>}
        />
      )}
    </>
  );
}

/** People in from a table, and out as one: those whom the list shows. */
function Tables({ event }: { event: string }) {
  const words = useWords("registrations.people");
  const [search] = useSearchParams();
  const which = new URLSearchParams();
  const chosen = search.get("occurrence_id");
  const importing = `/organize/events/${event}/people/import`;
  for (const name of ["q", "status", "occurrence_id"]) if (search.get(name)) which.set(name, search.get(name) ?? "");
  const file = (format: string) => `/api/v1/events/${event}/participants.${format}${which.size > 0 ? `?${which}` : ""}`;
  return (
    <ButtonMenu label={words.tables} icon={<Sheet aria-hidden="true" />}>
      <MenuLink to={chosen ? atOccurrence(importing, chosen) : importing} icon={<FileUp aria-hidden="true" />}>
        {words.import}
      </MenuLink>
      <MenuDivider />
      <MenuLink to={file("csv")} reloadDocument icon={<FileDown aria-hidden="true" />}>
        {words.exportCsv}
      </MenuLink>
      <MenuLink to={file("xlsx")} reloadDocument icon={<FileDown aria-hidden="true" />}>
        {words.exportXlsx}
      </MenuLink>
    </ButtonMenu>
  );
}

/** The address of this list with some of its search changed. */
function useAddress() {
  const [search] = useSearchParams();
  return (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next}`;
  };
}

const asks = { decline: "decline", cancel: "cancel", rename: "rename", move: "move" } as const;

/** What the address asks about somebody of this list. */
function useQuestion(items: readonly Participant[]) {
  const [search] = useSearchParams();
  const address = useAddress();
  const what = asks[search.get("ask") as keyof typeof asks];
  const person = items.find(({ id }) => id === search.get("who"));
  return what && person ? { what, person, back: address({ ask: null, who: null }) } : null;
}

function People({
  items,
  zone,
  types,
  canMove,
}: {
  items: readonly Participant[];
  zone: string;
  types: readonly TicketType[] | null;
  canMove: boolean;
}) {
  const words = useWords("registrations.people");
  const address = useAddress();
  const asking = (what: keyof typeof asks, id: string) => address({ ask: what, who: id });
  const columns: Column<Participant>[] = [
    {
      key: "name",
      title: words.name,
      as: "main",
      show: (person) => <Who person={person} canChoose={types !== null} />,
    },
    { key: "state", title: words.state, show: (person) => <State person={person} /> },
    { key: "ticket", title: words.ticket, show: (person) => <TicketOf person={person} /> },
    { key: "was", title: words.was, show: (person) => <Attendance person={person} zone={zone} /> },
    {
      key: "since",
      title: words.since,
      as: "quiet",
      show: ({ registeredAt }) => (
        <Time at={registeredAt} zone={zone} style="date" className="whitespace-nowrap text-ink-soft" />
      ),
    },
  ];
  const acts: Column<Participant> = {
    key: "act",
    title: words.act,
    as: "act",
    show: (person) => <PersonActions person={person} asking={asking} canMove={canMove} />,
  };
  // Who may only look has nothing to do here.
  const shown = types === null ? columns : [...columns, acts];
  return <Table caption={words.caption} columns={shown} rows={items} rowKey={({ id }) => id} />;
}

function Who({ person, canChoose }: { person: Participant; canChoose: boolean }) {
  const { id, name, email, status, registeredBy, isUnnamed, isUnreachable } = person;
  const isAsked = status === "confirmed" && !isUnnamed;
  const words = useWords("registrations.people");
  const fill = useFill();
  return (
    <span className="flex items-center gap-3">
      {canChoose && <Choose id={id} name={name} />}
      <Avatar name={name} size={34} />
      <span className="grid min-w-0">
        <span className="truncate">{name}</span>
        <span className="truncate text-xs font-normal text-ink-soft">{isUnnamed ? words.unnamed : email}</span>
        {isUnreachable && (
          <span className="flex items-center gap-1 text-xs font-normal text-bad" title={words.unreachableHint}>
            <MailX aria-hidden="true" className="size-3.5 shrink-0" />
            {words.unreachable}
          </span>
        )}
        {registeredBy && registeredBy !== name && (
          <span className="truncate text-xs font-normal text-ink-soft">{fill(words.by, { name: registeredBy })}</span>
        )}
        {isAsked && person.acceptsConduct === false && (
          <span className="text-xs font-normal text-ink-soft">{words.toAccept}</span>
        )}
        {isAsked && person.confirmsAge === false && (
          <span className="text-xs font-normal text-ink-soft">{words.toConfirm}</span>
        )}
        <Answered answers={person.answers} />
      </span>
    </span>
  );
}

/** Folded away: a list of people is read by their names. */
function Answered({ answers }: Pick<Participant, "answers">) {
  const words = useWords("questions.answers");
  const fill = useFill();
  if (answers.length === 0) return null;
  return (
    <details className="text-xs font-normal">
      <summary className="link inline-flex min-h-9 items-center pointer-coarse:min-h-11">
        {fill(words.show, { n: answers.length })}
      </summary>
      <AnswerList answers={answers} />
    </details>
  );
}

const moods = {
  confirmed: "good",
  pending: "warn",
  offered: "warn",
  awaiting_payment: "warn",
  waitlisted: "accent",
} as const;

function State({ person: { status, position, note } }: { person: Participant }) {
  const words = useWords("registrations.people");
  const fill = useFill();
  return (
    <span className="grid justify-items-start gap-1 max-sm:justify-items-end">
      <Badge mood={moods[status as keyof typeof moods] ?? "neutral"}>
        {status === "waitlisted" && position !== null
          ? fill(words.inLine, { position })
          : fill(words.status, { status })}
      </Badge>
      {note && <span className="max-w-[24ch] truncate text-xs text-ink-soft">{note}</span>}
    </span>
  );
}

function TicketOf({ person: { ticketTypeName, side } }: { person: Participant }) {
  const words = useWords("registrations.people");
  const fill = useFill();
  return (
    <span className="grid">
      {ticketTypeName}
      <span className="text-xs text-ink-soft">{fill(words.side, { side })}</span>
    </span>
  );
}

function Attendance({ person, zone }: { person: Participant; zone: string }) {
  const words = useWords("registrations.people");
  const fill = useFill();
  const locale = useLocale();
  const { attendance, attendanceSource, checkedInAt, gate } = person;
  const moment = useMoment();
  const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" });
  if (attendance === "unknown") return null;
  const was = attendance === "attended";
  const Icon = was ? UserRoundCheck : UserRoundX;
  return (
    <span className="inline-flex items-center gap-2">
      <Icon aria-hidden="true" className={`size-4.5 ${was ? "text-good" : "text-ink-soft"}`} />
      <span className="grid">
        {fill(words.attendance, { attendance })}
        <span className="text-xs text-ink-soft">
          {checkedInAt ? (
            <>
              <time dateTime={checkedInAt} suppressHydrationWarning>
                {moment(clock, checkedInAt)}
              </time>
              {gate && ` · ${gate}`}
            </>
          ) : (
            attendanceSource && fill(words.source, { source: attendanceSource })
          )}
        </span>
      </span>
    </span>
  );
}
