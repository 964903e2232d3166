import { redirect } from "react-router";

import { EventTypeInput, scheduling } from "#contract/scheduling.ts";
import { DurationField, LocationFields } from "#web/features/scheduling/components/type-fields.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/new-event-type-page";

export function loader({ context, request }: Route.LoaderArgs) {
  return {
    organizerId: new URL(request.url).searchParams.get("organizer_id"),
    words: words(context, ["scheduling.edit"]),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const result = await formResult(request, EventTypeInput, (body) =>
    call(context, scheduling.createEventType, { body }),
  );
  return result.ok ? redirect(`/event-types/${result.value.id}/edit?made=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.edit"].newTitle },
];

export default function NewEventTypePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.edit");
  return (
    <div className="mx-auto max-w-[36rem]">
      <PageHeader title={words.newTitle} text={words.newLead} back={{ to: "/event-types", label: words.back }} />
      <Form result={actionData} className="grid gap-7">
        {loaderData.organizerId && <input type="hidden" name="organizerId" value={loaderData.organizerId} />}
        <Field name="name" label={words.name} placeholder={words.namePlaceholder} maxLength={200} required autoFocus />
        <DurationField />
        <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} />
        <LocationFields />
        <SubmitButton size="lg" className="justify-self-start">
          {words.make}
        </SubmitButton>
      </Form>
    </div>
  );
}
