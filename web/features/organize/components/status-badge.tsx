import type { EventCard } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";

/** Where an event stands, in one word. */
export function StatusBadge({ event }: { event: Pick<EventCard, "status" | "isLive" | "isPast"> }) {
  const words = useWords("organize.status");
  if (event.status === "cancelled") return <Badge mood="bad">{words.cancelled}</Badge>;
  if (event.status === "draft") return <Badge mood="warn">{words.draft}</Badge>;
  if (event.status === "in_review") return <Badge mood="accent">{words.in_review}</Badge>;
  if (event.isLive) return <Badge mood="live">{words.live}</Badge>;
  if (event.isPast) return <Badge>{words.past}</Badge>;
  return <Badge mood="good">{words.published}</Badge>;
}
