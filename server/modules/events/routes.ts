import { events } from "#contract/events.ts";
import { organize } from "#contract/organize.ts";
import { reviews } from "#contract/reviews.ts";
import { list } from "#server/modules/events/service/discovering.ts";
import { duplicate, picture, removeCover, setCover } from "#server/modules/events/service/dressing.ts";
import { cancelForOthers, decide, publish, unpublish, withdraw } from "#server/modules/events/service/publishing.ts";
import { get, listCategories, listOrganized, overview } from "#server/modules/events/service/reading.ts";
import { listAll, listQueue } from "#server/modules/events/service/reviews.ts";
import { cancel, change, create, remove } from "#server/modules/events/service/writing.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(events.list, (ctx, { query }) => list(ctx, query));
answer(events.categories, async (ctx) => ({ items: await listCategories(ctx) }));
answer(events.create, (ctx, { body }) => create(ctx, body));
answer(events.get, (ctx, { params, query }) => get(ctx, params.id, query.occurrence_id));
answer(events.change, (ctx, { params, body }) => change(ctx, params.id, body));
answer(events.replace, (ctx, { params, body }) => change(ctx, params.id, body));
answer(events.remove, async (ctx, { params }) => {
  await remove(ctx, params.id);
  return undefined;
});
answer(events.publish, (ctx, { params, body }) => publish(ctx, params.id, body?.note));
answer(events.withdraw, (ctx, { params }) => withdraw(ctx, params.id));
answer(events.cancel, (ctx, { params, body }) => cancel(ctx, params.id, body?.reason ?? ""));
answer(events.duplicate, (ctx, { params }) => duplicate(ctx, params.id));
answer(events.cover, (ctx, { params, body }) => setCover(ctx, params.id, body));
answer(events.picture, (ctx, { params }) => picture(ctx, params.id));
answer(events.removeCover, (ctx, { params }) => removeCover(ctx, params.id));
answer(organize.events, (ctx, { query }) => listOrganized(ctx, query));
answer(organize.overview, (ctx, { query }) => overview(ctx, query.organizer_id));

answer(reviews.queue, (ctx, { query }) => listQueue(ctx, query));
answer(reviews.events, (ctx, { query }) => listAll(ctx, query));
answer(reviews.decide, (ctx, { params, body }) => decide(ctx, params.id, body));
answer(reviews.unpublish, (ctx, { params, body }) => unpublish(ctx, params.id, body.reason));
answer(reviews.cancel, (ctx, { params, body }) => cancelForOthers(ctx, params.id, body.reason));
