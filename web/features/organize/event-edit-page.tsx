import { type ReactNode, useEffect, useId, useState } from "react";
import { redirect, useOutletContext } from "react-router";
import { z } from "zod";

import { EventChange } from "#contract/event-input.ts";
import { type Category, type EventView, events } from "#contract/events.ts";
import { type TicketType, TicketTypeInput, tickets } from "#contract/tickets.ts";
import { spokenIn } from "#web/features/events/act.ts";
import { keepEvent } from "#web/features/organize/act.ts";
import { Conflict } from "#web/features/organize/components/conflict.tsx";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { EditorBasics } from "#web/features/organize/components/editor-basics.tsx";
import { EditorCover } from "#web/features/organize/components/editor-cover.tsx";
import { EditorMore } from "#web/features/organize/components/editor-more.tsx";
import { EditorSeats } from "#web/features/organize/components/editor-seats.tsx";
import { EditorSide } from "#web/features/organize/components/editor-side.tsx";
import { EditorTickets } from "#web/features/organize/components/editor-tickets.tsx";
import { EditorTime } from "#web/features/organize/components/editor-time.tsx";
import { EditorWhere } from "#web/features/organize/components/editor-where.tsx";
import { EditorWho } from "#web/features/organize/components/editor-who.tsx";
import { failureOf, type Lack, Lacking } from "#web/features/organize/components/lacking.tsx";
import { Telling } from "#web/features/organize/components/telling.tsx";
import { TooSmall } from "#web/features/organize/components/too-small.tsx";
import { type Saved, useAutosave } from "#web/features/organize/components/use-autosave.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { type FormFailure, formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Form } from "#web/ui/form.tsx";
import { Quietly } from "#web/ui/quietly.tsx";
import { Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-edit-page";

const TicketTypes = z.object({ items: z.array(TicketTypeInput).min(1).max(30), overbook: z.boolean().optional() });

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { say } = pageOf(context);
  const [categories, types, event] = await Promise.all([
    call(context, events.categories, {}),
    call(context, tickets.types, { params: { id: params.id } }),
    new URL(request.url).searchParams.has("missing") &&
      call(context, events.get, { params: { id: params.id }, query: {} }),
  ]);
  const missing = (event ? event.team?.missing : undefined) ?? [];
  return {
    lacks: missing.map((lack) => {
      const [at = "", code = "missing"] = lack.split(".");
      return { at, code, says: say(`events.lacks.${at}.${code}`) };
    }),
    categories: categories.items,
    languages: spokenIn(pageOf(context).locale),
    types: types.items,
    words: words(context, [
      "organize.edit",
      "organize.tell",
      "organize.conflicts",
      "organize.fresh",
      "organize.kinds",
      "organize.missing",
      "organize.overview",
      "organize.publishing",
      "organize.submitting",
      "events.virtualConfig",
    ]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const named = { params: { id: params.id } };
  if (form.get("intent") === "tickets") {
    return formResult(form, TicketTypes, (body) => call(context, tickets.saveTypes, { ...named, body }));
  }
  const saved = await keepEvent(context, params.id, form);
  if (!saved.ok) return saved;
  const answer: Saved = { ok: true, version: saved.value.team?.version ?? 1, event: saved.value };
  if (form.get("intent") !== "publish") return answer;
  const published = await formResult(form, EventChange, () => call(context, events.publish, { ...named, body: {} }));
  return published.ok ? redirect(`/organize/events/${params.id}?published=1`) : published;
}

export const meta: Route.MetaFunction = consoleTitle("organize.edit");

export default function EventEditPage({ loaderData, actionData }: Route.ComponentProps) {
  const event = useOutletContext<EventView>();
  const { lacks, ...known } = loaderData;
  const result = actionData && (!actionData.ok || "event" in actionData) ? actionData : undefined;
  return <Editor key={event.id} event={event} {...known} result={result} lacks={lacks} />;
}

interface EditorProps {
  event: EventView;
  categories: readonly Category[];
  languages: readonly { code: string; name: string }[];
  types: readonly TicketType[];
  result: Saved | FormFailure | undefined;
  /** What kept it from being published a moment ago. */
  lacks: readonly Lack[];
}

/** One page with everything; a draft saves itself, what is published is changed when its host says so. */
function Editor({ event, categories, languages, types, result, lacks }: EditorProps) {
  const words = useWords("organize.edit");
  const id = useId();
  const { state, answer, touch, save, settle } = useAutosave(id, event.status === "draft");
  const [version, setVersion] = useState(event.team?.version ?? 1);
  // Words about one change are none about the next.
  const [saves, setSaves] = useState(0);
  useEffect(() => {
    if (answer?.ok) setVersion(answer.version);
  }, [answer]);
  useEffect(() => {
    if (!result?.ok) return;
    setVersion(result.version);
    setSaves((now) => now + 1);
    settle();
  }, [result, settle]);
  const conflict = [answer, result].find(
    (one): one is FormFailure => one?.ok === false && one.code === changedMeanwhile,
  );
  const keepMine = (theirs: number) => {
    setVersion(theirs);
    save({ version: String(theirs) });
  };
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_17rem] lg:items-start lg:gap-12">
      <div className="max-w-[42rem]">
        <Lacking lacks={lacks} form={id} />
        {conflict && <Conflict failure={conflict} onKeepMine={keepMine} />}
        <Form id={id} result={result} onChange={touch}>
          <input type="hidden" name="version" value={version} />
          <Quietly failure={answer?.ok === false ? answer : failureOf(lacks)}>
            <Part id="basics" title={words.basics} isFirst>
              <EditorBasics event={event} />
            </Part>
            <Part id="time" title={words.time}>
              <EditorTime event={event} />
            </Part>
            <Part id="where" title={words.where}>
              <EditorWhere event={event} />
            </Part>
            <Part id="cover" title={words.cover}>
              <EditorCover event={event} onChanged={(next) => setVersion((now) => (next === now + 1 ? next : now))} />
            </Part>
            <Part id="seats" title={words.registration}>
              <EditorSeats event={event} />
              <TooSmall failure={[answer, result].find((one): one is FormFailure => one?.ok === false)} />
            </Part>
            <Part id="more" title={words.more} text={words.moreText}>
              <EditorMore event={event} languages={languages} />
            </Part>
            <Part id="who" title={words.who}>
              <EditorWho event={event} categories={categories} />
            </Part>
            {event.status === "published" && (
              <div className="mt-10">
                <Telling key={saves} told={event.team?.people.told ?? 0} />
              </div>
            )}
          </Quietly>
        </Form>
        <Part id="tickets" title={words.tickets} text={words.ticketsText}>
          <EditorTickets event={event} types={types} />
        </Part>
      </div>
      <EditorSide event={event} form={id} state={state === "clean" && result ? toldBy(result) : state} />
    </div>
  );
}

const changedMeanwhile = "event.changed_meanwhile";
const toldBy = (result: Saved | FormFailure) => (result.ok ? "saved" : "incomplete");

interface PartProps {
  id: string;
  title: string;
  text?: string;
  isFirst?: boolean;
  children: ReactNode;
}

function Part({ id, title, text, isFirst, children }: PartProps) {
  return (
    <Section id={id} title={title} text={text} className={isFirst ? "" : "mt-10 border-t border-line pt-10"}>
      <div className="grid gap-5">{children}</div>
    </Section>
  );
}
