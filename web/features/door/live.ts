import { useState } from "react";

import { channels } from "#contract/paths.gen.ts";
import type { DoorCounts, door } from "#contract/tickets.ts";
import { useChannel } from "#web/platform/live.ts";

export { useLineIsUp } from "#web/platform/live.ts";

/** How many are in, as every door counts them; the own admissions are counted at once. */
export function useDoorCounts(gatheringId: string, initial: DoorCounts) {
  const [counts, setCounts] = useState(initial);
  useChannel<typeof door>(channels.door, { gatheringId }, { counted: setCounts });
  return [counts, setCounts] as const;
}
