import { useId } from "react";
import { data } from "react-router";

import { scheduling } from "#contract/scheduling.ts";
import { hosting, type Schedule } from "#contract/scheduling-hosts.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { schedulingTeams } from "#contract/scheduling-teams.ts";
import { dateAt, isWallTime, toInstant } from "#domain/time/wall.ts";
import { keepHours } from "#web/features/scheduling/act.ts";
import { Away } from "#web/features/scheduling/components/away.tsx";
import { daysAfter, firstWeekdayOf } from "#web/features/scheduling/components/month.ts";
import { Overrides } from "#web/features/scheduling/components/overrides.tsx";
import { Seen } from "#web/features/scheduling/components/seen.tsx";
import { WeekForm } from "#web/features/scheduling/components/week-form.tsx";
import { weekOf } from "#web/features/scheduling/components/weekly.ts";
import { type Told, Why } from "#web/features/scheduling/components/why.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { useAutosave } from "#web/platform/autosave.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Quietly } from "#web/ui/quietly.tsx";
import { SaveLine } from "#web/ui/save-line.tsx";
import { Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/availability-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { now, region } = pageOf(context);
  const search = new URL(request.url).searchParams;
  const [{ items }, absences, colleagues, holidays, types] = await Promise.all([
    call(context, hosting.schedules, {}),
    call(context, hosting.absences, {}),
    call(context, schedulingTeams.colleagues, {}),
    call(context, hosting.holidays, {}),
    call(context, scheduling.eventTypes, { query: {} }),
  ]);
  const schedule = items.find(({ id }) => id === search.get("schedule")) ?? items.find(({ isDefault }) => isDefault);
  if (!schedule) throw data(null, { status: 404 });
  const active = types.items.filter(({ isActive }) => isActive);
  const type = active.find(({ id }) => id === search.get("type")) ?? active[0];
  const today = dateAt(now, schedule.timeZone);
  const asked = search.get("why") ?? "";
  const seen = type && {
    types: active.map(({ id, name }) => ({ id, name })),
    ...(await call(context, publicScheduling.slots, {
      params: { organizerSlug: type.organizerSlug, eventTypeSlug: type.eventTypeSlug },
      query: { start_date: today, end_date: daysAfter(today, 13), timezone: schedule.timeZone },
    })),
  };
  return {
    ...{ schedules: items, schedule, today, seen, holidays, asked },
    told: type && (await explained(context, type.id, asked, schedule.timeZone)),
    absences: absences.items,
    colleagues: colleagues.items,
    firstWeekday: firstWeekdayOf(region),
    words: words(context, ["scheduling.hours", "scheduling.book", "scheduling.why"]),
  };
}

/** Why a wall time is or is not offered; nothing when none was asked about. */
async function explained(context: Context, id: string, asked: string, zone: string): Promise<Told | undefined> {
  if (!isWallTime(asked)) return undefined;
  const at = toInstant(asked, zone).toISOString();
  if (at < "1970" || at >= "2200") return undefined;
  return { at, ...(await call(context, publicScheduling.explain, { params: { id }, query: { start_time: at } })) };
}
type Context = Route.LoaderArgs["context"];

export async function action({ request, context }: Route.ActionArgs) {
  return keepHours(context, await request.formData());
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.hours"].pageTitle },
];

export default function AvailabilityPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.hours");
  const { schedules, schedule, absences, colleagues, holidays, today, firstWeekday, seen, asked, told } = loaderData;
  return (
    <>
      <PageHeader title={words.title} text={words.lead} />
      <Outcome of={actionData?.ok && actionData}>{words.saved}</Outcome>
      <Schedules schedules={schedules} schedule={schedule} />
      <div className="max-w-[48rem]">
        <Hours
          key={schedule.id}
          {...{ schedule, firstWeekday }}
          result={actionData?.ok === false && actionData.typed.intent === "hours" ? actionData : undefined}
        />
        <Overrides schedule={schedule} today={today} firstWeekday={firstWeekday} result={actionData} />
        <Away absences={absences} colleagues={colleagues} holidays={holidays} today={today} result={actionData} />
        {seen && (
          <Seen {...seen}>
            <Why asked={asked} told={told} zone={schedule.timeZone} />
          </Seen>
        )}
      </div>
    </>
  );
}

function Schedules({ schedules, schedule }: { schedules: readonly Schedule[]; schedule: Schedule }) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  return (
    <div className="mb-8 flex flex-wrap items-center gap-x-6 gap-y-3">
      {schedules.length > 1 && (
        <FilterChips
          name="schedule"
          label={words.schedules}
          all={schedules.find(({ isDefault }) => isDefault)?.name}
          options={schedules.filter(({ isDefault }) => !isDefault).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <details>
        <summary className="link inline-flex min-h-11 items-center text-sm">{words.newSchedule}</summary>
        <Form className="flex flex-wrap items-end gap-3 py-2">
          <input type="hidden" name="intent" value="schedule" />
          <Field name="name" label={words.scheduleName} maxLength={120} required />
          <SubmitButton variant="secondary">{words.make}</SubmitButton>
        </Form>
      </details>
      {!schedule.isDefault && (
        <div className="flex flex-wrap gap-2">
          <Form>
            <input type="hidden" name="id" value={schedule.id} />
            <SubmitButton size="sm" variant="secondary" name="intent" value="default">
              {words.makeDefault}
            </SubmitButton>
          </Form>
          <OpenDialog dialog="drop-schedule" size="sm" variant="danger">
            {words.dropSchedule}
          </OpenDialog>
          <Confirm
            id="drop-schedule"
            danger
            title={fill(words.dropTitle, { name: schedule.name })}
            text={fill(words.dropText, { n: schedule.eventTypes })}
            confirm={words.dropSchedule}
            sends={{ intent: "drop", id: schedule.id }}
          />
        </div>
      )}
    </div>
  );
}

interface HoursProps {
  schedule: Schedule;
  firstWeekday: number;
  result: unknown;
}

/** The week of a schedule; it is kept by itself a moment after each change. */
function Hours({ schedule, firstWeekday, result }: HoursProps) {
  const words = useWords("scheduling.hours");
  const id = useId();
  const { state, answer, touch } = useAutosave<{ ok: true }>(id, { sends: { intent: "hours", copy: "" } });
  const failure = answer?.ok === false ? answer : undefined;
  const says = {
    dirty: words.unsaved,
    saving: words.saving,
    saved: words.kept,
    incomplete: words.incomplete,
    failed: failure?.message ?? words.incomplete,
  };
  return (
    <Section id="hours" title={schedule.name} text={words.hoursText} action={<SaveLine state={state} says={says} />}>
      <Form id={id} result={result} onChange={touch} preventScrollReset className="grid gap-6">
        <input type="hidden" name="id" value={schedule.id} />
        {/* Enter in a field means keeping, not the first button that stands in the form. */}
        <button type="submit" name="intent" value="hours" tabIndex={-1} aria-hidden="true" className="sr-only" />
        <input type="hidden" name="intent" value="hours" />
        <WeekForm week={weekOf(schedule.weekly)} firstWeekday={firstWeekday} onChange={touch} />
        <Quietly failure={failure}>
          <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2">
            <Field name="name" label={words.scheduleName} maxLength={120} defaultValue={schedule.name} required />
            <div>
              <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={schedule.timeZone} />
            </div>
          </div>
        </Quietly>
        <SubmitButton variant="secondary" className="justify-self-start">
          {words.save}
        </SubmitButton>
      </Form>
    </Section>
  );
}
