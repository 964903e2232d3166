import { type FormEvent, useEffect, useState } from "react";
import { redirect } from "react-router";

import { EventDraft } from "#contract/event-input.ts";
import { type EventView, events } from "#contract/events.ts";
import { organizers } from "#contract/organizers.ts";
import { own, templates } from "#contract/templates.ts";
import { Leapt } from "#web/features/organize/components/leapt.tsx";
import { PlaceChoice } from "#web/features/organize/components/place-choice.tsx";
import { usePublishing } from "#web/features/organize/components/review.tsx";
import { TemplateChoice } from "#web/features/organize/components/template-choice.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField, ZoneField } from "#web/ui/date-time-field.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/new-event-page";

/** What is to be public at once says where: asked for here, where it was left out. */
const Placed = EventDraft.refine(({ format, placeName }) => format === "virtual" || placeName, { path: ["placeName"] });

export async function loader({ context, request }: Route.LoaderArgs) {
  signedIn(context, request);
  const search = new URL(request.url).searchParams;
  const mine = (await call(context, organizers.mine, {})).items;
  // Who belongs to others' teams only may still begin something of their own.
  const hasOwn = mine.length === 0 || mine.some(({ role }) => role === "owner");
  const choices = [...mine.map(({ id, name }) => ({ value: id, label: name })), ...(hasOwn ? [] : [{ value: own }])];
  const organizerId = (choices.find(({ value }) => value === search.get("organizer_id")) ?? choices[0])?.value;
  // Where there is a choice, the address says what is chosen.
  if (choices.length > 1 && organizerId && search.get("organizer_id") !== organizerId) {
    search.set("organizer_id", organizerId);
    search.delete("_routes");
    throw redirect(`/organize/events/new?${search}`);
  }
  const { items, isReviewed } = await call(context, templates.list, { query: { organizer_id: organizerId } });
  const chosen = search.get("template");
  return {
    choices: choices.length > 1 ? choices : [],
    organizerId,
    templates: items.map(({ id, name }) => ({ value: id, label: name })),
    from: items.find(({ id }) => id === chosen) ?? null,
    isReviewed,
    words: words(context, ["organize.fresh", "organize.edit", "organize.publishing", "organize.submitting"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.get("intent") === "remove-template") {
    await call(context, templates.remove, { params: { id: String(form.get("id")) } });
    return redirect("/organize/events/new");
  }
  if (form.get("organizerId") === own) form.set("organizerId", (await call(context, organizers.begin, {})).id);
  const shape = form.get("intent") === "publish" ? Placed : EventDraft;
  const result = await formResult(form, shape, (body) => call(context, events.create, { body }));
  if (!result.ok) return result;
  const { id, wallStart } = result.value;
  const typed = form.get("startTime");
  // Without script, nobody has said yet that the clocks leap over the time that was typed.
  const more = new URLSearchParams(typed && wallStart && typed !== wallStart ? { leapt: String(typed) } : {});
  if (form.get("intent") !== "publish") return redirect(`/organize/events/${id}/edit?${more}`);
  // What is missing is asked for where everything else can be said too; the draft is there already.
  const isOut = await publishedOrNot(() => call(context, events.publish, { params: { id }, body: {} }));
  more.set(isOut ? "published" : "missing", "1");
  return redirect(`/organize/events/${id}${isOut ? "" : "/edit"}?${more}`);
}

async function publishedOrNot(publish: () => Promise<EventView>): Promise<boolean> {
  try {
    await publish();
    return true;
  } catch (thrown) {
    if (refusalOf(thrown)?.code === "event.incomplete") return false;
    throw thrown;
  }
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["organize.fresh"].pageTitle },
];

export default function NewEventPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("organize.fresh");
  const publishing = usePublishing(loaderData.isReviewed);
  const { from } = loaderData;
  const [when, setWhen] = useState({ typed: "", zone: "" });
  const look = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    const form = new FormData(currentTarget);
    setWhen({ typed: String(form.get("startTime")), zone: String(form.get("timeZone")) });
  };
  const fill = useFill();
  return (
    <div className="mx-auto max-w-[36rem]">
      <PageHeader title={words.title} text={words.lead} back={{ to: "/organize", label: words.back }} />
      {loaderData.choices.length > 0 && (
        <div className="mb-6">
          <FilterChips
            name="organizer_id"
            label={words.whose}
            options={loaderData.choices.map((one) => ({ label: words.own, ...one }))}
          />
        </div>
      )}
      <TemplateChoice templates={loaderData.templates} chosen={from} />
      <Form key={from?.id} result={actionData} onChange={look} className="grid gap-8">
        {from && <input type="hidden" name="template" value={from.id} />}
        {loaderData.organizerId && <input type="hidden" name="organizerId" value={loaderData.organizerId} />}
        <Field
          name="title"
          label={words.name}
          placeholder={words.namePlaceholder}
          defaultValue={from?.title}
          maxLength={200}
          required
          autoFocus
        />
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <DateTimeField name="startTime" label={words.start} required />
          <NextWeek name="startTime" />
          <DateTimeField
            name="endTime"
            label={words.end}
            hint={from?.minutes ? fill(words.endHintFrom, { n: from.minutes }) : words.endHint}
            optional
          />
          <div className="sm:col-span-2">
            <ZoneField name="timeZone" label={words.zone} />
          </div>
          <div className="empty:hidden sm:col-span-2">
            <Leapt {...when} />
          </div>
        </div>
        <PlaceChoice defaultFormat={from?.format ?? "virtual"} defaultPlace={from?.placeName} />
        <div className="grid gap-3 border-t border-line pt-6">
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="intent" value="publish" size="lg">
              {publishing.do}
            </SubmitButton>
            <SubmitButton name="intent" value="draft" size="lg" variant="secondary" formNoValidate>
              {words.draft}
            </SubmitButton>
          </div>
          <p className="text-sm text-ink-soft">{publishing.hint}</p>
        </div>
      </Form>
    </div>
  );
}

/** Proposes a week from today at seven in the evening, on the reader's own clocks, where nothing was typed yet; to each form anew. */
function NextWeek({ name }: { name: string }) {
  useEffect(() => {
    const field = document.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!field || field.value) return;
    const day = new Date(Date.now() + 7 * 86_400_000);
    const two = (n: number) => String(n).padStart(2, "0");
    field.value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T19:00`;
  }, [name]);
  return null;
}
