import { redirect } from "react-router";

import { ownBookings } from "#contract/scheduling-own.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { manageBooking, readCalendar } from "#web/features/scheduling/act.ts";
import { MovingView } from "#web/features/scheduling/components/moving-view.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call } from "#web/platform/api.ts";
import { secretHeaders } from "#web/platform/secret-link.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { PageHeader, WidePage } from "#web/ui/page.tsx";
import { TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/move-page";

export const headers = secretHeaders;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const booking = await call(context, ownBookings.open, { params });
  const { organizerSlug, eventTypeSlug } = booking.eventType;
  const { organizer, eventType } = await call(context, publicScheduling.eventType, {
    params: { organizerSlug, eventTypeSlug },
  });
  const duration = (Date.parse(booking.endTime) - Date.parse(booking.startTime)) / 60_000;
  return {
    ...{ booking, organizer },
    type: { ...eventType, timeZone: booking.attendee.timeZone },
    calendar: await readCalendar(context, request, {
      ...{ organizerSlug, duration },
      type: { ...eventType, timeZone: booking.attendee.timeZone },
      moving: params.accessToken,
      count: booking.attendee.seats,
    }),
    words: words(context, ["scheduling.book", "scheduling.facts", "scheduling.series", "scheduling.manage"]),
  };
}

export const shouldRevalidate = revalidatesCalendar;

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  form.set("intent", "reschedule");
  const result = await manageBooking(context, params.accessToken, form);
  return result.ok ? redirect(`/booking/${result.value.accessToken}/manage?done=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.manage"].pageTitle },
  { name: "robots", content: "noindex" },
];

/** The same page as for booking; who comes and what they wrote stays. */
export default function MovePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.manage");
  const { booking, organizer, type, calendar } = loaderData;
  return (
    <WidePage>
      <div style={toneStyle(type.hue)}>
        <PageHeader
          back={{ to: `/booking/${booking.accessToken}/manage`, label: words.title }}
          over={<TimeSpan start={booking.startTime} end={booking.endTime} zone={booking.attendee.timeZone} />}
          title={words.moveTitle}
        />
        <MovingView
          {...{ organizer, type, calendar }}
          isOfSeries={booking.recurrenceId !== null}
          result={actionData}
          move={words.moveNow}
        />
      </div>
    </WidePage>
  );
}
