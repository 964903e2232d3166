import { randomUUID } from "node:crypto";
import { ChevronRight } from "lucide-react";
import { Link, redirect } from "react-router";

import { scheduling } from "#contract/scheduling.ts";
import { desk, HostBookingCreate } from "#contract/scheduling-desk.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { isWallTime, toInstant } from "#domain/time/wall.ts";
import { Known } from "#web/features/bookings/components/known.tsx";
import { keyFor, readCalendar } from "#web/features/scheduling/act.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import { Nearest } from "#web/features/scheduling/components/nearest.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { Button, SubmitButton } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/new-booking-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const { items } = await call(context, scheduling.eventTypes, { query: { limit: 100 } });
  const id = search.get("type") ?? (items.length === 1 ? items[0]?.id : undefined);
  const given = words(context, ["bookings.new", "scheduling.book", "scheduling.facts", "questions.form"]);
  if (!id) return { items, chosen: undefined, words: given };
  const { organizerSlug, eventTypeSlug } = await call(context, scheduling.eventType, { params: { id } });
  const { organizer, eventType, questions } = await call(context, publicScheduling.eventType, {
    params: { organizerSlug, eventTypeSlug },
  });
  const calendar = await readCalendar(context, request, { organizerSlug, type: eventType });
  const wall = search.get("wall") ?? "";
  if (isWallTime(wall)) {
    search.set("time", toInstant(wall, calendar.zone).toISOString());
    search.set("month", wall.slice(0, 7));
    search.delete("wall");
    throw redirect(`/bookings/new?${search}`);
  }
  return { items, chosen: { organizer, type: eventType, questions, calendar, key: randomUUID() }, words: given };
}

export const shouldRevalidate: typeof revalidatesCalendar = (asked) =>
  asked.nextUrl.searchParams.has("wall") ||
  asked.currentUrl.searchParams.get("type") !== asked.nextUrl.searchParams.get("type") ||
  revalidatesCalendar(asked);

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const result = await formResult(form, HostBookingCreate, (body) =>
    call(context, desk.book, { body }, keyFor(form.get("key"), body)),
  );
  return result.ok ? redirect(`/bookings/${result.value.id}?done=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.new"].pageTitle },
];

export default function NewBookingPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.new");
  const { items, chosen } = loaderData;
  const { time } = useAddress();
  const back = { to: items.length > 1 && chosen ? "/bookings/new" : "/bookings", label: words.back };
  return (
    <>
      <PageHeader back={back} title={words.title} text={chosen ? words.lead : words.choose} />
      {chosen ? (
        <div style={toneStyle(chosen.type.hue)}>
          <BookingView
            {...chosen}
            isPart
            form={(startTime) => <Details chosen={chosen} startTime={startTime} result={actionData} />}
          />
          {time === undefined && <AnyTime zone={chosen.calendar.zone} typeId={chosen.type.id} />}
        </div>
      ) : (
        <ul className="grid max-w-[42rem] border-t border-line">
          {items.map(({ id, name, hue }) => (
            <li key={id} style={toneStyle(hue)} className="border-b border-line">
              <Link to={`?type=${id}`} className="flex min-h-14 items-center gap-3 hover:text-accent">
                <span aria-hidden="true" className="size-2.5 rounded-full bg-accent" />
                <span className="flex-1 font-medium">{name}</span>
                <ChevronRight aria-hidden="true" className="size-5 text-ink-soft rtl:-scale-x-100" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type Chosen = NonNullable<Route.ComponentProps["loaderData"]["chosen"]>;

/** Who it is for. Whoever is booked for chooses nothing here, so everything but a name and an address may stay empty. */
function Details({
  chosen: { type, questions, calendar, key },
  startTime,
  result,
}: {
  chosen: Chosen;
  startTime: string;
  result: Route.ComponentProps["actionData"];
}) {
  const words = useWords("bookings.new");
  const book = useWords("scheduling.book");
  const isFree = calendar.days.some(({ starts }) => starts.includes(Date.parse(startTime)));
  const isCalled = type.locationType === "phone_call" && type.phoneCaller === "host";
  return (
    <Form result={result} className="grid gap-5">
      <Nearest startTime={startTime} result={result} zone={calendar.zone} />
      {!isFree && !result && <Notice mood="warn">{words.outside}</Notice>}
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="eventTypeId" value={type.id} />
      <input type="hidden" name="duration" value={calendar.duration} />
      <input type="hidden" name="attendeeCount" value={calendar.count} />
      <input type="hidden" name="anyTime" value={String(!isFree)} />
      <Field name="inviteeName" label={words.name} maxLength={120} autoComplete="off" required />
      <Field name="inviteeEmail" type="email" label={words.email} hint={words.emailHint} autoComplete="off" required />
      <Field
        name="inviteePhone"
        type="tel"
        label={words.phone}
        maxLength={40}
        autoComplete="off"
        required={isCalled}
        optional={!isCalled}
      />
      <Field
        name="inviteeTimezone"
        label={book.zone}
        hint={words.zoneHint}
        defaultValue={calendar.zone}
        maxLength={64}
        spellCheck={false}
        pattern={ZonePattern}
      />
      <Known questions={questions} text={words.questions} />
      <TextArea name="notes" label={words.notes} maxLength={2000} optional />
      <SubmitButton size="lg" wide>
        {words.book}
      </SubmitButton>
    </Form>
  );
}

const ZonePattern = "[A-Za-z][A-Za-z0-9_+\\-/]{0,63}";

/** A time that is not offered: only what is taken stands in its way. */
function AnyTime({ zone, typeId }: { zone: string; typeId: string }) {
  const words = useWords("bookings.new");
  const fill = useFill();
  return (
    <Section id="any" title={words.anyTitle} text={words.anyText} className="mt-10">
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="type" value={typeId} />
        <input type="hidden" name="zone" value={zone} />
        <DateTimeField name="wall" label={fill(words.anyWhen, { zone: zone.replaceAll("_", " ") })} required />
        <Button type="submit">{words.anyUse}</Button>
      </Form>
    </Section>
  );
}
