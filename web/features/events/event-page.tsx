import { Pencil, TriangleAlert } from "lucide-react";
import { Suspense } from "react";

import { directory } from "#contract/directory.ts";
import { type EventView, events } from "#contract/events.ts";
import { type RegistrationOptions, registrations } from "#contract/registrations.ts";
import { rooms } from "#contract/rooms.ts";

import { nameOfLanguage } from "#web/features/events/act.ts";
import { atTime, calendarFileOf, pathAt, timeIn } from "#web/features/events/components/at-time.ts";
import { EventBadges } from "#web/features/events/components/event-badges.tsx";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { EventFacts } from "#web/features/events/components/event-facts.tsx";
import { GoodToKnow } from "#web/features/events/components/good-to-know.tsx";
import { HostCard } from "#web/features/events/components/host-card.tsx";
import { OtherTimes } from "#web/features/events/components/other-times.tsx";
import { ShareLinks } from "#web/features/events/components/share-links.tsx";
import { structuredData } from "#web/features/events/components/structured.ts";
import { CalendarLinks } from "#web/features/registrations/components/calendar-links.tsx";
import { RegistrationCard } from "#web/features/registrations/components/registration-card.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { fill } from "#web/platform/fill.ts";
import { houseOf } from "#web/platform/house.ts";
import { part } from "#web/platform/part.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { CopyButton } from "#web/ui/share.tsx";
import { Notice, Prose } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/event-page";

// Strangers, who are most readers, do not wait for a way into a room that is not theirs, and for whom they would meet there.
const Attendees = part(async () => ({
  default: (await import("#web/features/registrations/components/attendees.tsx")).Attendees,
}));
const EventJoinButton = part(async () => ({
  default: (await import("#web/features/rooms/components/event-join-button.tsx")).EventJoinButton,
}));
const Programme = part(async () => ({
  default: (await import("#web/features/events/components/programme.tsx")).Programme,
}));

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { publicUrl } = pageOf(context);
  const asked = { params: { id: params.slug }, query: { occurrence_id: timeIn(request) } };
  const [whole, options] = await Promise.all([
    call(context, events.get, asked),
    call(context, registrations.options, asked),
  ]);
  const event = atTime(whole);
  // What nobody sees does not travel.
  return {
    event: { ...event, description: "" },
    options,
    kind: event.kind && pageOf(context).say(`organize.kinds.${event.kind}`),
    language: spokenElsewhere(event.language, pageOf(context).locale),
    room: await roomOf(context, event, options),
    attendees: await attendeesOf(context, event, options),
    url: `${publicUrl}/events/${event.slug}`,
    // Those who show links keep pictures for long: a changed event has another address for its own.
    picture: `${publicUrl}/api/v1/events/${event.id}/preview.png?v=${Date.parse(event.updatedAt).toString(36)}`,
    words: words(context, [
      "events.page",
      "events.card",
      "events.joinButton",
      "events.share",
      "registrations.card",
      "registrations.calendar",
      "registrations.attendees",
    ]),
  };
}

/** The language by its name, where it is another than the reader's: nobody needs to be told of their own. */
const spokenElsewhere = (language: string, locale: string): string | null =>
  language.slice(0, 2) === locale.slice(0, 2) ? null : nameOfLanguage(locale, language);

/** Who else comes, for those who come. */
async function attendeesOf(context: Route.LoaderArgs["context"], event: EventView, options: RegistrationOptions) {
  const mine = options.mine.find(({ status, isUnnamed }) => status === "confirmed" && !isUnnamed);
  if (!mine || event.status !== "published") return null;
  const query = { occurrence_id: event.occurrenceId, limit: 60 };
  return { mine: mine.id, ...(await call(context, directory.list, { params: { id: event.id }, query })) };
}

/** The live room, for who has something to do there; to all others the page says itself that it is on. */
async function roomOf(context: Route.LoaderArgs["context"], event: EventView, options: RegistrationOptions) {
  const isKnown = event.team !== null || options.mine.some(({ status }) => status === "confirmed");
  if (!isKnown || event.format === "in_person" || event.status !== "published") return null;
  return call(context, rooms.get, { params: { gatheringId: event.occurrenceId } });
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  if (!loaderData) return [];
  const { event, url, picture, words } = loaderData;
  const title = fill(said(words)["events.page"].pageTitle, { title: event.title }, event.language);
  const description = event.summary || event.title;
  const isShown = event.visibility !== "private" && ["published", "cancelled"].includes(event.status);
  const isFound = event.visibility === "public" && event.status === "published";
  return [
    { title },
    { name: "description", content: description },
    { tagName: "link", rel: "canonical", href: url },
    { property: "og:type", content: "website" },
    { property: "og:site_name", content: houseOf(matches) },
    { property: "og:title", content: event.title },
    { property: "og:description", content: description },
    { property: "og:url", content: url },
    ...(isShown ? pictureTags(picture, event.title) : []),
    { name: "twitter:card", content: "summary_large_image" },
    ...(isFound
      ? [{ "script:ld+json": structuredData(event, url, picture) }]
      : [{ name: "robots", content: "noindex" }]),
  ];
};

const pictureTags = (picture: string, title: string) => [
  { property: "og:image", content: picture },
  { property: "og:image:type", content: "image/png" },
  { property: "og:image:width", content: "1200" },
  { property: "og:image:height", content: "630" },
  { property: "og:image:alt", content: title },
];

export default function EventPage({ loaderData }: Route.ComponentProps) {
  const { event, kind, language, options, room, attendees, url } = loaderData;
  const hopes = options.mine.length > 0 && !options.mine.some(({ status }) => status === "confirmed");
  return (
    <div style={toneStyle(event.hue)} className="frame py-6 sm:py-10">
      <State event={event} />
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_21rem] lg:items-start lg:gap-14">
        <article className="grid gap-8 max-lg:mb-10">
          <div className="aspect-[2/1] overflow-hidden rounded-panel">
            <EventCover event={event} sizes="(min-width: 64rem) 44rem, 96vw" isFirst />
          </div>
          <header className="grid gap-4">
            <EventBadges event={event} kind={kind} />
            <h1 lang={event.language}>{event.title}</h1>
            {event.summary && (
              <p lang={event.language} className="max-w-[62ch] text-lg text-ink-soft">
                {event.summary}
              </p>
            )}
          </header>
          <EventFacts event={event} />
          <Links event={event} url={url} hopes={hopes} />
          <About event={event} />
          {event.agenda.length + event.speakers.length > 0 && (
            <Suspense>
              <Programme event={event} />
            </Suspense>
          )}
          <GoodToKnow event={event} language={language} />
          {attendees && (
            <Suspense>
              <Attendees attendees={attendees} mine={attendees.mine} />
            </Suspense>
          )}
          <OtherTimes event={event} />
          <HostCard organizer={event.organizer} />
        </article>
        <RegistrationCard
          options={options}
          to={pathAt(`/events/${event.slug}/register`, event)}
          timeZone={event.timeZone}
          join={
            room && (
              <Suspense>
                <EventJoinButton room={room} />
              </Suspense>
            )
          }
        />
      </div>
    </div>
  );
}

/** What somebody must know before anything else: that it is off, or that nobody else sees it yet. */
function State({ event }: { event: EventView }) {
  const words = useWords("events.page");
  if (event.status === "cancelled") {
    return (
      <div className="mb-6">
        <Notice mood="bad" icon={<TriangleAlert aria-hidden="true" />} title={words.cancelledTitle}>
          {event.cancelReason ? <span lang={event.language}>{event.cancelReason}</span> : words.cancelledText}
        </Notice>
      </div>
    );
  }
  if (!event.team?.mayEdit) return null;
  const isDraft = event.status !== "published";
  return (
    <div className="mb-6">
      {isDraft ? (
        <Notice
          mood="warn"
          title={words.draftTitle}
          action={<ButtonLink to={`/organize/events/${event.id}/edit`}>{words.draftAction}</ButtonLink>}
        >
          {words.draftText}
        </Notice>
      ) : (
        <ButtonLink size="sm" to={`/organize/events/${event.id}`} icon={<Pencil aria-hidden="true" />}>
          {words.edit}
        </ButtonLink>
      )}
    </div>
  );
}

/** Whoever only hopes for a place keeps their calendar free. */
function Links({ event, url, hopes }: { event: EventView; url: string; hopes: boolean }) {
  const words = useWords("events.page");
  const { startTime, endTime } = event;
  const isToCome = event.status !== "cancelled" && !event.isPast;
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 border-y border-line py-3">
      {startTime && endTime && isToCome && !hopes ? (
        <CalendarLinks
          file={calendarFileOf(event)}
          title={event.title}
          startTime={startTime}
          endTime={endTime}
          where={event.format === "virtual" ? url : [event.placeName, event.placeAddress].filter(Boolean).join(", ")}
          url={url}
        />
      ) : (
        <span />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={url} size="sm">
          {words.copyLink}
        </CopyButton>
        {event.status === "published" && <ShareLinks id={event.id} title={event.title} url={url} />}
      </div>
    </div>
  );
}

function About({ event }: { event: EventView }) {
  const words = useWords("events.page");
  return (
    <section aria-labelledby="about">
      <h2 id="about" className="mb-4">
        {words.about}
      </h2>
      {event.descriptionHtml ? (
        <Prose html={event.descriptionHtml} lang={event.language} />
      ) : (
        <p className="text-ink-soft">{words.noDescription}</p>
      )}
    </section>
  );
}
