import { ExternalLink, Video } from "lucide-react";
import { Outlet, useLocation, useSearchParams } from "react-router";

import { events } from "#contract/events.ts";
import { type RoomView, rooms } from "#contract/rooms.ts";
import type { Right } from "#domain/entitlement/rights.ts";
import { atOccurrence } from "#web/features/events/components/at-time.ts";
import { StatusBadge } from "#web/features/organize/components/status-badge.tsx";
import { WhichTime } from "#web/features/organize/components/which-time.tsx";
import { call, pathAsked, refuse, signedIn } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { TabLinks } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { TimeSpan } from "#web/ui/time.tsx";

import type { Route } from "./+types/event-console-page";

/** The tabs that tell of one time of an event. */
const ofOneTime = ["people", "letters", "attendance"];

/** The frame of everything that its team does at one event: its name and the tabs. */
export async function loader({ params, context, request }: Route.LoaderArgs) {
  signedIn(context, request);
  const event = await call(context, events.get, { params: { id: params.id }, query: {} });
  const isEditing = /\/(edit|agenda|questions|times)$/.test(pathAsked(request));
  const mayBeHere = isEditing ? event.team?.mayEdit : event.team;
  if (!mayBeHere) throw refuse({ code: "auth.forbidden", message: "", details: {} });
  const isLive = event.status === "published" && event.format !== "in_person";
  const room = isLive ? await call(context, rooms.get, { params: { gatheringId: event.occurrenceId } }) : null;
  return { event, room, words: words(context, ["organize.nav", "organize.status", "events.joinButton"]) };
}

export default function EventConsolePage({ loaderData: { event, room }, params }: Route.ComponentProps) {
  const words = useWords("organize.nav");
  // By its id or by its slug, as in the address.
  const base = `/organize/events/${params.id}`;
  const isOut = event.status === "published" || event.status === "cancelled";
  const may = (right: Right) => event.team?.may.includes(right);
  const { pathname } = useLocation();
  const isInside = pathname !== base;
  const isOfOneTime = ofOneTime.some((name) => pathname.startsWith(`${base}/${name}`));
  const chosen = useSearchParams()[0].get("occurrence_id");
  const at = (path: string) => (chosen ? atOccurrence(path, chosen) : path);
  const { pending = 0 } = event.team?.people ?? {};
  const tabs = [
    { to: base, label: words.overview, end: true },
    ...(may("edit")
      ? [
          { to: `${base}/edit`, label: words.edit },
          { to: `${base}/agenda`, label: words.agenda },
          { to: `${base}/questions`, label: words.questions },
          { to: `${base}/times`, label: words.times },
        ]
      : []),
    ...(isOut && may("seePeople")
      ? [{ to: at(`${base}/people`), label: words.people, count: pending > 0 ? pending : undefined }]
      : []),
    ...(isOut && may("edit") ? [{ to: at(`${base}/letters`), label: words.letters }] : []),
    ...(isOut && may("decide") && (event.visibility === "invite_only" || event.visibility === "private")
      ? [{ to: `${base}/invitations`, label: words.invitations }]
      : []),
    ...(isOut && may("seeAttendance") && event.format !== "in_person"
      ? [{ to: at(`${base}/attendance`), label: words.attendance }]
      : []),
    { to: `${base}/team`, label: words.team },
  ];
  return (
    <>
      {/* Inside, a phone shows the name alone: what lies below the tabs is what one came for. */}
      <div className={isInside ? "max-sm:[&_h1~p]:hidden max-sm:[&_div+div]:hidden max-sm:[&>header]:mb-4" : ""}>
        <PageHeader
          back={{ to: "/organize", label: words.back }}
          over={<StatusBadge event={event} />}
          title={<span lang={event.language}>{event.title}</span>}
          text={
            event.startTime &&
            event.endTime && <TimeSpan start={event.startTime} end={event.endTime} zone={event.timeZone} />
          }
          actions={
            <>
              {room && <RoomLink room={room} />}
              <ButtonLink to={`/events/${event.slug}`} icon={<ExternalLink aria-hidden="true" />}>
                {isOut ? words.view : words.preview}
              </ButtonLink>
            </>
          }
        />
      </div>
      <TabLinks label={words.tabs} tabs={tabs} />
      {isOfOneTime && <WhichTime event={event} />}
      <Outlet context={event} />
    </>
  );
}

/** The team goes in by the same green room as everybody; there its hosts may open early. */
function RoomLink({ room }: { room: RoomView }) {
  const words = useWords("organize.nav");
  const join = useWords("events.joinButton");
  if (room.state === "ended" || !(room.mayJoin || room.mayStart)) return null;
  return (
    <ButtonLink
      to={`/live/${room.gatheringId}`}
      target="_blank"
      variant={room.mayJoin ? "live" : "secondary"}
      icon={<Video aria-hidden="true" />}
    >
      {room.mayJoin ? join.joinNow : words.room}
      <span className="sr-only">({join.newTab})</span>
    </ButtonLink>
  );
}
