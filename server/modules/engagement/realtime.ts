import { chat } from "#contract/engagement.ts";
import { edit, mayListen, remove, say } from "#server/modules/engagement/service.ts";
import { live } from "#server/platform/channels.ts";

/** The chat of a gathering, for all who belong to it, with whatever link they hold. */
export const chatChannel = live(chat, {
  mayJoin: (ctx, { gatheringId }) => mayListen(ctx, gatheringId),
  answers: {
    say: (ctx, { gatheringId }, input) => say(ctx, gatheringId, input),
    edit: (ctx, { gatheringId }, { id, text }) => edit(ctx, gatheringId, id, text),
    remove: (ctx, { gatheringId }, { id }) => remove(ctx, gatheringId, id),
  },
});
