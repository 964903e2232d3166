import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";

/** What an event is, in a few signs above its title. */
export function EventBadges({ event, kind }: { event: EventView; kind: string | null }) {
  const words = useWords("events.page");
  const isOff = event.status === "cancelled";
  return (
    <div className="flex flex-wrap gap-2">
      {isOff && <Badge mood="bad">{words.cancelledTitle}</Badge>}
      {event.isLive && <Badge mood="live">{words.live}</Badge>}
      {event.isPast && !isOff && <Badge>{words.past}</Badge>}
      <Badge mood="accent">{words[event.format === "in_person" ? "inPerson" : event.format]}</Badge>
      {event.category && <Badge>{event.category.name}</Badge>}
      {kind && kind !== event.category?.name && <Badge>{kind}</Badge>}
      {event.visibility === "invite_only" && <Badge>{words.invite}</Badge>}
      {event.visibility === "unlisted" && <Badge>{words.unlisted}</Badge>}
      {event.needsApproval && <Badge>{words.byRequest}</Badge>}
    </div>
  );
}
