import { bell } from "#contract/notifications.ts";
import { live } from "#server/platform/channels.ts";

/** Everybody hears their own bell. */
export const bellChannel = live(bell, {
  mayJoin: async ({ actor }, { userId }) => actor.kind === "user" && actor.userId === userId,
});
