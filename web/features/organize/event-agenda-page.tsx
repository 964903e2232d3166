import { type FormEvent, useId, useState } from "react";
import { useOutletContext } from "react-router";

import { type EventView, events } from "#contract/events.ts";
import { eventTeams } from "#contract/teams.ts";
import { wallAfter } from "#domain/events/agenda.ts";
import { keepAgenda } from "#web/features/organize/act.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { type Draft, EditorAgenda } from "#web/features/organize/components/editor-agenda.tsx";
import { EditorSpeakers } from "#web/features/organize/components/editor-speakers.tsx";
import { useRows } from "#web/features/organize/components/use-rows.ts";
import { call } from "#web/platform/api.ts";
import { useAutosave } from "#web/platform/autosave.ts";
import type { FormFailure } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Quietly } from "#web/ui/quietly.tsx";
import { SaveLine } from "#web/ui/save-line.tsx";
import { Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-agenda-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  const [event, { items }] = await Promise.all([
    call(context, events.get, { params: { id: params.id }, query: {} }),
    call(context, eventTeams.members, { params: { id: params.id } }),
  ]);
  return {
    drafts: draftsOf(event),
    team: items.filter(({ role }) => role === "speaker").map(({ userId, name }) => ({ userId, name })),
    words: words(context, ["organize.agenda", "organize.edit"]),
  };
}

/** By the clocks, which no browser has to reckon with. */
const draftsOf = ({ agenda, wallStart }: EventView): Draft[] =>
  agenda.map(({ id, title, description, placeName, durationMinutes, speakerIds, startsAfterMinutes }) => {
    const [on = "", at = ""] = wallStart ? wallAfter(wallStart, startsAfterMinutes).split("T") : [];
    return { id, title, description, placeName, durationMinutes, speakerIds, on, at };
  });

export async function action({ params, request, context }: Route.ActionArgs) {
  const kept = await keepAgenda(context, params.id, await request.formData());
  return kept.ok ? { ok: true as const } : kept;
}

export const meta: Route.MetaFunction = consoleTitle("organize.agenda");

export default function EventAgendaPage({ loaderData, actionData }: Route.ComponentProps) {
  const event = useOutletContext<EventView>();
  return <Editor key={event.id} event={event} {...loaderData} result={actionData} />;
}

interface Props {
  event: EventView;
  drafts: readonly Draft[];
  team: readonly { userId: string; name: string }[];
  result: { ok: true } | FormFailure | undefined;
}

/** Who speaks and what comes when. A draft saves itself, what is published is changed when its host says so. */
function Editor({ event, drafts, team, result }: Props) {
  const words = useWords("organize.agenda");
  const edit = useWords("organize.edit");
  const id = useId();
  const { state, answer, touch, save } = useAutosave<{ ok: true }>(id, { isOn: event.status === "draft" });
  const [isAsked, setAsked] = useState(false);
  const speakers = useRows(event.speakers, touch);
  const items = useRows(drafts, touch);
  const failure = answer?.ok === false ? answer : undefined;
  const isLoud = isAsked || failure?.code === "event.changed_meanwhile";
  const send = (sent: FormEvent) => {
    sent.preventDefault();
    setAsked(true);
    save();
  };
  const change = () => {
    setAsked(false);
    touch();
  };
  return (
    <Form id={id} result={isLoud ? failure : result} onChange={change} onSubmit={send} className="max-w-[42rem]">
      <input type="hidden" name="version" value={event.team?.version ?? 1} />
      <Quietly failure={failure}>
        <Section id="speakers" title={words.speakers} text={words.speakersText}>
          <div className="grid gap-4">
            <EditorSpeakers event={event} rows={speakers} team={team} />
          </div>
        </Section>
        <Section id="agenda" title={words.agenda} text={words.agendaText}>
          <div className="grid gap-4">
            {event.wallStart && event.wallEnd ? (
              <EditorAgenda
                rows={items}
                speakers={speakers.rows}
                days={daysFrom(event.wallStart, event.wallEnd)}
                from={event.wallStart}
              />
            ) : (
              <div className="flex flex-wrap items-center justify-between gap-4 rounded-panel border border-line p-4">
                <p className="text-sm text-ink-soft">{words.noTime}</p>
                <ButtonLink size="sm" to={`/organize/events/${event.id}/edit`}>
                  {words.noTimeAction}
                </ButtonLink>
              </div>
            )}
          </div>
        </Section>
      </Quietly>
      <div className="sticky bottom-0 z-10 mt-8 flex min-h-16 items-center justify-between gap-4 border-t border-line bg-paper py-3 max-lg:bottom-14">
        <SaveLine
          state={state}
          says={{
            dirty: edit.unsaved,
            saving: edit.saving,
            saved: edit.saved,
            incomplete: edit.incomplete,
            failed: edit.failed,
          }}
        />
        <SubmitButton pending={state === "saving"}>{edit.save}</SubmitButton>
      </div>
    </Form>
  );
}

const dayMs = 86_400_000;

function daysFrom(start: string, end: string): string[] {
  const [first, last] = [start, end].map((wall) => Date.parse(wall.slice(0, 10)));
  const n = ((last ?? 0) - (first ?? 0)) / dayMs + 1;
  return Array.from({ length: n }, (_, at) => new Date((first ?? 0) + at * dayMs).toISOString().slice(0, 10));
}
