import { engagement } from "#contract/engagement.ts";
import { edit, listMessages, remove, say } from "#server/modules/engagement/service.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(engagement.messages, (ctx, { params, query }) => listMessages(ctx, params.gatheringId, query));
answer(engagement.say, (ctx, { params, body }) => say(ctx, params.gatheringId, body));
answer(engagement.edit, (ctx, { params, body }) => edit(ctx, params.gatheringId, params.messageId, body.text));
answer(engagement.remove, async (ctx, { params }) => void (await remove(ctx, params.gatheringId, params.messageId)));
