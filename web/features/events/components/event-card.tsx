import { MapPin, Video } from "lucide-react";
import { Link } from "react-router";

import type { EventCard as Card } from "#contract/events.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";
import { DateBlock, lastsAllDay, ReadersTime, Time } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

/** An event in a list: picture, date, title, place, and how many seats are left when they are few. Needs `events.card`. */
export function EventCard({
  event,
  level: Title = "h3",
  isFirst,
}: {
  event: Card;
  level?: "h2" | "h3";
  /** Seen before anybody scrolls. */
  isFirst?: boolean;
}) {
  const words = useWords("events.card");
  const fill = useFill();
  const { startTime: start, endTime: end } = event;
  return (
    <article
      style={toneStyle(event.hue)}
      className="group relative grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3.5"
    >
      <div className="relative aspect-video overflow-hidden rounded-panel transition-[filter] duration-150 group-hover:brightness-110">
        <EventCover event={event} sizes="(min-width: 64rem) 23rem, (min-width: 40rem) 46vw, 94vw" isFirst={isFirst} />
        <State event={event} />
      </div>
      <div className="flex items-start gap-3.5">
        {start && <DateBlock at={start} zone={event.timeZone} />}
        <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-1">
          <Title className="text-lg! leading-snug!">
            <Link
              to={
                event.hasMoreTimes ? atOccurrence(`/events/${event.slug}`, event.occurrenceId) : `/events/${event.slug}`
              }
              lang={event.language}
              className="decoration-accent/50 decoration-1 underline-offset-4 after:absolute after:inset-0 after:rounded-panel group-hover:underline"
            >
              {event.title}
            </Link>
          </Title>
          <p className="text-sm text-ink-soft">
            {event.startTime ? (
              <Time at={event.startTime} end={event.endTime} zone={event.timeZone} />
            ) : (
              words.unplanned
            )}
            {event.hasMoreTimes && `, ${words.moreTimes}`}
          </p>
          <Place event={event} />
          <p className="text-xs text-ink-soft">{fill(words.by, { name: event.organizer.name })}</p>
          {/* A line of its own, kept free: the reader's time comes later than the page, and moves nothing. */}
          <div className="min-h-4 text-xs text-ink-soft">
            {start && !(end && lastsAllDay(start, end, event.timeZone)) && (
              <ReadersTime start={start} zone={event.timeZone} />
            )}
          </div>
        </div>
      </div>
    </article>
  );
}

/** Where it is, in one line. */
export function Place({ event }: { event: Pick<Card, "format" | "placeName"> }) {
  const words = useWords("events.card");
  const fill = useFill();
  const isOnline = event.format === "virtual";
  const Icon = isOnline ? Video : MapPin;
  const place = event.placeName || words.inPersonUnknown;
  return (
    <p className="flex items-center gap-1.5 text-sm text-ink-soft">
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <span className="truncate">
        {isOnline ? words.online : event.format === "hybrid" ? fill(words.placeAndOnline, { place }) : place}
      </span>
    </p>
  );
}

/** What is worth saying at a glance; nothing when there is room and time. */
function State({ event }: { event: Card }) {
  const words = useWords("events.card");
  const fill = useFill();
  const { left, capacity } = event.places;
  const isFew = left !== null && capacity !== null && left <= Math.max(5, capacity * 0.15);
  const state = event.isLive
    ? ({ mood: "live", says: words.live } as const)
    : event.status === "cancelled"
      ? ({ mood: "bad", says: words.cancelled } as const)
      : event.isPast
        ? ({ mood: "neutral", says: words.past } as const)
        : left === 0
          ? ({ mood: "neutral", says: event.hasWaitlist ? words.waitlist : words.full } as const)
          : isFew
            ? ({ mood: "accent", says: fill(words.left, { n: left }) } as const)
            : event.needsApproval
              ? ({ mood: "neutral", says: words.asks } as const)
              : undefined;
  if (!state) return null;
  return (
    <span className="absolute start-3 top-3 flex rounded-full bg-surface">
      <Badge mood={state.mood}>{state.says}</Badge>
    </span>
  );
}
