import { Link } from "react-router";

import type { OrganizedEvent } from "#contract/organize.ts";
import { hasRight } from "#domain/entitlement/rights.ts";
import { Place } from "#web/features/events/components/event-card.tsx";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { PeopleCount } from "#web/features/organize/components/people-count.tsx";
import { StatusBadge } from "#web/features/organize/components/status-badge.tsx";
import { useWords } from "#web/platform/words.ts";
import { Fullness } from "#web/ui/hemicycle.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

/** One of one's own events, in a line: its picture, when it is and who comes. */
export function EventRow({ event }: { event: OrganizedEvent }) {
  const words = useWords("organize.list");
  const roles = useWords("teams.roles");
  const isToEdit = event.status === "draft" && hasRight(event.role, "edit");
  const to = `/organize/events/${event.id}${isToEdit ? "/edit" : ""}`;
  return (
    <article className="group relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:items-center sm:gap-x-5">
      <div className="mt-1 aspect-[4/3] w-20 self-start overflow-hidden rounded-control max-sm:row-span-2 sm:mt-0 sm:w-24">
        <EventCover event={event} sizes="6rem" />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-lg!">
            <Link to={to} className="group-hover:text-accent after:absolute after:inset-0">
              <span dir="auto">{event.title}</span>
            </Link>
          </h3>
          <StatusBadge event={event} />
          {event.role && event.role !== "owner" && <Badge>{roles[event.role]}</Badge>}
        </div>
        <p className="text-sm text-ink-soft">
          {event.startTime ? <Time at={event.startTime} end={event.endTime} zone={event.timeZone} /> : words.noTime}
        </p>
        <Place event={event} />
      </div>
      {event.status !== "draft" && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:col-start-2 sm:grid sm:justify-items-end">
          {event.places.capacity !== null && (
            <Fullness taken={event.places.taken} capacity={event.places.capacity} size="sm" />
          )}
          <PeopleCount people={event.people} />
        </div>
      )}
    </article>
  );
}
