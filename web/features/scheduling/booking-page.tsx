import { randomUUID } from "node:crypto";
import { redirect } from "react-router";

import { bookings } from "#contract/scheduling-bookings.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { waitlist } from "#contract/scheduling-waitlist.ts";

import { withLeftOpen } from "#web/features/questions/act.ts";
import { BookingForm, keyFor, readCalendar, readSeries, WaitForm } from "#web/features/scheduling/act.ts";

import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { part } from "#web/platform/part.ts";
import { words } from "#web/platform/words.ts";
import { WidePage } from "#web/ui/page.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/booking-page";

// Nobody needs it before a time is chosen.
const Details = part(async () => ({
  default: (await import("#web/features/scheduling/components/details.tsx")).Details,
}));

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { organizer, eventType, questions } = await call(context, publicScheduling.eventType, { params });
  const { organizerSlug, eventTypeSlug } = params;
  const { search } = new URL(request.url);
  if (eventType.eventTypeSlug !== eventTypeSlug.toLowerCase()) {
    throw redirect(`/${organizer.slug}/${eventType.eventTypeSlug}${search}`);
  }
  const calendar = await readCalendar(context, request, {
    organizerSlug,
    type: eventType,
    withFull: eventType.enableWaitlist,
  });
  return {
    ...{ organizer, type: eventType, calendar, questions },
    series: await readSeries(context, request, { organizerSlug, type: eventType, calendar }),
    canonical: `${pageOf(context).publicUrl}/${organizer.slug}/${eventType.eventTypeSlug}`,
    key: randomUUID(),
    words: words(context, [
      "scheduling.book",
      "scheduling.facts",
      "scheduling.series",
      ...(eventType.enableWaitlist ? (["scheduling.wait"] as const) : []),
      ...(questions.length > 0 ? (["questions.form"] as const) : []),
    ]),
  };
}

export const shouldRevalidate = revalidatesCalendar;

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  form.set("organizerSlug", params.organizerSlug);
  form.set("eventTypeSlug", params.eventTypeSlug);
  const isWaiting = form.get("intent") === "wait";
  const result = await (isWaiting ? wait(context, form) : book(context, form));
  if (result.ok) return redirect(`/booking/${result.value.accessToken}/manage?${isWaiting ? "waits" : "booked"}=1`);
  const { questions } = await call(context, publicScheduling.eventType, { params });
  return withLeftOpen(result, questions, form);
}

const book = (context: Route.ActionArgs["context"], form: FormData) =>
  formResult(form, BookingForm, ({ holdId, ...body }) =>
    call(context, bookings.create, { body: { ...body, holdId } }, keyFor(form.get("key"), body)),
  );

const wait = (context: Route.ActionArgs["context"], form: FormData) =>
  formResult(form, WaitForm, (body) => call(context, waitlist.join, { body }, keyFor(form.get("key"), body)));

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
