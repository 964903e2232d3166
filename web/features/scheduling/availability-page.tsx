import { data } from "react-router";

import { scheduling } from "#contract/scheduling.ts";
import { hosting, type Schedule } from "#contract/scheduling-hosts.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { schedulingTeams } from "#contract/scheduling-teams.ts";
import { dateOf } from "#domain/time/wall.ts";
import { keepHours } from "#web/features/scheduling/act.ts";
import { Away } from "#web/features/scheduling/components/away.tsx";
import { daysAfter, firstWeekdayOf } from "#web/features/scheduling/components/month.ts";
import { Overrides } from "#web/features/scheduling/components/overrides.tsx";
import { Seen } from "#web/features/scheduling/components/seen.tsx";
import { WeekForm } from "#web/features/scheduling/components/week-form.tsx";
import { weekOf } from "#web/features/scheduling/components/weekly.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/availability-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { now, locale } = pageOf(context);
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
  const today = dateOf(now, schedule.timeZone);
  const seen = type && {
    types: active.map(({ id, name }) => ({ id, name })),
    ...(await call(context, publicScheduling.slots, {
      params: { organizerSlug: type.organizerSlug, eventTypeSlug: type.eventTypeSlug },
      query: { start_date: today, end_date: daysAfter(today, 13), timezone: schedule.timeZone },
    })),
  };
  return {
    ...{ schedules: items, schedule, today, seen, holidays },
    absences: absences.items,
    colleagues: colleagues.items,
    firstWeekday: firstWeekdayOf(locale),
    words: words(context, ["scheduling.hours"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  return keepHours(context, await request.formData());
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.words["scheduling.hours"].pageTitle },
];

export default function AvailabilityPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.hours");
  const { schedules, schedule, absences, colleagues, holidays, today, firstWeekday, seen } = loaderData;
  return (
    <>
      <PageHeader title={words.title} text={words.lead} />
      {actionData?.ok && (
        <div className="mb-6">
          <Notice mood="good">{words.saved}</Notice>
        </div>
      )}
      <Schedules schedules={schedules} schedule={schedule} />
      <div className="max-w-[44rem]">
        <Hours
          key={`${schedule.id} ${schedule.updatedAt}`}
          {...{ schedule, firstWeekday }}
          result={actionData?.ok === false && actionData.typed.intent === "hours" ? actionData : undefined}
        />
        <Overrides schedule={schedule} today={today} result={actionData} />
        <Away absences={absences} colleagues={colleagues} holidays={holidays} today={today} result={actionData} />
        {seen && <Seen {...seen} />}
      </div>
    </>
  );
}

function Schedules({ schedules, schedule }: { schedules: readonly Schedule[]; schedule: Schedule }) {
  const words = useWords("scheduling.hours");
  return (
    <div className="mb-8 flex flex-wrap items-center gap-x-6 gap-y-3">
      {schedules.length > 1 && (
        <FilterChips
          name="schedule"
          label={words.schedules}
          options={schedules.map(({ id, name }) => ({ value: id, label: name }))}
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
        <Form className="flex flex-wrap gap-2">
          <input type="hidden" name="id" value={schedule.id} />
          <SubmitButton size="sm" variant="secondary" name="intent" value="default">
            {words.makeDefault}
          </SubmitButton>
          <SubmitButton size="sm" variant="danger" name="intent" value="drop">
            {words.dropSchedule}
          </SubmitButton>
        </Form>
      )}
    </div>
  );
}

interface HoursProps {
  schedule: Schedule;
  firstWeekday: number;
  result: unknown;
}

function Hours({ schedule, firstWeekday, result }: HoursProps) {
  const words = useWords("scheduling.hours");
  return (
    <Section id="hours" title={schedule.name} text={words.hoursText}>
      <Form result={result} preventScrollReset className="grid gap-6">
        <input type="hidden" name="id" value={schedule.id} />
        {/* Enter in a field means keeping, not the first button that stands in the form. */}
        <button type="submit" name="intent" value="hours" tabIndex={-1} aria-hidden="true" className="sr-only" />
        <input type="hidden" name="intent" value="hours" />
        <WeekForm week={weekOf(schedule.weekly)} firstWeekday={firstWeekday} />
        <div className="max-w-sm">
          <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={schedule.timeZone} />
        </div>
        <SubmitButton className="justify-self-start">{words.save}</SubmitButton>
      </Form>
    </Section>
  );
}
