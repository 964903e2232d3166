import { CalendarPlus } from "lucide-react";
import { data, redirect, useOutletContext } from "react-router";
import { z } from "zod";

import { OccurrenceChange } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import { occurrences } from "#contract/occurrences.ts";
import { monthlyWays } from "#domain/recurrence/choice.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { OccurrenceRow } from "#web/features/organize/components/occurrence-row.tsx";
import { RepeatFields } from "#web/features/organize/components/repeat-fields.tsx";
import { Added, SeveralBar } from "#web/features/organize/components/several-bar.tsx";
import { repeats, ruleOf } from "#web/features/organize/components/typed-times.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form, ownRefusal } from "#web/ui/form.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { EmptyState, Panel } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-times-page";

export function loader({ context }: Route.LoaderArgs) {
  return {
    words: words(context, [
      "organize.times",
      "organize.repeat",
      "organize.edit",
      "organize.tell",
      "organize.conflicts",
    ]),
  };
}

const Adding = z.object({
  startTime: z.string().min(1),
  endTime: z.string().optional(),
  repeat: z.enum(repeats).default("once"),
  interval: z.int().min(1).max(99).default(1),
  weekdays: z.array(z.int().min(0).max(6)).default([]),
  monthly: z.enum(monthlyWays).default("date"),
  recurrenceRule: z.string().default(""),
  maxOccurrences: z.int().optional(),
  recurrenceEndDate: z.string().optional(),
  title: z.string().trim().max(200).optional(),
});
const Reason = z.object({ reason: z.string().trim().max(1000).default("") });

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const ids = form.getAll("who").map(String);
  const several = { params: { id: params.id } };
  const one = { params: { id: params.id, occurrenceId: String(form.get("occurrence") ?? "") } };
  const result = await act();
  if (!result.ok) return result;
  return Array.isArray(result.value)
    ? { ok: true as const, added: result.value }
    : redirect(`/organize/events/${params.id}/times`);

  function act() {
    switch (form.get("intent")) {
      case "add":
        return formResult(form, Adding, async ({ title, endTime, maxOccurrences, recurrenceEndDate, ...typed }) => {
          const { startTime, repeat } = typed;
          const last = recurrenceEndDate || undefined;
          const repeated = { recurrenceRule: ruleOf(typed), maxOccurrences, recurrenceEndDate: last };
          const body = {
            startTime,
            endTime: endTime || undefined,
            ...(repeat === "once" ? {} : repeated),
            ...(title ? { title } : {}),
          };
          return (await call(context, occurrences.add, { ...several, body })).added;
        });
      case "cancelSeveral":
        return formResult(form, Reason, ({ reason }) =>
          call(context, occurrences.cancelSeveral, { ...several, body: { occurrenceIds: ids, reason } }),
        );
      case "removeSeveral":
        return formResult(form, z.object({}), () =>
          call(context, occurrences.removeSeveral, { ...several, body: { occurrenceIds: ids } }),
        );
      case "change":
        return formResult(form, OccurrenceChange, (body) => call(context, occurrences.change, { ...one, body }));
      case "cancel":
        return formResult(form, Reason, (body) => call(context, occurrences.cancel, { ...one, body }));
      case "remove":
        return formResult(form, z.object({}), () => call(context, occurrences.remove, one));
      default:
        throw data(null, { status: 400 });
    }
  }
}

export const meta: Route.MetaFunction = consoleTitle("organize.times");

/** All times of an event: what each says otherwise, and which are off. */
export default function EventTimesPage({ actionData }: Route.ComponentProps) {
  const event = useOutletContext<EventView>();
  const words = useWords("organize.times");
  if (!event.startTime) {
    return (
      <EmptyState
        title={words.emptyTitle}
        text={words.emptyText}
        action={<ButtonLink to={`/organize/events/${event.id}/edit`}>{words.emptyAction}</ButtonLink>}
      />
    );
  }
  const open = event.occurrences.filter(({ status }) => status !== "cancelled");
  const refused =
    ownRefusal(actionData, { intent: "cancelSeveral" }) ?? ownRefusal(actionData, { intent: "removeSeveral" });
  const mayChange = event.status !== "cancelled" && event.team?.mayEdit;
  return (
    <div className="grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-8">
      <div>
        <h2>{words.title}</h2>
        <p className="mt-1 text-ink-soft">{words.text}</p>
      </div>
      <div>
        {refused && (
          <Outcome of={refused} mood="bad">
            {refused.message}
          </Outcome>
        )}
        {mayChange && open.length > 1 && <SeveralBar key={idsOf(open).join()} occurrences={open} result={actionData} />}
        <ul className="grid gap-3">
          {event.occurrences.map((occurrence) => (
            <li key={occurrence.id}>
              <OccurrenceRow event={event} occurrence={occurrence} isOnly={open.length < 2} result={actionData} />
            </li>
          ))}
        </ul>
      </div>
      {mayChange && (
        <Panel aria-labelledby="add-time">
          <h3 id="add-time" className="mb-4 text-lg!">
            {words.add}
          </h3>
          {actionData?.ok && <Added ids={actionData.added} occurrences={open} />}
          {/* Empty again once they are added. */}
          <Form
            key={idsOf(event.occurrences).join()}
            result={actionData}
            sends={{ intent: "add" }}
            className="grid gap-5"
          >
            <RepeatFields event={event} />
            <Field name="title" label={words.ownTitle} hint={words.ownTitleHint} maxLength={200} optional />
            <div>
              <SubmitButton icon={<CalendarPlus aria-hidden="true" />}>{words.addDo}</SubmitButton>
            </div>
          </Form>
        </Panel>
      )}
    </div>
  );
}

const idsOf = (occurrences: EventView["occurrences"]) => occurrences.map(({ id }) => id);
