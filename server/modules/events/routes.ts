import { events } from "#contract/events.ts";
import { feeds } from "#contract/feeds.ts";
import { occurrences } from "#contract/occurrences.ts";
import { organize } from "#contract/organize.ts";
import { questions } from "#contract/questions.ts";
import { reviews } from "#contract/reviews.ts";
import { speakers } from "#contract/speakers.ts";
import { templates } from "#contract/templates.ts";
import { list, listPast } from "#server/modules/events/service/discovering.ts";
import {
  duplicate,
  preview,
  removeCover,
  removeSpeakerPicture,
  setCover,
  setSpeakerPicture,
} from "#server/modules/events/service/dressing.ts";
import { atom, calendar, code, codePicture, sitemap, sitemapPart } from "#server/modules/events/service/feeding.ts";
import { removeTemplate, saveTemplate } from "#server/modules/events/service/keeping.ts";
import {
  addOccurrences,
  cancelOccurrences,
  changeOccurrence,
  removeOccurrences,
} from "#server/modules/events/service/occurrences.ts";
import { cancelForOthers, decide, publish, unpublish, withdraw } from "#server/modules/events/service/publishing.ts";
import { getQuestions, setQuestions } from "#server/modules/events/service/questions.ts";
import { get, listCategories, listOrganized, overview } from "#server/modules/events/service/reading.ts";
import { listAll, listQueue } from "#server/modules/events/service/reviews.ts";
import { listTemplates } from "#server/modules/events/service/templates.ts";
import { cancel, change, create, remove } from "#server/modules/events/service/writing.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(events.list, (ctx, { query }) => list(ctx, query));
answer(events.pastOf, (ctx, { params, query }) => listPast(ctx, params.id, query));
answer(events.categories, async (ctx) => ({ items: await listCategories(ctx), nextCursor: null }));
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
answer(speakers.setPicture, (ctx, { params, body }) => setSpeakerPicture(ctx, params, body));
answer(speakers.removePicture, (ctx, { params }) => removeSpeakerPicture(ctx, params));
answer(events.preview, (ctx, { params }) => preview(ctx, params.id));
answer(events.removeCover, (ctx, { params }) => removeCover(ctx, params.id));
answer(organize.events, (ctx, { query }) => listOrganized(ctx, query));
answer(occurrences.add, (ctx, { params, body }) => addOccurrences(ctx, params.id, body));
answer(occurrences.change, (ctx, { params, body }) => changeOccurrence(ctx, params.id, params.occurrenceId, body));
answer(occurrences.cancel, (ctx, { params, body }) =>
  cancelOccurrences(ctx, params.id, [params.occurrenceId], body?.reason ?? ""),
);
answer(occurrences.cancelSeveral, (ctx, { params, body }) =>
  cancelOccurrences(ctx, params.id, body.occurrenceIds, body.reason),
);
answer(occurrences.remove, (ctx, { params }) => removeOccurrences(ctx, params.id, [params.occurrenceId]));
answer(occurrences.removeSeveral, (ctx, { params, body }) => removeOccurrences(ctx, params.id, body.occurrenceIds));
answer(templates.list, (ctx, { query }) => listTemplates(ctx, query.organizer_id));
answer(templates.save, (ctx, { params, body }) => saveTemplate(ctx, params.id, body.name));
answer(templates.remove, async (ctx, { params }) => void (await removeTemplate(ctx, params.id)));
answer(organize.overview, (ctx, { query }) => overview(ctx, query.organizer_id));

// What is asked is on the page of everybody who may register.
answer(questions.ofEvent, (ctx, { params }) => getQuestions(ctx, params.id));
answer(questions.saveOfEvent, (ctx, { params, body }) => setQuestions(ctx, params.id, body));

answer(reviews.queue, (ctx, { query }) => listQueue(ctx, query));
answer(reviews.events, (ctx, { query }) => listAll(ctx, query));
answer(reviews.decide, (ctx, { params, body }) => decide(ctx, params.id, body));
answer(reviews.unpublish, (ctx, { params, body }) => unpublish(ctx, params.id, body.reason));
answer(reviews.cancel, (ctx, { params, body }) => cancelForOthers(ctx, params.id, body.reason));
answer(events.code, (ctx, { params }) => code(ctx, params.id));
answer(events.codePicture, (ctx, { params }) => codePicture(ctx, params.id));
answer(feeds.calendar, (ctx, { params }) => calendar(ctx, params.id));
answer(feeds.atom, (ctx, { params }) => atom(ctx, params.id));
answer(feeds.sitemap, sitemap);
answer(feeds.sitemapPart, (ctx, { query }) => sitemapPart(ctx, query.after ?? null));
