import { CalendarSync, Check, DoorOpen, Undo2 } from "lucide-react";
import { Link, redirect } from "react-router";
import { z } from "zod";

import { questions } from "#contract/questions.ts";
import { rooms } from "#contract/rooms.ts";
import { AttendeeAdd, type Booking, bookings } from "#contract/scheduling-bookings.ts";
import { desk } from "#contract/scheduling-desk.ts";
import { SeriesScope } from "#contract/scheduling-recurrence.ts";
import { seriesOfBookings } from "#contract/scheduling-series.ts";
import { People } from "#web/features/bookings/components/people.tsx";
import { Series } from "#web/features/bookings/components/series.tsx";
import { History, InTheRoom, Letters } from "#web/features/bookings/components/traces.tsx";
import { usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { ScopeChoice } from "#web/features/scheduling/components/scope-choice.tsx";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { CopyButton } from "#web/ui/share.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { Time, TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/booking-details-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const [booking, { items: history }, { items: letters }, { items: series }] = await Promise.all([
    call(context, bookings.get, { params }),
    call(context, bookings.audit, { params }),
    call(context, desk.letters, { params }),
    call(context, seriesOfBookings.list, { params }),
  ]);
  const { now } = pageOf(context);
  // A room opens before its time.
  const hasRoom = booking.locationType === "video_call" && booking.movedTo === null;
  const stays = hasRoom ? await listStays(context, booking) : undefined;
  // Whoever is added is asked the same; the host may know what they would answer.
  const mayAdd = booking.maxAttendees > 1 && booking.status === "confirmed" && new Date(booking.endTime) > now;
  const asked = mayAdd ? await listQuestions(context, booking) : [];
  const hasBegun = new Date(booking.startTime) <= now;
  return {
    ...{ booking, history, letters, series, questions: asked, now: now.toISOString() },
    stays: hasBegun || stays?.length ? stays : undefined,
    done: new URL(request.url).searchParams.get("done"),
    words: words(context, [
      ...(["bookings.details", "bookings.people", "bookings.letters", "bookings.history"] as const),
      ...([
        "scheduling.status",
        "scheduling.facts",
        "scheduling.series",
        "organize.attendance",
        "questions.answers",
        "questions.form",
      ] as const),
    ]),
  };
}

/** The room's ledger is for those who run it; other members of the team see the rest. */
async function listStays(context: Route.LoaderArgs["context"], { id, eventType }: Booking) {
  try {
    const ledger = await call(context, rooms.attendance, {
      params: { id: eventType.id },
      query: { occurrence_id: id },
    });
    return ledger.stats.attendees;
  } catch (thrown) {
    if (refusalOf(thrown)) return undefined;
    throw thrown;
  }
}

/** Whoever hosts it and is no longer of the team adds nobody. */
async function listQuestions(context: Route.LoaderArgs["context"], { eventType: { id } }: Booking) {
  try {
    return (await call(context, questions.ofEventType, { params: { id } })).questions;
  } catch (thrown) {
    if (refusalOf(thrown)) return [];
    throw thrown;
  }
}

const Step = z.object({
  intent: z.enum(["confirmed", "rejected", "cancelled", "completed", "no_show"]),
  reason: z.string().trim().max(2000).default(""),
  scope: SeriesScope.default("one"),
});
const OnPerson = z.object({
  intent: z.enum(["absent", "present", "remove"]),
  attendee: z.uuid(),
  reason: z.string().trim().max(2000).default(""),
});

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const result = await act(context, params, form);
  return result.ok ? redirect(`/bookings/${params.id}?done=${form.get("intent")}`) : result;
}

function act(context: Route.ActionArgs["context"], params: { id: string }, form: FormData) {
  const intent = form.get("intent");
  if (intent === "add") {
    return formResult(form, AttendeeAdd, (body) => call(context, bookings.addAttendee, { params, body }));
  }
  if (!form.has("attendee")) {
    return formResult(form, Step, ({ intent: status, reason, scope }) =>
      call(context, bookings.change, { params, body: { status, reason, scope } }),
    );
  }
  return formResult(form, OnPerson, ({ intent: what, attendee, reason }) => {
    const of = { id: params.id, attendeeId: attendee };
    return what === "remove"
      ? call(context, bookings.removeAttendee, { params: of, body: { reason } })
      : call(context, bookings.noShow, { params: of, body: { noShow: what === "absent" } });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["bookings.details"].pageTitle },
];

export default function BookingDetailsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("bookings.details");
  const fill = useFill();
  const { booking, history, letters, series, questions: asked, stays, now, done } = loaderData;
  const { inviteeName: name, timeZone: zone } = booking;
  const others = booking.attendees.filter(({ status }) => status !== "cancelled" && status !== "declined").length - 1;
  // What belongs to a field of a dialog is said there.
  const hasFields = actionData && Object.keys(actionData.fields).length > 0;
  return (
    <div className="max-w-[48rem]">
      <PageHeader
        back={{ to: "/bookings", label: words.back }}
        over={booking.eventType.name}
        title={others > 0 ? fill(words.andOthers, { name, n: others }) : name || words.nobodyLeft}
        text={<TimeSpan start={booking.startTime} end={booking.endTime} zone={zone} />}
        actions={<StatusBadge status={booking.status} />}
      />
      {actionData && !hasFields && <Notice mood="bad">{actionData.message}</Notice>}
      {done && !actionData && <Done what={done} booking={booking} now={now} />}
      {booking.movedTo && (
        <Link to={`/bookings/${booking.movedTo}`} className="link">
          {words.movedTo}
        </Link>
      )}
      <div className="mt-6 mb-10 grid gap-6">
        <About booking={booking} />
        <Acts booking={booking} now={now} />
      </div>
      <Series items={series} id={booking.id} zone={zone} />
      <People booking={booking} questions={asked} now={now} result={actionData} />
      {stays && <InTheRoom stays={stays} zone={zone} />}
      <Letters items={letters} zone={zone} />
      <History items={history} attendees={booking.attendees} zone={zone} />
    </div>
  );
}

/** What was done just now, with the way back where there is one. */
function Done({ what, booking, now }: { what: string; booking: Booking; now: string }) {
  const words = useWords("bookings.details");
  const { status, endTime } = booking;
  const canUndo = what === status && (status === "no_show" || (status === "completed" && endTime > now));
  return (
    <Notice
      mood="good"
      action={
        canUndo && (
          <Form>
            <SubmitButton
              size="sm"
              variant="secondary"
              name="intent"
              value={endTime > now ? "confirmed" : "completed"}
              icon={<Undo2 aria-hidden="true" />}
            >
              {words.undo}
            </SubmitButton>
          </Form>
        )
      }
    >
      {words.done}
    </Notice>
  );
}

/** Where it is, who hosts it, when it was booked, and why it is not. */
function About({ booking }: { booking: Booking }) {
  const words = useWords("bookings.details");
  const placeText = usePlaceText();
  const { hosts, locationType, locationDetails, meetingLink, inviteePhone, createdAt, timeZone } = booking;
  const phone = locationType === "phone_call" ? ` · ${locationDetails || inviteePhone}` : "";
  const facts = [
    { label: words.where, says: placeText(booking) + phone },
    ...(hosts.length > 0 ? [{ label: words.with, says: hosts.map(({ name }) => name).join(", ") }] : []),
    { label: words.bookedOn, says: <Time at={createdAt} zone={timeZone} /> },
    ...(booking.cancellationReason ? [{ label: words.why, says: booking.cancellationReason }] : []),
  ];
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {facts.map(({ label, says }) => (
          <div key={label} className="contents">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="whitespace-pre-line">{says}</dd>
          </div>
        ))}
      </dl>
      {meetingLink && (
        <CopyButton text={meetingLink} size="sm" className="justify-self-start">
          {words.copyRoom}
        </CopyButton>
      )}
    </div>
  );
}

/** What its state allows; what cannot be taken back asks first, and says who will be told. */
function Acts({ booking, now }: { booking: Booking; now: string }) {
  const words = useWords("bookings.details");
  const series = useWords("scheduling.series");
  const { status, inviteeName: name, meetingLink } = booking;
  const isPending = status === "pending";
  const isOn = isPending || status === "confirmed";
  const hasBegun = booking.startTime <= now;
  const mayClose = hasBegun && (status === "confirmed" || status === "completed" || status === "no_show");
  if (!isOn && !mayClose) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {isPending && (
        <Form>
          <SubmitButton name="intent" value="confirmed" icon={<Check aria-hidden="true" />}>
            {words.approve}
          </SubmitButton>
        </Form>
      )}
      {isPending && booking.recurrenceId && (
        <Form>
          <input type="hidden" name="scope" value="all" />
          <SubmitButton variant="secondary" name="intent" value="confirmed">
            {series.approveAll}
          </SubmitButton>
        </Form>
      )}
      {isOn && !isPending && meetingLink && (
        <ButtonLink to={new URL(meetingLink).pathname} variant="primary" icon={<DoorOpen aria-hidden="true" />}>
          {words.join}
        </ButtonLink>
      )}
      {isOn && !hasBegun && (
        <ButtonLink to={`/bookings/${booking.id}/move`} icon={<CalendarSync aria-hidden="true" />}>
          {words.move}
        </ButtonLink>
      )}
      {mayClose && (
        <Form className="flex gap-2">
          {status !== "completed" && (
            <SubmitButton variant="secondary" name="intent" value="completed">
              {words.complete}
            </SubmitButton>
          )}
          {status !== "no_show" && (
            <SubmitButton variant="secondary" name="intent" value="no_show">
              {words.noShow}
            </SubmitButton>
          )}
        </Form>
      )}
      {isOn && <Ending {...{ isPending, name }} isSeries={booking.recurrenceId !== null} />}
    </div>
  );
}

/** Calls it off, or turns it down, with words. */
function Ending({ isPending, name, isSeries }: { isPending: boolean; name: string; isSeries: boolean }) {
  const words = useWords("bookings.details");
  const fill = useFill();
  return (
    <>
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
        {isSeries && <ScopeChoice />}
        <TextArea name="reason" label={words.reason} maxLength={2000} rows={3} optional />
      </Confirm>
    </>
  );
}
