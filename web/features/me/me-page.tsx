import { ArrowRight, MapPin, Ticket, Video } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { type Registration, registrations } from "#contract/registrations.ts";
import type { RoomView } from "#contract/rooms.ts";
import { EventJoinButton } from "#web/features/rooms/components/event-join-button.tsx";
import { roomOf } from "#web/features/tickets/act.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { useKept } from "#web/platform/offline.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Cover, Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { PageHeader, WidePage } from "#web/ui/page.tsx";
import { Badge, EmptyState } from "#web/ui/surface.tsx";
import { DateBlock, Time, TimeSpan } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/me-page";

const pastAtOnce = 10;
/** Of the tickets that this device keeps for when there is no line. */
const mostKept = 20;

export async function loader({ request, context }: Route.LoaderArgs) {
  const viewer = signedIn(context, request);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const [ahead, past] = await Promise.all([
    call(context, registrations.mine, { query: { when: "upcoming", limit: 100 } }),
    call(context, registrations.mine, { query: { when: "past", limit: pastAtOnce, cursor } }),
  ]);
  const { now, say } = pageOf(context);
  const { next, ...others } = sorted(ahead.items);
  return {
    next,
    ...others,
    room: next && isNear(next, now) ? await roomOf(context, next) : null,
    past: past.items,
    cursor: past.nextCursor,
    now: now.toISOString(),
    title: say("me.page.title"),
    name: viewer.name,
    words: words(context, ["me.page", "events.joinButton"]),
  };
}

/** What is sure, what waits for this person, and what this person waits for. */
function sorted(items: Registration[]) {
  const coming = items.filter(({ status, event }) => status === "confirmed" && event.status !== "cancelled");
  const offers = items.filter(({ status }) => status === "offered" || status === "awaiting_payment");
  const waiting = items.filter(({ status }) => status === "pending" || status === "waitlisted");
  const calledOff = items.filter(({ status, event }) => status === "confirmed" && event.status === "cancelled");
  const [next, ...upcoming] = coming;
  return { next, upcoming: [...upcoming, ...calledOff], offers, waiting };
}

const nearMs = 3_600_000;

const isNear = ({ event }: Registration, now: Date): boolean =>
  new Date(event.startTime).getTime() - now.getTime() < nearMs;

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function MePage({ loaderData }: Route.ComponentProps) {
  const { next, upcoming, offers, waiting, past, cursor, name } = loaderData;
  const words = useWords("me.page");
  const fill = useFill();
  const ahead = [...(next ? [next] : []), ...upcoming, ...offers, ...waiting].slice(0, mostKept);
  useKept(["/me", ...ahead.map(({ id }) => `/me/tickets/${id}`)], true);
  const isEmpty = !next && upcoming.length + offers.length + waiting.length === 0;
  return (
    <WidePage>
      <PageHeader
        title={words.title}
        over={fill(words.hello, { name })}
        actions={<ButtonLink to="/me/following">{words.following}</ButtonLink>}
      />
      {offers.length > 0 && <List id="offers" title={words.offers} items={offers} />}
      {next && <Next registration={next} room={loaderData.room} now={loaderData.now} />}
      {isEmpty && (
        <EmptyState
          picture={<Hall dots={24} taken={0} className="h-16" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={
            <div className="flex flex-wrap justify-center gap-3">
              <ButtonLink to="/events" variant="primary">
                {words.browse}
              </ButtonLink>
              <ButtonLink to="/organize">{words.organize}</ButtonLink>
            </div>
          }
        />
      )}
      {upcoming.length > 0 && <List id="upcoming" title={words.upcoming} items={upcoming} />}
      {waiting.length > 0 && <List id="waiting" title={words.waiting} items={waiting} />}
      {past.length > 0 && (
        <List id="past" title={words.past} items={past} isPast>
          <More cursor={cursor} />
        </List>
      )}
    </WidePage>
  );
}

/** What is next, with the one thing to do about it. */
function Next({ registration, room, now }: { registration: Registration; room: RoomView | null; now: string }) {
  const words = useWords("me.page");
  const fill = useFill();
  const { event, id } = registration;
  const isOn = event.startTime <= now;
  return (
    <section
      aria-labelledby="next"
      style={toneStyle(event.hue)}
      className="mb-14 grid overflow-hidden rounded-panel border border-line bg-surface md:grid-cols-[5fr_6fr]"
    >
      <div className="bg-sunken max-md:aspect-[5/2] md:min-h-40">
        {event.coverUrl ? (
          <img src={event.coverUrl} alt="" className="size-full object-cover" />
        ) : (
          <Cover seed={event.eventId} hue={event.hue} />
        )}
      </div>
      <div className="grid content-center gap-4 p-6 sm:p-8">
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
          {isOn ? (
            <Badge mood="live">{words.live}</Badge>
          ) : (
            <>
              <span>{words.begins}</span>
              <span className="font-medium text-ink">
                <Countdown to={event.startTime} now={now} />
              </span>
            </>
          )}
        </div>
        <h2 id="next" className="text-2xl!">
          <Link to={`/events/${event.slug}`} lang={event.language} className="hover:underline">
            {event.title}
          </Link>
        </h2>
        <div className="text-ink-soft">
          <p>
            <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} short />
          </p>
          <Place registration={registration} />
        </div>
        <div className="mt-2 flex flex-wrap gap-3">
          {room && (
            <div className="w-full sm:w-60">
              <EventJoinButton room={room} />
            </div>
          )}
          <ButtonLink
            to={`/me/tickets/${id}`}
            variant={room ? "secondary" : "primary"}
            size="lg"
            icon={<Ticket aria-hidden="true" />}
          >
            {words.showTicket}
          </ButtonLink>
          {registration.otherSides.slice(0, 1).map((side) => (
            <ButtonLink key={side} to={`/me/tickets/${id}?swap`} variant="quiet" size="lg" preventScrollReset>
              {fill(words.swap, { side })}
            </ButtonLink>
          ))}
        </div>
      </div>
    </section>
  );
}

function Place({ registration: { event, side } }: { registration: Registration }) {
  const words = useWords("me.page");
  const isOnline = event.format === "virtual" || side === "virtual";
  const Icon = isOnline ? Video : MapPin;
  return (
    <p className="flex items-center gap-1.5">
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {isOnline ? words.online : event.placeName}
    </p>
  );
}

function SwapLink({ registration: { id, otherSides } }: { registration: Registration }) {
  const words = useWords("me.page");
  const fill = useFill();
  return otherSides.slice(0, 1).map((side) => (
    <Link key={side} to={`/me/tickets/${id}?swap`} className="link relative z-1">
      {fill(words.swap, { side })}
    </Link>
  ));
}

interface ListProps {
  id: string;
  title: string;
  items: readonly Registration[];
  isPast?: boolean;
  children?: ReactNode;
}

function List({ id, title, items, isPast, children }: ListProps) {
  return (
    <section aria-labelledby={id} className="mb-14">
      <h2 id={id} className="mb-4">
        {title}
      </h2>
      <ul className="grid">
        {items.map((registration) => (
          <Row key={registration.id} registration={registration} isPast={isPast} />
        ))}
      </ul>
      {children}
    </section>
  );
}

function Row({ registration, isPast }: { registration: Registration; isPast?: boolean }) {
  const { event, id } = registration;
  return (
    <li className="relative grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 border-b border-line py-4 first:border-t hover:bg-ink/3 sm:grid-cols-[auto_1fr_auto]">
      <DateBlock at={event.startTime} zone={event.timeZone} />
      <div className={`min-w-0 ${isPast ? "text-ink-soft" : ""}`}>
        <p className="font-medium sm:truncate">
          {/* The whole row leads to the ticket. */}
          <Link to={`/me/tickets/${id}`} lang={event.language} className="after:absolute after:inset-0">
            {event.title}
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-4 text-sm text-ink-soft">
          <Time at={event.startTime} end={event.endTime} zone={event.timeZone} style="time" />
          <Place registration={registration} />
          {!isPast && <SwapLink registration={registration} />}
        </div>
      </div>
      <div className="max-sm:col-start-2 empty:hidden">
        <State registration={registration} isPast={isPast} />
      </div>
    </li>
  );
}

function State({ registration, isPast }: { registration: Registration; isPast?: boolean }) {
  const words = useWords("me.page");
  const fill = useFill();
  const { status, event, position, attendance } = registration;
  if (event.status === "cancelled") return <Badge mood="bad">{words.cancelledEvent}</Badge>;
  if (status === "offered") return <Badge mood="warn">{words.answer}</Badge>;
  if (status === "pending") return <Badge mood="accent">{words.asked}</Badge>;
  if (status === "waitlisted") return <Badge mood="accent">{fill(words.inLine, { position: position ?? 1 })}</Badge>;
  if (status === "cancelled") return <Badge>{words.gaveBack}</Badge>;
  if (status === "declined") return <Badge>{words.declined}</Badge>;
  if (status === "lapsed" || status === "expired") return <Badge>{words.lapsed}</Badge>;
  if (isPast && attendance === "attended") return <Badge mood="good">{words.attended}</Badge>;
  if (isPast && attendance === "no_show") return <Badge>{words.noShow}</Badge>;
  return <ArrowRight aria-hidden="true" className="size-4.5 text-ink-soft max-sm:hidden rtl:-scale-x-100" />;
}
