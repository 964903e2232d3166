import { randomUUID } from "node:crypto";
import { redirect } from "react-router";

import { BookingCreate, bookings } from "#contract/scheduling-bookings.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { keyFor, readCalendar } from "#web/features/scheduling/act.ts";
import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import { HoldLine } from "#web/features/scheduling/components/hold-line.tsx";
import { Nearest } from "#web/features/scheduling/components/nearest.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { WidePage } from "#web/ui/page.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/booking-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { organizer, eventType } = await call(context, publicScheduling.eventType, { params });
  const { organizerSlug, eventTypeSlug } = params;
  const { search } = new URL(request.url);
  if (eventType.eventTypeSlug !== eventTypeSlug.toLowerCase()) {
    throw redirect(`/${organizer.slug}/${eventType.eventTypeSlug}${search}`);
  }
  return {
    organizer,
    type: eventType,
    calendar: await readCalendar(context, request, { organizerSlug, type: eventType }),
    canonical: `${pageOf(context).publicUrl}/${organizer.slug}/${eventType.eventTypeSlug}`,
    key: randomUUID(),
    words: words(context, ["scheduling.book", "scheduling.facts"]),
  };
}

export const shouldRevalidate = revalidatesCalendar;

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  form.set("organizerSlug", params.organizerSlug);
  form.set("eventTypeSlug", params.eventTypeSlug);
  const result = await formResult(form, BookingCreate, ({ holdId, ...body }) =>
    call(context, bookings.create, { body: { ...body, holdId } }, keyFor(form.get("key"), body)),
  );
  return result.ok ? redirect(`/booking/${result.value.accessToken}/manage?booked=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  if (!loaderData) return [];
  const { organizer, type, canonical } = loaderData;
  return [
    { title: `${type.name} · ${organizer.name}` },
    { name: "description", content: type.description.slice(0, 200) || type.name },
    { property: "og:title", content: `${type.name} · ${organizer.name}` },
    { property: "og:url", content: canonical },
    ...(type.isPrivate
      ? [{ name: "robots", content: "noindex" }]
      : [{ tagName: "link", rel: "canonical", href: canonical }]),
  ];
};

export default function BookingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { organizer, type, calendar } = loaderData;
  return (
    <WidePage>
      <div style={toneStyle(type.hue)}>
        <BookingView
          {...{ organizer, type, calendar }}
          form={(startTime) => <Details data={loaderData} startTime={startTime} result={actionData} />}
        />
      </div>
    </WidePage>
  );
}

interface DetailsProps {
  data: Route.ComponentProps["loaderData"];
  startTime: string;
  result: Route.ComponentProps["actionData"];
}

/** Who comes: all that is asked before a time is booked. */
function Details({ data: { type, organizer, calendar, key }, startTime, result }: DetailsProps) {
  const words = useWords("scheduling.book");
  const fill = useFill();
  const viewer = useViewer();
  const isCalled = type.locationType === "phone_call" && type.phoneCaller === "host";
  const slugs = { organizerSlug: organizer.slug, eventTypeSlug: type.eventTypeSlug };
  const { duration, count, zone, now } = calendar;
  return (
    <Form result={result} className="grid gap-5">
      <Nearest result={result} zone={zone} />
      <HoldLine {...slugs} {...{ startTime, duration, now }} attendeeCount={count} />
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="startTime" value={startTime} />
      <input type="hidden" name="duration" value={duration} />
      <input type="hidden" name="attendeeCount" value={count} />
      <input type="hidden" name="inviteeTimezone" value={zone} />
      <Field
        name="inviteeName"
        label={words.name}
        autoComplete="name"
        maxLength={120}
        defaultValue={viewer?.name}
        required
      />
      <Field
        name="inviteeEmail"
        type="email"
        label={words.email}
        hint={words.emailHint}
        autoComplete="email"
        defaultValue={viewer?.email}
        required
      />
      {isCalled && (
        <Field name="inviteePhone" type="tel" label={words.phone} autoComplete="tel" maxLength={40} required />
      )}
      <TextArea name="notes" label={words.notes} maxLength={2000} optional />
      <SubmitButton size="lg" wide name="intent" value="book">
        {type.needsApproval ? words.ask : fill(words.book, { n: count })}
      </SubmitButton>
      <p className="text-xs text-ink-soft">{fill(words.promise, { name: organizer.name })}</p>
    </Form>
  );
}
