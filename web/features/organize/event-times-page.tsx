import { CalendarPlus } from "lucide-react";
import { data, redirect, useOutletContext } from "react-router";
import { z } from "zod";

import { OccurrenceChange } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import { occurrences } from "#contract/occurrences.ts";
import { OccurrenceRow } from "#web/features/organize/components/occurrence-row.tsx";
import { weekly } from "#web/features/organize/components/wall.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { EmptyState, Panel } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-times-page";

export function loader({ context }: Route.LoaderArgs) {
  return {
    title: pageOf(context).say("organize.times.pageTitle"),
    words: words(context, ["organize.times", "organize.edit", "organize.tell", "organize.conflicts"]),
  };
}

const Adding = z.object({
  startTime: z.string().min(1),
  endTime: z.string().optional(),
  weeks: z.coerce.number().int().min(1).max(52).default(1),
  title: z.string().trim().max(200).optional(),
});
const Reason = z.object({ reason: z.string().trim().max(1000).default("") });

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const occurrenceId = String(form.get("occurrence") ?? "");
  const one = { params: { id: params.id, occurrenceId } };
  const result = await act();
  return result.ok ? redirect(`/organize/events/${params.id}/times`) : { ...result, at: occurrenceId };

  function act() {
    switch (form.get("intent")) {
      case "add":
        return formResult(form, Adding, ({ weeks, startTime, endTime, title }) => {
          const times = weekly(startTime, endTime || undefined, weeks);
          const body = { times, ...(title ? { title } : {}) };
          return call(context, occurrences.add, { params: { id: params.id }, body });
        });
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

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

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
  const isOne = event.occurrences.filter(({ status }) => status !== "cancelled").length < 2;
  return (
    <div className="grid max-w-[46rem] gap-8">
      <div>
        <h2>{words.title}</h2>
        <p className="mt-1 text-ink-soft">{words.text}</p>
      </div>
      <ul className="grid gap-3">
        {event.occurrences.map((occurrence) => (
          <li key={occurrence.id}>
            <OccurrenceRow
              event={event}
              occurrence={occurrence}
              isOnly={isOne}
              result={actionData?.at === occurrence.id ? actionData : undefined}
            />
          </li>
        ))}
      </ul>
      {event.status !== "cancelled" && event.team?.mayEdit && (
        <Panel aria-labelledby="add-time">
          <h3 id="add-time" className="mb-4 text-lg!">
            {words.add}
          </h3>
          {/* Empty again once they are added: a second press would add them a second time. */}
          <Form
            key={event.occurrences.map(({ id }) => id).join()}
            result={actionData?.at === "" ? actionData : undefined}
            className="grid gap-5"
          >
            <div className="grid items-start gap-5 sm:grid-cols-2">
              <DateTimeField name="startTime" label={words.start} required />
              <DateTimeField name="endTime" label={words.end} hint={words.endHint} optional />
              <Select name="weeks" label={words.repeat} defaultValue="1">
                {[1, 2, 3, 4, 6, 8, 10, 12, 26, 52].map((n) => (
                  <option key={n} value={n}>
                    {words[n === 1 ? "once" : "weekly"].replace("{n}", String(n))}
                  </option>
                ))}
              </Select>
              <Field name="title" label={words.ownTitle} hint={words.ownTitleHint} maxLength={200} optional />
            </div>
            <div>
              <SubmitButton name="intent" value="add" icon={<CalendarPlus aria-hidden="true" />}>
                {words.addDo}
              </SubmitButton>
            </div>
          </Form>
        </Panel>
      )}
    </div>
  );
}
