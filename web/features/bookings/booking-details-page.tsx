import { CalendarSync, Check } from "lucide-react";
import { Link, redirect } from "react-router";
import { z } from "zod";

import { type Booking, type BookingAttendee, bookings } from "#contract/scheduling-bookings.ts";
import { usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";
import { Time, TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/booking-details-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const [booking, { items }] = await Promise.all([
    call(context, bookings.get, { params }),
    call(context, bookings.audit, { params }),
  ]);
  return {
    ...{ booking, history: items },
    isDone: new URL(request.url).searchParams.has("done"),
    now: pageOf(context).now.toISOString(),
    words: words(context, ["bookings.details", "scheduling.status", "scheduling.facts"]),
  };
}

const Act = z.object({
  intent: z.enum(["confirmed", "rejected", "cancelled", "completed", "no_show", "absent", "present", "remove"]),
  reason: z.string().trim().max(2000).default(""),
  attendee: z.uuid().optional(),
});

export async function action({ params, request, context }: Route.ActionArgs) {
  const result = await formResult(request, Act, async ({ intent, reason, attendee = "" }) => {
    const of = { id: params.id, attendeeId: attendee };
    if (intent === "absent" || intent === "present")
      return call(context, bookings.noShow, { params: of, body: { noShow: intent === "absent" } });
    if (intent === "remove") return call(context, bookings.removeAttendee, { params: of, body: { reason } });
    return call(context, bookings.change, { params, body: { status: intent, reason } });
  });
  return result.ok ? redirect(`/bookings/${params.id}?done=1`) : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.words["bookings.details"].pageTitle },
];

export default function BookingDetailsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.details");
  const fill = useFill();
  const placeText = usePlaceText();
  const { booking, history, isDone } = loaderData;
  return (
    <div className="max-w-[46rem]">
      <PageHeader
        back={{ to: "/bookings", label: words.back }}
        over={booking.eventType.name}
        title={booking.inviteeName}
        text={<TimeSpan start={booking.startTime} end={booking.endTime} zone={booking.timeZone} />}
        actions={<StatusBadge status={booking.status} />}
      />
      {actionData && <Notice mood="bad">{actionData.message}</Notice>}
      {isDone && !actionData && <Notice mood="good">{words.done}</Notice>}
      {booking.movedTo && (
        <Link to={`/bookings/${booking.movedTo}`} className="link">
          {words.movedTo}
        </Link>
      )}
      <div className="mt-6 mb-10 grid gap-4">
        <p>
          {placeText(booking)}
          {booking.locationType === "phone_call" && ` · ${booking.locationDetails || booking.inviteePhone}`}
        </p>
        {booking.cancellationReason && <p>{fill(words.cancelled, { reason: booking.cancellationReason })}</p>}
        <Acts booking={booking} now={loaderData.now} />
      </div>
      <Section id="who" title={words.who}>
        <ul className="grid">
          {booking.attendees.map((one) => (
            <Attendee key={one.id} attendee={one} isOver={booking.startTime < loaderData.now} />
          ))}
        </ul>
      </Section>
      <Section id="history" title={words.history}>
        <ol className="grid gap-2 text-sm">
          {history.map((entry) => (
            <Entry key={entry.id} entry={entry} zone={booking.timeZone} />
          ))}
        </ol>
      </Section>
    </div>
  );
}

function Entry({ entry, zone }: { entry: Route.ComponentProps["loaderData"]["history"][number]; zone: string }) {
  const words = useWords("bookings.details");
  return (
    <li className="flex flex-wrap gap-x-4">
      <span className="text-ink-soft">
        <Time at={entry.at} zone={zone} />
      </span>
      <span>{entry.action.replace(/^booking\./, "").replaceAll("_", " ")}</span>
      <span className="text-ink-soft">{entry.actorName || words[`by${entry.actorType}`]}</span>
    </li>
  );
}

/** What its state allows; what cannot be taken back asks first, and says who will be told. */
function Acts({ booking, now }: { booking: Booking; now: string }) {
  const words = useWords("bookings.details");
  const fill = useFill();
  const { status, inviteeName: name, meetingLink } = booking;
  const isPending = status === "pending";
  const isOn = isPending || status === "confirmed";
  const hasBegun = booking.startTime <= now;
  if (!isOn) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {isPending && (
        <Form>
          <SubmitButton name="intent" value="confirmed" icon={<Check aria-hidden="true" />}>
            {words.approve}
          </SubmitButton>
        </Form>
      )}
      {!isPending && meetingLink && (
        <ButtonLink to={new URL(meetingLink).pathname} variant="primary">
          {words.join}
        </ButtonLink>
      )}
      {!hasBegun && (
        <ButtonLink to={`/bookings/${booking.id}/move`} icon={<CalendarSync aria-hidden="true" />}>
          {words.move}
        </ButtonLink>
      )}
      {!isPending && hasBegun && (
        <Form className="flex gap-2">
          <SubmitButton variant="secondary" name="intent" value="completed">
            {words.complete}
          </SubmitButton>
          <SubmitButton variant="secondary" name="intent" value="no_show">
            {words.noShow}
          </SubmitButton>
        </Form>
      )}
      <OpenDialog dialog="end-booking" variant="danger">
        {isPending ? words.decline : words.cancel}
      </OpenDialog>
      <Confirm
        id="end-booking"
        danger
        title={isPending ? words.declineTitle : words.cancelTitle}
        text={fill(isPending ? words.declineText : words.cancelText, { name })}
        confirm={isPending ? words.decline : fill(words.cancelConfirm, { name })}
        sends={{ intent: isPending ? "rejected" : "cancelled" }}
      >
        <TextArea name="reason" label={words.reason} maxLength={2000} rows={3} optional />
      </Confirm>
    </div>
  );
}

function Attendee({ attendee, isOver }: { attendee: BookingAttendee; isOver: boolean }) {
  const words = useWords("bookings.details");
  const fill = useFill();
  const { id, name, email, phone, seats, notes, status, timeZone } = attendee;
  const isGone = status === "cancelled" || status === "declined";
  return (
    <li className="grid gap-1 border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className={`min-w-0 flex-1 font-medium ${isGone ? "line-through" : ""}`}>{name}</span>
        {seats > 1 && <span className="text-sm text-ink-soft">{fill(words.seats, { n: seats })}</span>}
        {!isGone && isOver && (
          <Form preventScrollReset>
            <input type="hidden" name="attendee" value={id} />
            <SubmitButton size="sm" variant="quiet" name="intent" value={status === "no_show" ? "present" : "absent"}>
              {status === "no_show" ? words.present : words.absent}
            </SubmitButton>
          </Form>
        )}
      </div>
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
        <a href={`mailto:${email}`} className="link">
          {email}
        </a>
        {phone && (
          <a href={`tel:${phone.replace(/[^+\d]/g, "")}`} className="link">
            {phone}
          </a>
        )}
        <span>{fill(words.zone, { zone: timeZone })}</span>
      </p>
      {notes && (
        <p className="mt-1 whitespace-pre-line">
          <span className="text-ink-soft">{words.notes}: </span>
          {notes}
        </p>
      )}
    </li>
  );
}
