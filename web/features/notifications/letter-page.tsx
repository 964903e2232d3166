import { Send } from "lucide-react";
import { useEffect, useState } from "react";
import { redirect, useOutletContext, useRevalidator } from "react-router";
import { z } from "zod";

import type { EventView } from "#contract/events.ts";
import { type Mailing, MailingChange, type MailingRecipient, mailings } from "#contract/mailings.ts";
import { tickets } from "#contract/tickets.ts";
import { toInstant } from "#domain/time/wall.ts";
import { MailingBadge } from "#web/features/notifications/components/mailing-badge.tsx";
import { MailingFields, type Meant } from "#web/features/notifications/components/mailing-fields.tsx";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { type FormFailure, formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { More } from "#web/ui/more.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { Badge, Notice, Panel, Prose, Section } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/letter-page";

const Query = z.object({ cursor: z.uuid().optional().catch(undefined) });

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const query = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const of = { params: { id: params.letterId } };
  const [mailing, log, { items: types }] = await Promise.all([
    call(context, mailings.get, of),
    call(context, mailings.recipients, { ...of, query }),
    call(context, tickets.types, { params: { id: params.id } }),
  ]);
  return {
    mailing,
    log,
    types,
    words: words(context, ["notifications.letters", "notifications.letter", "notifications.meant"]),
  };
}

const Act = z.object({
  intent: z.enum(["send", "later", "stop", "test", "remove"]),
  at: z.string().max(40).default(""),
  zone: z.string().max(60).default("UTC"),
});

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const of = { params: { id: params.letterId } };
  if (form.get("intent") === "change") {
    form.delete("intent");
    const result = await formResult(form, MailingChange, (body) => call(context, mailings.change, { ...of, body }));
    if (!result.ok) return { ...result, typed: { ...result.typed, intent: "change" } };
    return { ok: true as const, value: { says: "changed" as const, to: "" } };
  }
  const result = await formResult(form, Act, async ({ intent, at, zone }) => {
    if (intent === "test") return { says: "tested" as const, ...(await call(context, mailings.test, of)) };
    if (intent === "remove") await call(context, mailings.remove, of);
    else if (intent === "stop") await call(context, mailings.stop, of);
    else {
      const body = intent === "later" ? { at: instantOf(at, zone) } : {};
      await call(context, mailings.send, { ...of, body });
    }
    return { says: intent, to: "" };
  });
  return result.ok && result.value.says === "remove" ? redirect(`/organize/events/${params.id}/letters`) : result;
}

/** What is no time is left for the API to refuse. */
function instantOf(wall: string, zone: string): string {
  try {
    return toInstant(wall, zone).toISOString();
  } catch {
    return wall;
  }
}

export const meta: Route.MetaFunction = consoleTitle("notifications.letter");

export default function LetterPage({ loaderData: { mailing, log, types }, actionData }: Route.ComponentProps) {
  const words = useWords("notifications.letter");
  const fill = useFill();
  const { id: eventId } = useOutletContext<EventView>();
  useNews(mailing.status);
  const said = actionData?.ok ? actionData.value : undefined;
  const refused = actionData?.ok === false ? actionData : undefined;
  const [isUnkept, setUnkept] = useState(false);
  useEffect(() => {
    if (said?.says === "changed") setUnkept(false);
  }, [said]);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-4">
        <h2 className="me-auto min-w-0 break-words">{mailing.subject}</h2>
        <MailingBadge status={mailing.status} />
        <ButtonLink to={`/organize/events/${eventId}/letters`} size="sm" variant="quiet">
          {words.back}
        </ButtonLink>
      </div>
      {said && said.says !== "remove" && <Outcome of={said}>{fill(words[said.says], { email: said.to })}</Outcome>}
      <Steps mailing={mailing} refused={refused} isUnkept={isUnkept} />
      <Section id="preview" title={words.preview}>
        <Panel as="div" className="max-w-[46rem]">
          <Prose html={mailing.html} />
        </Panel>
      </Section>
      {mailing.status === "draft" && (
        <Editor mailing={mailing} types={types} refused={refused} onChange={() => setUnkept(true)} />
      )}
      {log.items.length > 0 && (
        <Section id="log" title={words.log} text={words.logText}>
          <Log items={log.items} />
          <More cursor={log.nextCursor} />
        </Section>
      )}
    </>
  );
}

/** Looks again every few seconds while it is on its way. */
function useNews(status: Mailing["status"]): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (status !== "sending" && status !== "scheduled") return;
    const timer = setInterval(() => void revalidate(), 4000);
    return () => clearInterval(timer);
  }, [status, revalidate]);
}

/** Each form says what went wrong with it alone. */
const about = (refused: FormFailure | undefined, ...intents: string[]) =>
  intents.includes(refused?.typed.intent ?? "") ? refused : undefined;

interface StepsProps {
  mailing: Mailing;
  refused: FormFailure | undefined;
  /** Something below is other than what would be sent. */
  isUnkept: boolean;
}

function Draft({ mailing, refused, isUnkept }: StepsProps) {
  const words = useWords("notifications.letter");
  const fill = useFill();
  const { timeZone } = useOutletContext<EventView>();
  const n = mailing.counts.meant;
  return (
    <Panel aria-label={words.steps} className="mb-10 grid max-w-[46rem] gap-5">
      <p>{fill(words.meant, { n })}</p>
      {isUnkept && <Notice mood="warn">{words.unkept}</Notice>}
      <Form result={about(refused, "send", "test")} className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="send" icon={<Send aria-hidden="true" />} disabled={n === 0 || isUnkept}>
          {fill(words.sendNow, { n })}
        </SubmitButton>
        <SubmitButton name="intent" value="test" variant="secondary" disabled={isUnkept}>
          {words.sendTest}
        </SubmitButton>
        <OpenDialog dialog="throw-away" variant="quiet">
          {words.throwAway}
        </OpenDialog>
      </Form>
      <Form result={about(refused, "later")} className="flex flex-wrap items-end gap-3 border-t border-line pt-5">
        <input type="hidden" name="zone" value={timeZone} />
        <DateTimeField name="at" label={fill(words.when, { zone: timeZone })} required />
        <SubmitButton name="intent" value="later" variant="secondary" disabled={isUnkept}>
          {words.sendLater}
        </SubmitButton>
      </Form>
      <Confirm
        id="throw-away"
        danger
        title={words.throwAwayTitle}
        text={words.throwAwayText}
        confirm={words.throwAway}
        sends={{ intent: "remove" }}
        form={{ result: refused }}
      />
    </Panel>
  );
}

function Steps(props: StepsProps) {
  const words = useWords("notifications.letter");
  const fill = useFill();
  const { timeZone } = useOutletContext<EventView>();
  const { mailing, refused } = props;
  const { status, counts, sendAt } = mailing;
  if (status === "draft") return <Draft {...props} />;
  return (
    <Panel aria-label={words.steps} className="mb-10 grid max-w-[46rem] gap-4">
      {status === "scheduled" && sendAt ? (
        <p>
          {words.goesAt} <Time at={sendAt} zone={timeZone} />
        </p>
      ) : (
        <>
          <Bar of={counts} />
          <p>{fill(words.counted, counts)}</p>
        </>
      )}
      {(status === "scheduled" || status === "sending") && (
        <Form result={about(refused, "stop")}>
          <SubmitButton name="intent" value="stop" variant="danger">
            {status === "scheduled" ? words.takeBack : words.sendNoMore}
          </SubmitButton>
        </Form>
      )}
    </Panel>
  );
}

/** How many have had what they get: the letter, or nothing, as they wish. */
function Bar({ of: { meant, done, handedOver, unsubscribed, refused } }: { of: Mailing["counts"] }) {
  const words = useWords("notifications.letter");
  const percent = Math.round((100 * (handedOver + unsubscribed + refused)) / Math.max(meant, done, 1));
  return (
    <div
      role="progressbar"
      aria-label={words.progress}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}

interface EditorProps {
  mailing: Mailing;
  types: Meant["types"];
  refused: FormFailure | undefined;
  onChange: () => void;
}

function Editor({ mailing, types, refused, onChange }: EditorProps) {
  const words = useWords("notifications.letter");
  const { format } = useOutletContext<EventView>();
  return (
    <Section id="edit" title={words.edit}>
      <Form result={about(refused, "change")} onChange={onChange} className="grid max-w-[46rem] gap-5">
        <MailingFields mailing={mailing} format={format} types={types} />
        <SubmitButton name="intent" value="change" className="justify-self-start">
          {words.save}
        </SubmitButton>
      </Form>
    </Section>
  );
}

const moods = {
  waiting: "warn",
  handed_over: "good",
  failed: "bad",
  refused: "bad",
  unsubscribed: "neutral",
} as const;

function Log({ items }: { items: readonly MailingRecipient[] }) {
  const words = useWords("notifications.letter");
  const columns: Column<MailingRecipient>[] = [
    {
      key: "name",
      title: words.name,
      as: "main",
      show: ({ name, email }) => (
        <span className="grid min-w-0">
          <span className="truncate">{name || email}</span>
          <span className="truncate text-xs font-normal text-ink-soft">{email}</span>
        </span>
      ),
    },
    {
      key: "outcome",
      title: words.outcome,
      show: ({ outcome, said }) => (
        <span className="grid justify-items-start gap-1 max-sm:justify-items-end">
          <Badge mood={moods[outcome]}>{words[outcome]}</Badge>
          {said && <span className="max-w-[40ch] text-xs break-words text-ink-soft">{said}</span>}
        </span>
      ),
    },
  ];
  return <Table caption={words.log} columns={columns} rows={items} rowKey={({ id }) => id} />;
}
