import { lobby, people, roomState } from "#contract/rooms.ts";
import { may } from "#server/modules/access/service.ts";
import { mayKeepOrder } from "#server/modules/rooms/policy.ts";
import { live } from "#server/platform/channels.ts";

/** Who comes and goes, for everybody who belongs there. What is said comes from the ledger, in its own transactions. */
export const peopleChannel = live(people, {
  mayJoin: async (ctx, { gatheringId }) => (await may(ctx, gatheringId, "channel")).allowed,
});

/** Opening and ending, for those who wait before the door and those behind it. */
export const roomStateChannel = live(roomState, {
  mayJoin: async (ctx, { gatheringId }) => (await may(ctx, gatheringId, "foyer")).allowed,
});

/** Who waits to be let in, for those who answer. */
export const lobbyChannel = live(lobby, { mayJoin: (ctx, { gatheringId }) => mayKeepOrder(ctx, gatheringId) });
