import { Eye, MessageCircleQuestionMark } from "lucide-react";
import { type ReactNode, useId } from "react";

import { type EventType, scheduling } from "#contract/scheduling.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { type PossibleHost, schedulingTeams } from "#contract/scheduling-teams.ts";
import { dateAt } from "#domain/time/wall.ts";
import { saveType } from "#web/features/scheduling/act.ts";
import { HostsFields } from "#web/features/scheduling/components/hosts-fields.tsx";
import { daysAfter } from "#web/features/scheduling/components/month.ts";
import { NextTimes } from "#web/features/scheduling/components/next-times.tsx";
import { RecurrenceFields } from "#web/features/scheduling/components/recurrence-fields.tsx";
import { LimitFields, TimeFields } from "#web/features/scheduling/components/rule-fields.tsx";
import {
  DurationField,
  GroupFields,
  LocationFields,
  OtherDurations,
} from "#web/features/scheduling/components/type-fields.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { useAutosave } from "#web/platform/autosave.ts";
import { houseOf } from "#web/platform/house.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Quietly } from "#web/ui/quietly.tsx";
import { SaveLine } from "#web/ui/save-line.tsx";
import { CopyField } from "#web/ui/share.tsx";
import { Section } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";

import type { Route } from "./+types/event-type-edit-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  const [type, { items }] = await Promise.all([
    call(context, scheduling.eventType, { params }),
    call(context, schedulingTeams.possibleHosts, { params }),
  ]);
  const { organizerSlug, eventTypeSlug, timeZone } = type;
  const today = dateAt(pageOf(context).now, timeZone);
  const next = await call(context, publicScheduling.slots, {
    params: { organizerSlug, eventTypeSlug },
    query: { start_date: today, end_date: daysAfter(today, 13), timezone: timeZone },
  });
  return {
    ...{ type, possible: items, next, today },
    words: words(context, ["scheduling.edit", "scheduling.hosts", "scheduling.series"]),
  };
}

export const action = ({ params, request, context }: Route.ActionArgs) => saveType(context, params.id, request);

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: loaderData && `${loaderData.type.name} · ${houseOf(matches)}` },
];

export default function EventTypeEditPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.edit");
  const { type, possible, next, today } = loaderData;
  const id = useId();
  const { state, answer, touch } = useAutosave<{ ok: true }>(id);
  const saved = state === "clean" && actionData?.ok ? "saved" : state;
  const failure = answer?.ok === false ? answer : undefined;
  return (
    <>
      <PageHeader
        title={type.name}
        back={{ to: "/event-types", label: words.back }}
        actions={
          <>
            <ButtonLink
              to={`/event-types/${type.id}/questions`}
              icon={<MessageCircleQuestionMark aria-hidden="true" />}
            >
              {words.questions}
            </ButtonLink>
            <ButtonLink to={`/event-types/${type.id}/preview`} icon={<Eye aria-hidden="true" />}>
              {words.preview}
            </ButtonLink>
          </>
        }
      />
      <Form
        id={id}
        result={actionData}
        onChange={touch}
        className="flex flex-col gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_17rem] lg:items-start lg:gap-12"
      >
        <Quietly failure={failure}>
          <Sections {...{ type, possible, today }} />
          <aside className="max-lg:contents lg:sticky lg:top-8 lg:grid lg:gap-5">
            <div className="z-10 flex flex-wrap items-center justify-between gap-x-4 gap-y-3 border-line bg-paper max-lg:sticky max-lg:bottom-14 max-lg:order-last max-lg:-mx-4 max-lg:border-t max-lg:px-4 max-lg:py-3 sm:max-lg:-mx-8 sm:max-lg:px-8">
              <SaveLine
                state={saved}
                says={{
                  dirty: words.unsaved,
                  saving: words.saving,
                  saved: words.saved,
                  incomplete: words.incomplete,
                  failed: failure?.message ?? words.incomplete,
                }}
              />
              <SubmitButton className="ms-auto lg:w-full">{words.save}</SubmitButton>
            </div>
            <Switch name="isActive" label={words.active} hint={words.activeHint} defaultChecked={type.isActive} />
            <CopyField label={words.link} value={type.url} />
            <NextTimes {...next} />
          </aside>
        </Quietly>
      </Form>
    </>
  );
}

interface SectionsProps {
  type: EventType;
  possible: readonly PossibleHost[];
  today: string;
}

function Sections({ type, possible, today }: SectionsProps) {
  const words = useWords("scheduling.edit");
  const hosts = useWords("scheduling.hosts");
  const again = useWords("scheduling.series");
  return (
    <div className="max-w-[42rem]">
      <Part id="basics" title={words.basics}>
        <Field name="name" label={words.name} defaultValue={type.name} maxLength={200} required />
        <Field
          name="eventTypeSlug"
          label={words.slug}
          hint={words.slugHint}
          defaultValue={type.eventTypeSlug}
          maxLength={60}
          spellCheck={false}
          required
        />
        <TextArea
          name="description"
          label={words.description}
          defaultValue={type.description}
          maxLength={10_000}
          optional
        />
        <DurationField type={type} />
        <OtherDurations type={type} />
      </Part>
      <Part id="where" title={words.whereTitle}>
        <LocationFields type={type} />
      </Part>
      <Part id="hosts" title={hosts.title} text={hosts.text}>
        <HostsFields type={type} possible={possible} />
      </Part>
      <Part id="when" title={words.when} text={words.whenText}>
        <TimeFields type={type} />
      </Part>
      <Part id="again" title={again.fieldsTitle} text={again.fieldsText}>
        <RecurrenceFields type={type} today={today} />
      </Part>
      <Part id="limits" title={words.limits} text={words.limitsText}>
        <LimitFields type={type} />
      </Part>
      <Part id="people" title={words.people}>
        <GroupFields type={type} />
        <NumberField
          name="maxGuests"
          max={20}
          label={words.maxGuests}
          hint={words.maxGuestsHint}
          defaultValue={type.maxGuests}
          className="max-w-60"
        />
        <Switch
          name="needsApproval"
          label={words.approval}
          hint={words.approvalHint}
          defaultChecked={type.needsApproval}
        />
        <Switch
          name="pendingBlocks"
          label={words.pendingBlocks}
          hint={words.pendingBlocksHint}
          defaultChecked={type.pendingBlocks}
        />
        <Switch name="isPrivate" label={words.private} hint={words.privateHint} defaultChecked={type.isPrivate} />
        <Field
          name="redirectUrlAfterBooking"
          type="url"
          label={words.redirect}
          hint={words.redirectHint}
          defaultValue={type.redirectUrlAfterBooking}
          placeholder="https://"
          optional
        />
      </Part>
    </div>
  );
}

function Part({ id, title, text, children }: { id: string; title: string; text?: string; children: ReactNode }) {
  return (
    <Section id={id} title={title} text={text}>
      <div className="grid gap-5">{children}</div>
    </Section>
  );
}
