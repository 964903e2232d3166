import { questions } from "#contract/questions.ts";
import { scheduling } from "#contract/scheduling.ts";
import { bookings } from "#contract/scheduling-bookings.ts";
import { desk } from "#contract/scheduling-desk.ts";
import { hosting } from "#contract/scheduling-hosts.ts";
import { ownBookings } from "#contract/scheduling-own.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { seriesOfBookings } from "#contract/scheduling-series.ts";
import { schedulingTeams } from "#contract/scheduling-teams.ts";
import { waitlist } from "#contract/scheduling-waitlist.ts";
import { exportAnalytics, getAnalytics } from "#server/modules/scheduling/service/analytics.ts";
import {
  addAttendee,
  changeBooking,
  getBooking,
  listBookings,
  removeAttendee,
  setNoShow,
} from "#server/modules/scheduling/service/bookings.ts";
import { bookForGuest, listLetters } from "#server/modules/scheduling/service/by-host.ts";
import { listColleagues, listPossibleHosts } from "#server/modules/scheduling/service/colleagues.ts";
import { counted } from "#server/modules/scheduling/service/counting.ts";
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
import {
  dropFeed,
  exportCsv,
  exportIcs,
  getFeed,
  readFeed,
  renewFeed,
} from "#server/modules/scheduling/service/exporting.ts";
import { listAudit } from "#server/modules/scheduling/service/history.ts";
import { hold, release } from "#server/modules/scheduling/service/holds.ts";
import { askedBy, calendar, manage, open } from "#server/modules/scheduling/service/managing.ts";
import { listOwn } from "#server/modules/scheduling/service/own-bookings.ts";
import { explainSlot, showEventType, showOrganizer, showSlots } from "#server/modules/scheduling/service/public.ts";
import { getQuestions, setQuestions } from "#server/modules/scheduling/service/questions.ts";
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
import { book, checkSeries, listOwnSeries, listSeries } from "#server/modules/scheduling/service/series.ts";
import * as waitlists from "#server/modules/scheduling/service/waitlist.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(scheduling.eventTypes, (ctx, { query }) => listEventTypes(ctx, query));
answer(scheduling.createEventType, (ctx, { body }) => createEventType(ctx, body));
answer(scheduling.eventType, (ctx, { params }) => getEventType(ctx, params.id));
answer(scheduling.replaceEventType, (ctx, { params, body }) => replaceEventType(ctx, params.id, body));
answer(scheduling.changeEventType, (ctx, { params, body }) => changeEventType(ctx, params.id, body));
answer(scheduling.deleteEventType, async (ctx, { params }) => void (await deleteEventType(ctx, params.id)));
answer(scheduling.restoreEventType, (ctx, { params }) => restoreEventType(ctx, params.id));
answer(scheduling.duplicateEventType, (ctx, { params }) => duplicateEventType(ctx, params.id));

answer(schedulingTeams.possibleHosts, (ctx, { params }) => listPossibleHosts(ctx, params.id));
answer(schedulingTeams.colleagues, (ctx) => listColleagues(ctx));
answer(questions.ofEventType, (ctx, { params }) => getQuestions(ctx, params.id));
answer(questions.saveOfEventType, (ctx, { params, body }) => setQuestions(ctx, params.id, body));

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

// Open to strangers, as 001 has it: limited by caller, and the answer's link is the right to everything else.
answer(bookings.create, (ctx, { body }) => counted("make", () => book(ctx, body)));
answer(bookings.list, (ctx, { query }) => listBookings(ctx, query));
answer(bookings.get, (ctx, { params }) => getBooking(ctx, params.id));
answer(bookings.change, (ctx, { params, body }) =>
  counted(body.startTime ? "move" : (body.status ?? ""), () => changeBooking(ctx, params.id, body)),
);
answer(bookings.audit, (ctx, { params }) => listAudit(ctx, params.id));
answer(bookings.addAttendee, (ctx, { params, body }) => addAttendee(ctx, params.id, body));
answer(bookings.removeAttendee, (ctx, { params, body }) =>
  removeAttendee(ctx, params.id, params.attendeeId, body.reason),
);
answer(bookings.noShow, (ctx, { params, body }) => setNoShow(ctx, params.id, params.attendeeId, body.noShow));
answer(ownBookings.mine, (ctx, { query }) => listOwn(ctx, query));
// The token is the right.
answer(ownBookings.open, (ctx, { params }) => open(ctx, params.accessToken));
answer(ownBookings.questions, (ctx, { params }) => askedBy(ctx, params.accessToken));
answer(ownBookings.manage, (ctx, { params, body }) =>
  counted(body.action, () => manage(ctx, params.accessToken, body)),
);
answer(ownBookings.calendar, (ctx, { params }) => calendar(ctx, params.accessToken));

// Open to strangers like booking, and limited by caller.
answer(waitlist.join, (ctx, { body }) => waitlists.join(ctx, body));
answer(waitlist.list, (ctx, { query }) => waitlists.list(ctx, query));
answer(waitlist.offer, (ctx, { params, body }) => waitlists.offerNow(ctx, params.id, body.overbook));
answer(waitlist.remove, async (ctx, { params }) => void (await waitlists.remove(ctx, params.id)));

answer(desk.book, (ctx, { body }) => counted("make", () => bookForGuest(ctx, body)));
answer(desk.letters, (ctx, { params }) => listLetters(ctx, params.id));
answer(desk.csv, (ctx, { query }) => exportCsv(ctx, query));
answer(desk.ics, (ctx, { query }) => exportIcs(ctx, query));
answer(desk.feed, (ctx) => getFeed(ctx));
answer(desk.renewFeed, (ctx) => renewFeed(ctx));
answer(desk.dropFeed, async (ctx) => void (await dropFeed(ctx)));
// Programs read it without an account: the token is the right.
answer(desk.readFeed, (ctx, { params }) => readFeed(ctx, params.token));
answer(desk.analytics, (ctx, { query }) => getAnalytics(ctx, query));
answer(desk.analyticsCsv, (ctx, { query }) => exportAnalytics(ctx, query));
answer(seriesOfBookings.check, (ctx, { params, query }) => checkSeries(ctx, params, query));
answer(seriesOfBookings.list, (ctx, { params }) => listSeries(ctx, params.id));
answer(seriesOfBookings.own, (ctx, { params }) => listOwnSeries(ctx, params.accessToken));
