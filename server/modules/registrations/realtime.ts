import { door } from "#contract/tickets.ts";
import { checkedIn, checkInUndone } from "#server/modules/registrations/facts.ts";
import { mayKeepDoor } from "#server/modules/registrations/policy.ts";
import { countDoor } from "#server/modules/registrations/service/check-ins.ts";
import { live, when } from "#server/platform/channels.ts";

/** Every device at every door watches the house fill up. */
export const doorChannel = live(door, {
  mayJoin: (ctx, { gatheringId }) => mayKeepDoor(ctx, gatheringId),
  hears: [checkedIn, checkInUndone].map((fact) =>
    when(fact, door, "counted", async (ctx, { gatheringId, list }) => ({
      params: { gatheringId },
      body: await countDoor(ctx, gatheringId, list),
    })),
  ),
});
