import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { Registration } from "#contract/registrations.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { BookedPlace, manageOf, PlaceLine, useWithWhom } from "#web/features/me/components/next.tsx";
import { type Place, sidesWithRoom } from "#web/features/me/components/places.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";
import { DateBlock, Time } from "#web/ui/time.tsx";

interface ListProps {
  id: string;
  title: string;
  items: readonly Place[];
  isPast?: boolean;
  children?: ReactNode;
}

export function List({ id, title, items, isPast = false, children }: ListProps) {
  return (
    <section aria-labelledby={id} className="mb-14">
      <h2 id={id} className="mb-4">
        {title}
      </h2>
      <ul className="grid">
        {items.map(({ registration, booking }) =>
          registration ? (
            <EventRow key={registration.id} registration={registration} isPast={isPast} />
          ) : (
            <BookingRow key={booking.attendee.id} booking={booking} isPast={isPast} />
          ),
        )}
      </ul>
      {children}
    </section>
  );
}

function EventRow({ registration, isPast }: { registration: Registration; isPast: boolean }) {
  const { event, id } = registration;
  return (
    <Row
      {...{ startTime: event.startTime, endTime: event.endTime, zone: event.timeZone, isPast }}
      to={`/me/tickets/${id}`}
      title={<span lang={event.language}>{event.title}</span>}
      state={<EventState registration={registration} isPast={isPast} />}
    >
      <PlaceLine registration={registration} />
      {!isPast && <SwapLink registration={registration} />}
    </Row>
  );
}

function BookingRow({ booking, isPast }: { booking: OwnBooking; isPast: boolean }) {
  const { startTime, endTime, attendee, eventType } = booking;
  const withWhom = useWithWhom();
  return (
    <Row
      {...{ startTime, endTime, zone: attendee.timeZone, isPast }}
      to={manageOf(booking)}
      title={eventType.name}
      state={<BookingState booking={booking} isPast={isPast} />}
    >
      <p>{withWhom(booking)}</p>
      <BookedPlace booking={booking} />
    </Row>
  );
}

interface RowProps {
  startTime: string;
  endTime: string;
  zone: string;
  isPast: boolean;
  to: string;
  title: ReactNode;
  state: ReactNode;
  children: ReactNode;
}

function Row({ startTime, endTime, zone, isPast, to, title, state, children }: RowProps) {
  return (
    <li className="relative grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 border-b border-line py-4 first:border-t hover:bg-ink/3 sm:grid-cols-[auto_1fr_auto]">
      <DateBlock at={startTime} zone={zone} />
      <div className={`min-w-0 ${isPast ? "text-ink-soft" : ""}`}>
        <p className="font-medium sm:truncate">
          {/* The whole row leads there. */}
          <Link to={to} className="after:absolute after:inset-0">
            {title}
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-4 text-sm text-ink-soft">
          <Time at={startTime} end={endTime} zone={zone} />
          {children}
        </div>
      </div>
      <div className="max-sm:col-start-2 empty:hidden">{state}</div>
    </li>
  );
}

function SwapLink({ registration }: { registration: Registration }) {
  const words = useWords("me.page");
  const fill = useFill();
  const { id } = registration;
  return sidesWithRoom(registration).map((side) => (
    <Link key={side} to={`/me/tickets/${id}?swap`} className="link relative z-1">
      {fill(words.swap, { side })}
    </Link>
  ));
}

const Onwards = () => (
  <ArrowRight aria-hidden="true" className="size-4.5 text-ink-soft max-sm:hidden rtl:-scale-x-100" />
);

function EventState({ registration, isPast }: { registration: Registration; isPast: boolean }) {
  const words = useWords("me.page");
  const fill = useFill();
  const { status, event, position, attendance } = registration;
  if (event.status === "cancelled") return <Badge mood="bad">{words.cancelledEvent}</Badge>;
  if (status === "offered") return <Answer by={registration.offerEndsAt} zone={event.timeZone} />;
  if (status === "pending") return <Badge mood="accent">{words.asked}</Badge>;
  if (status === "waitlisted") return <Badge mood="accent">{fill(words.inLine, { position: position ?? 1 })}</Badge>;
  if (status === "cancelled") return <Badge>{words.gaveBack}</Badge>;
  if (status === "declined") return <Badge>{words.declined}</Badge>;
  if (status === "lapsed" || status === "expired") return <Badge>{words.lapsed}</Badge>;
  return <WasThere attendance={attendance} isPast={isPast} />;
}

function BookingState({ booking, isPast }: { booking: OwnBooking; isPast: boolean }) {
  const words = useWords("me.page");
  const fill = useFill();
  const { status, attendee, waitlist, cancelledBy } = booking;
  if (status === "cancelled" && cancelledBy !== "invitee") return <Badge mood="bad">{words.cancelledBooking}</Badge>;
  if (status === "cancelled" || attendee.status === "cancelled") return <Badge>{words.cancelledSelf}</Badge>;
  if (attendee.status === "declined") return <Badge>{words.declined}</Badge>;
  if (waitlist?.isOpen === false) return <Badge>{words.lapsed}</Badge>;
  if (attendee.status === "offered") return <Answer by={waitlist?.offerEndsAt ?? null} zone={attendee.timeZone} />;
  if (attendee.status === "waitlisted")
    return <Badge mood="accent">{fill(words.inLine, { position: waitlist?.position ?? 1 })}</Badge>;
  if (attendee.status === "pending")
    return isPast ? <Badge>{words.lapsed}</Badge> : <Badge mood="accent">{words.asked}</Badge>;
  return <WasThere attendance={attendee.attendance} isPast={isPast} />;
}

/** What is kept only for a while. */
function Answer({ by, zone }: { by: string | null; zone: string }) {
  const words = useWords("me.page");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-soft">
      <Badge mood="warn">{words.answer}</Badge>
      {by && (
        <span>
          {words.answerBy} <Time at={by} zone={zone} />
        </span>
      )}
    </span>
  );
}

function WasThere({ attendance, isPast }: { attendance: Registration["attendance"]; isPast: boolean }) {
  const words = useWords("me.page");
  if (isPast && attendance === "attended") return <Badge mood="good">{words.attended}</Badge>;
  if (isPast && attendance === "no_show") return <Badge>{words.noShow}</Badge>;
  return <Onwards />;
}
