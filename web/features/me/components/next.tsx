import { CalendarCog, MapPin, Ticket, Video } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { Registration } from "#contract/registrations.ts";
import type { RoomView } from "#contract/rooms.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { type Place, sidesWithRoom } from "#web/features/me/components/places.ts";
import { EventJoinButton } from "#web/features/rooms/components/event-join-button.tsx";
import { usePlaceText } from "#web/features/scheduling/components/facts.tsx";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Cover } from "#web/ui/hemicycle.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  place: Place;
  room: RoomView | null;
  now: string;
}

/** What is next, with the one thing to do about it. */
export function Next({ place, room, now }: Props) {
  const { registration, booking } = place;
  return registration ? (
    <NextEvent registration={registration} room={room} now={now} />
  ) : (
    <NextBooking booking={booking} room={room} now={now} />
  );
}

function NextEvent({ registration, room, now }: { registration: Registration } & Omit<Props, "place">) {
  const words = useWords("me.page");
  const fill = useFill();
  const { event, id } = registration;
  return (
    <Shell
      hue={event.hue}
      picture={
        event.coverUrl ? (
          <img src={event.coverUrl} alt="" className="size-full object-cover" />
        ) : (
          <Cover seed={event.eventId} hue={event.hue} />
        )
      }
      startTime={event.startTime}
      now={now}
      title={
        <Link
          to={atOccurrence(`/events/${event.slug}`, event.gatheringId)}
          lang={event.language}
          className="hover:underline"
        >
          {event.title}
        </Link>
      }
      room={room}
      acts={
        <>
          <ButtonLink
            to={`/me/tickets/${id}`}
            variant={room ? "secondary" : "primary"}
            size="lg"
            icon={<Ticket aria-hidden="true" />}
          >
            {words.showTicket}
          </ButtonLink>
          {sidesWithRoom(registration).map((side) => (
            <ButtonLink key={side} to={`/me/tickets/${id}?swap`} variant="quiet" size="lg" preventScrollReset>
              {fill(words.swap, { side })}
            </ButtonLink>
          ))}
        </>
      }
    >
      <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} short />
      <PlaceLine registration={registration} />
    </Shell>
  );
}

function NextBooking({ booking, room, now }: { booking: OwnBooking } & Omit<Props, "place">) {
  const words = useWords("me.page");
  const { eventType, startTime, endTime, attendee } = booking;
  const to = manageOf(booking);
  const withWhom = useWithWhom();
  return (
    <Shell
      hue={eventType.hue}
      picture={<Cover seed={eventType.id} hue={eventType.hue} />}
      startTime={startTime}
      now={now}
      title={
        <Link to={to} className="hover:underline">
          <span dir="auto">{eventType.name}</span>
        </Link>
      }
      room={room}
      acts={
        <ButtonLink
          to={to}
          variant={room ? "secondary" : "primary"}
          size="lg"
          icon={<CalendarCog aria-hidden="true" />}
        >
          {words.manage}
        </ButtonLink>
      }
    >
      <TimeSpan start={startTime} end={endTime} zone={attendee.timeZone} short />
      <span className="block">{withWhom(booking)}</span>
      <BookedPlace booking={booking} />
    </Shell>
  );
}

interface ShellProps {
  hue: number;
  picture: ReactNode;
  startTime: string;
  now: string;
  title: ReactNode;
  room: RoomView | null;
  acts: ReactNode;
  children: ReactNode;
}

function Shell({ hue, picture, startTime, now, title, room, acts, children }: ShellProps) {
  const words = useWords("me.page");
  return (
    <section
      aria-labelledby="next"
      style={toneStyle(hue)}
      className="mb-14 grid overflow-hidden rounded-panel border border-line bg-surface md:grid-cols-[5fr_6fr]"
    >
      <div className="bg-sunken max-md:aspect-[5/2] md:min-h-40">{picture}</div>
      <div className="grid content-center gap-4 p-6 sm:p-8">
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
          {startTime <= now ? (
            room?.state === "ended" ? (
              <Badge>{words.ended}</Badge>
            ) : (
              <Badge mood="live">{words.live}</Badge>
            )
          ) : (
            <span className="fleeting">
              {words.begins}{" "}
              <span className="font-medium text-ink">
                <Countdown to={startTime} now={now} />
              </span>
            </span>
          )}
        </div>
        <h2 id="next" className="text-2xl!">
          {title}
        </h2>
        <div className="text-ink-soft">{children}</div>
        <div className="mt-2 flex flex-wrap gap-3 max-sm:*:w-full">
          {room && (
            <div className="w-full sm:w-60">
              <EventJoinButton room={room} />
            </div>
          )}
          {acts}
        </div>
      </div>
    </section>
  );
}

/** The page of a booking; its link is in the letters too. */
export const manageOf = ({ accessToken }: OwnBooking): string => `/booking/${accessToken}/manage`;

/** Whom somebody has booked. */
export function useWithWhom(): (booking: OwnBooking) => string {
  const words = useWords("me.page");
  const fill = useFill();
  const list = new Intl.ListFormat(useLocale(), { type: "conjunction" });
  return ({ hosts, eventType }) =>
    fill(words.with, { name: list.format(hosts.map(({ name }) => name)) || eventType.organizerName });
}

export function PlaceLine({ registration: { event, side } }: { registration: Registration }) {
  const words = useWords("me.page");
  const isOnline = event.format === "virtual" || side === "virtual";
  return <Where isOnline={isOnline}>{isOnline ? words.online : event.placeName}</Where>;
}

export function BookedPlace({ booking }: { booking: OwnBooking }) {
  const words = useWords("me.page");
  const placeText = usePlaceText();
  const isOnline = booking.locationType === "video_call";
  return <Where isOnline={isOnline}>{isOnline ? words.online : placeText(booking)}</Where>;
}

function Where({ isOnline, children }: { isOnline: boolean; children: ReactNode }) {
  const Icon = isOnline ? Video : MapPin;
  return (
    <p className="flex items-center gap-1.5">
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {children}
    </p>
  );
}
