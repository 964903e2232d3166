import { CalendarX, CheckCircle2, Hourglass } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { data, redirect } from "react-router";
import type { RoomView } from "#contract/rooms.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { ownBookings } from "#contract/scheduling-own.ts";
import { type OwnSeriesMember, seriesOfBookings } from "#contract/scheduling-series.ts";
import { AnswerList } from "#web/features/questions/components/answer-list.tsx";
import { CalendarLinks } from "#web/features/registrations/components/calendar-links.tsx";
import { manageBooking, roomOfBooking } from "#web/features/scheduling/act.ts";
import { usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { Faces } from "#web/features/scheduling/components/hosts.tsx";
import { SeriesList } from "#web/features/scheduling/components/series-list.tsx";
import { StatusBadge } from "#web/features/scheduling/components/status-badge.tsx";
import { WaitingHead } from "#web/features/scheduling/components/waiting-head.tsx";
import { call } from "#web/platform/api.ts";
import { part } from "#web/platform/part.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { secretHeaders } from "#web/platform/secret-link.ts";
import { said, useFill, useLocale, useWords, words } from "#web/platform/words.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { NarrowPage, PageMessage } from "#web/ui/page.tsx";
import { Notice, Panel } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/manage-page";

// What is booked is read first; all of these work without a script.
const ManageActs = part(async () => ({
  default: (await import("#web/features/scheduling/components/manage-acts.tsx")).ManageActs,
}));
const WaitingActs = part(async () => ({
  default: (await import("#web/features/scheduling/components/waiting.tsx")).WaitingActs,
}));
const AnswersPart = part(async () => ({
  default: (await import("#web/features/scheduling/components/answers-part.tsx")).AnswersPart,
}));
const EventJoinButton = part(async () => ({
  default: (await import("#web/features/rooms/components/event-join-button.tsx")).EventJoinButton,
}));

export const headers = secretHeaders;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const shown = {
    after: ["booked", "done", "renewed", "waits"].find((word) => search.has(word)),
    words: words(context, [
      "scheduling.manage",
      "scheduling.facts",
      "scheduling.status",
      "scheduling.series",
      "scheduling.wait",
      "registrations.calendar",
      "questions.answers",
      "questions.form",
      "events.joinButton",
    ]),
  };
  try {
    const booking = await call(context, ownBookings.open, { params });
    const series = booking.recurrenceId ? await call(context, seriesOfBookings.own, { params }) : { items: [] };
    const asked = await call(context, ownBookings.questions, { params });
    const room = await roomOfBooking(context, booking);
    return data({ ...shown, booking, asked, room, series: series.items, code: null });
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (!isOfLink(code)) throw thrown;
    return data(
      { ...shown, booking: null, asked: null, room: null, series: [], code },
      { status: code === "booking.link_expired" ? 410 : 404 },
    );
  }
}

/** Whether it is the link that opens nothing. */
const isOfLink = (code: string | undefined): code is string =>
  ["booking.link_expired", "booking.link_invalid", "booking.not_found", "route.not_found"].includes(code ?? "");

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const result = await manageBooking(context, params.accessToken, form);
  if (!result.ok) return result;
  const word = after[String(form.get("intent")) as keyof typeof after] ?? "done";
  return redirect(`/booking/${result.value.accessToken}/manage?${word}=1`);
}

const after = { regenerate: "renewed", accept: "booked" } as const;

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.manage"].pageTitle },
  { name: "robots", content: "noindex" },
];

export default function ManagePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("scheduling.manage");
  const { booking, asked, room, series, code, after } = loaderData;
  if (!booking) {
    const isExpired = code === "booking.link_expired";
    return (
      <NarrowPage>
        <PageMessage
          icon={<CalendarX aria-hidden="true" />}
          title={isExpired ? words.expiredTitle : words.invalidTitle}
          text={isExpired ? words.expiredText : words.invalidText}
          action={<ButtonLink to="/">{words.home}</ButtonLink>}
        />
      </NarrowPage>
    );
  }
  const Acts = booking.waitlist ? WaitingActs : ManageActs;
  const answers = asked && <AnswersPart booking={booking} asked={asked} result={actionData} />;
  return (
    <NarrowPage>
      <div style={toneStyle(booking.eventType.hue)} className="grid gap-8">
        {booking.waitlist ? <WaitingHead booking={booking} after={after} /> : <Head booking={booking} after={after} />}
        <Facts booking={booking} room={room} />
        <Series items={series} zone={booking.attendee.timeZone} />
        <Suspense>
          <Acts booking={booking} result={actionData}>
            {answers}
          </Acts>
        </Suspense>
      </div>
    </NarrowPage>
  );
}

function Series({ items, zone }: { items: readonly OwnSeriesMember[]; zone: string }) {
  const words = useWords("scheduling.series");
  if (items.length < 2) return null;
  const linked = items.map((item) => ({ ...item, to: new URL(item.manageUrl).pathname }));
  return (
    <section aria-labelledby="series" className="grid gap-2">
      <h2 id="series" className="text-lg!">
        {words.title}
      </h2>
      <SeriesList items={linked} zone={zone} />
    </section>
  );
}

const signs = { pending: Hourglass, cancelled: CalendarX, rejected: CalendarX } as const;

function Head({ booking, after }: { booking: OwnBooking; after: string | undefined }) {
  const words = useWords("scheduling.manage");
  const fill = useFill();
  const isNew = after === "booked";
  const isPending = booking.status === "pending";
  const Sign = signs[booking.status as keyof typeof signs] ?? CheckCircle2;
  const { email } = booking.attendee;
  const host = booking.eventType.organizerName;
  return (
    <header className="grid justify-items-start gap-4">
      {isNew && <Sign aria-hidden="true" className="size-10 text-accent" strokeWidth={1.5} />}
      <div className="grid gap-2">
        <p dir="auto" className="text-sm text-ink-soft">
          {booking.eventType.name}
        </p>
        <h1>{isNew ? (isPending ? words.asked : words.booked) : words.title}</h1>
        {isNew && (
          <p className="text-base text-ink-soft">
            {fill(isPending ? words.askedText : words.bookedText, { email, host })}
          </p>
        )}
      </div>
      {after === "done" && <Notice mood="good">{words.done}</Notice>}
      {after === "renewed" && <Notice mood="good">{words.renewed}</Notice>}
      {isNew && booking.redirectUrl && <GoOn to={booking.redirectUrl} />}
    </header>
  );
}

/** Where the host wants visitors to go afterwards; the link stands there where no script leads on. */
function GoOn({ to }: { to: string }) {
  const words = useWords("scheduling.manage");
  const fill = useFill();
  const [stays, setStays] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (stays) return;
    // By the link, which says nothing of where one comes from.
    const timer = setTimeout(() => link.current?.click(), patienceMs);
    return () => clearTimeout(timer);
  }, [stays]);
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <a ref={link} href={to} rel="noreferrer nofollow" className="link">
        {fill(words.goOn, { site: new URL(to).hostname })}
      </a>
      {!stays && (
        <Button size="sm" variant="quiet" onClick={() => setStays(true)}>
          {words.stay}
        </Button>
      )}
    </p>
  );
}

const patienceMs = 8000;

/** Whom the reader brings; those who have said that they do not come are struck out. */
function Guests({ guests }: Pick<OwnBooking, "guests">) {
  const words = useWords("scheduling.manage");
  return (
    <div>
      <p className="text-sm text-ink-soft">{words.guests}</p>
      <ul>
        {guests.map(({ email, isComing }) => (
          <li key={email} className={isComing ? "" : "text-ink-soft"}>
            {isComing ? email : <s>{email}</s>} {!isComing && words.guestGone}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Facts({ booking, room }: { booking: OwnBooking; room: RoomView | null }) {
  const words = useWords("scheduling.manage");
  const fill = useFill();
  const list = new Intl.ListFormat(useLocale(), { type: "conjunction" });
  const placeText = usePlaceText();
  const { startTime, endTime, attendee, status, eventType, meetingLink } = booking;
  const waits = booking.waitlist !== null;
  const isOn = status === "confirmed" || status === "pending";
  const isPhone = booking.locationType === "phone_call";
  return (
    <Panel aria-label={eventType.name} className="grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className={`text-lg ${isOn ? "" : "line-through decoration-1"}`}>
          <TimeSpan start={startTime} end={endTime} zone={attendee.timeZone} />
        </div>
        {!waits && <StatusBadge status={status} />}
      </div>
      <p className="flex items-center gap-3">
        {booking.hosts.length > 0 && <Faces hosts={booking.hosts} />}
        {fill(words.with, { name: list.format(booking.hosts.map(({ name }) => name)) || eventType.organizerName })}
      </p>
      {booking.broughtBy && <p>{fill(words.broughtBy, { name: booking.broughtBy })}</p>}
      {booking.guests.length > 0 && <Guests guests={booking.guests} />}
      <p>
        {placeText(booking)}
        {isPhone && booking.locationDetails && ` · ${booking.locationDetails}`}
      </p>
      {attendee.notes && (
        <p className="whitespace-pre-line text-ink-soft">
          {words.notes}: <span dir="auto">{attendee.notes}</span>
        </p>
      )}
      <AnswerList answers={attendee.answers} />
      {booking.cancellationReason && !isOn && (
        <p>{fill(words.cancelledBecause, { reason: booking.cancellationReason })}</p>
      )}
      {isOn && !waits && (
        <>
          {room && (
            <div className="w-full sm:w-72">
              <Suspense>
                <EventJoinButton room={room} />
              </Suspense>
            </div>
          )}
          <CalendarLinks
            file={booking.calendarUrl}
            title={`${eventType.name} · ${eventType.organizerName}`}
            startTime={startTime}
            endTime={endTime}
            where={meetingLink ?? booking.locationDetails}
            url={booking.manageUrl}
          />
        </>
      )}
    </Panel>
  );
}
