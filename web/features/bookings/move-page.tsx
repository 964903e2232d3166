import { redirect } from "react-router";
import { z } from "zod";

import { bookings } from "#contract/scheduling-bookings.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { SeriesExceptions, SeriesScope } from "#contract/scheduling-recurrence.ts";
import { readCalendar } from "#web/features/scheduling/act.ts";
import { MovingView } from "#web/features/scheduling/components/moving-view.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { PageHeader } from "#web/ui/page.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/move-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const booking = await call(context, bookings.get, { params });
  const { organizerSlug, eventTypeSlug } = booking.eventType;
  const { organizer, eventType } = await call(context, publicScheduling.eventType, {
    params: { organizerSlug, eventTypeSlug },
  });
  const duration = (Date.parse(booking.endTime) - Date.parse(booking.startTime)) / 60_000;
  const count = Math.max(1, booking.attendeeCount);
  return {
    ...{ booking, organizer, type: eventType },
    calendar: await readCalendar(context, request, {
      ...{ organizerSlug, type: eventType, duration, count },
      moving: booking.id,
    }),
    words: words(context, ["scheduling.book", "scheduling.facts", "scheduling.series", "bookings.details"]),
  };
}

export const shouldRevalidate = revalidatesCalendar;

const Moving = z.object({
  startTime: z.iso.datetime(),
  scope: SeriesScope.default("one"),
  exceptions: SeriesExceptions,
});

export async function action({ params, request, context }: Route.ActionArgs) {
  const result = await formResult(request, Moving, (body) => call(context, bookings.change, { params, body }));
  return result.ok ? redirect(`/bookings/${result.value.id}?done=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.details"].pageTitle },
];

export default function BookingMovePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.details");
  const fill = useFill();
  const { booking, organizer, type, calendar } = loaderData;
  return (
    <>
      <PageHeader
        back={{ to: `/bookings/${booking.id}`, label: booking.inviteeName }}
        over={<TimeSpan start={booking.startTime} end={booking.endTime} zone={booking.timeZone} />}
        title={words.moveTitle}
      />
      <MovingView
        {...{ organizer, type, calendar }}
        isOfSeries={booking.recurrenceId !== null}
        result={actionData}
        move={fill(words.moveNow, { name: booking.inviteeName })}
      />
    </>
  );
}
