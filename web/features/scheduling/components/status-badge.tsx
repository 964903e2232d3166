import type { Booking } from "#contract/scheduling-bookings.ts";
import { useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";

const moods = { confirmed: "good", pending: "warn", cancelled: "bad", rejected: "bad" } as const;

/** How a booking stands, in a word. */
export function StatusBadge({ status }: { status: Booking["status"] }) {
  const words = useWords("scheduling.status");
  return <Badge mood={moods[status as keyof typeof moods] ?? "neutral"}>{words[status as keyof typeof words]}</Badge>;
}
