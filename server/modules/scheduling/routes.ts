import { scheduling } from "#contract/scheduling.ts";
import { hosting } from "#contract/scheduling-hosts.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import {
  changeEventType,
  createEventType,
  deleteEventType,
  duplicateEventType,
  getEventType,
  listEventTypes,
  replaceEventType,
  restoreEventType,
} from "#server/modules/scheduling/service/event-types.ts";
import { hold, release } from "#server/modules/scheduling/service/holds.ts";
import { explainSlot, showEventType, showOrganizer, showSlots } from "#server/modules/scheduling/service/public.ts";
import {
  addAbsence,
  changeSchedule,
  createSchedule,
  deleteSchedule,
  getHolidays,
  listAbsences,
  listSchedules,
  removeAbsence,
  setHolidays,
} from "#server/modules/scheduling/service/schedules.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(scheduling.eventTypes, (ctx, { query }) => listEventTypes(ctx, query));
answer(scheduling.createEventType, (ctx, { body }) => createEventType(ctx, body));
answer(scheduling.eventType, (ctx, { params }) => getEventType(ctx, params.id));
answer(scheduling.replaceEventType, (ctx, { params, body }) => replaceEventType(ctx, params.id, body));
answer(scheduling.changeEventType, (ctx, { params, body }) => changeEventType(ctx, params.id, body));
answer(scheduling.deleteEventType, async (ctx, { params }) => void (await deleteEventType(ctx, params.id)));
answer(scheduling.restoreEventType, (ctx, { params }) => restoreEventType(ctx, params.id));
answer(scheduling.duplicateEventType, (ctx, { params }) => duplicateEventType(ctx, params.id));

answer(publicScheduling.organizer, (ctx, { params }) => showOrganizer(ctx, params.organizerSlug));
answer(publicScheduling.eventType, (ctx, { params }) => showEventType(ctx, params.organizerSlug, params.eventTypeSlug));
answer(publicScheduling.slots, (ctx, { params, query }) =>
  showSlots(ctx, params.organizerSlug, params.eventTypeSlug, query),
);
// Open to everybody: a hold lasts five minutes and is limited by caller.
answer(publicScheduling.hold, (ctx, { params, body }) => hold(ctx, params, body));
answer(publicScheduling.release, async (ctx, { params }) => void (await release(ctx, params.id)));
answer(publicScheduling.explain, (ctx, { params, query }) => explainSlot(ctx, params.id, query));

answer(hosting.schedules, (ctx) => listSchedules(ctx));
answer(hosting.createSchedule, (ctx, { body }) => createSchedule(ctx, body));
answer(hosting.changeSchedule, (ctx, { params, body }) => changeSchedule(ctx, params.id, body));
answer(hosting.deleteSchedule, async (ctx, { params }) => void (await deleteSchedule(ctx, params.id)));
answer(hosting.absences, (ctx) => listAbsences(ctx));
answer(hosting.addAbsence, (ctx, { body }) => addAbsence(ctx, body));
answer(hosting.removeAbsence, async (ctx, { params }) => void (await removeAbsence(ctx, params.id)));
answer(hosting.holidays, (ctx) => getHolidays(ctx));
answer(hosting.setHolidays, (ctx, { body }) => setHolidays(ctx, body));
