import { useCallback } from "react";
import { useRevalidator } from "react-router";

import { paths } from "#contract/paths.gen.ts";
import type { rooms } from "#contract/rooms.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";

/** Whether nobody has said no: the house could not be reached. */
export const isAway = (thrown: unknown): boolean => refusalOf(thrown)?.code === "internal";

/** Makes the page of a room anew; while the house cannot be reached, what stands there stays. */
export function useLookAgain(gatheringId: string): () => Promise<void> {
  const { revalidate } = useRevalidator();
  return useCallback(async () => {
    try {
      await send<typeof rooms.get>(paths.rooms.get, { params: { gatheringId } });
    } catch (thrown) {
      if (isAway(thrown)) return;
    }
    await revalidate();
  }, [gatheringId, revalidate]);
}
