import type { Mailing } from "#contract/mailings.ts";
import { useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";

const moods = { draft: "neutral", scheduled: "accent", sending: "warn", sent: "good", stopped: "bad" } as const;

/** How far a letter to many has come. */
export function MailingBadge({ status }: { status: Mailing["status"] }) {
  const words = useWords("notifications.letters");
  return <Badge mood={moods[status]}>{words[status]}</Badge>;
}
