import { ended } from "#server/modules/gatherings/facts.ts";
import { left } from "#server/modules/identity/facts.ts";
import { lapsed, offerDue, offered, waitlisted } from "#server/modules/registrations/facts.ts";
import {
  answersChanged,
  approved,
  asked,
  booked,
  cancelled,
  declined,
  moved,
  partyCancelled,
  reminderDue,
  seriesChanged,
  waitlistLeft,
} from "#server/modules/scheduling/facts.ts";
import { completeEnded } from "#server/modules/scheduling/service/bookings.ts";
import { forgetExpired } from "#server/modules/scheduling/service/holds.ts";
import { forgetPerson, leaveTeam } from "#server/modules/scheduling/service/leaving.ts";
import {
  remind,
  tellAnswersChanged,
  tellApproved,
  tellBooked,
  tellCancelled,
  tellDeclined,
  tellMoved,
  tellOfWaiting,
  tellPartyCancelled,
} from "#server/modules/scheduling/service/letters.ts";
import { lapse } from "#server/modules/scheduling/service/offers.ts";
import { tellSeries } from "#server/modules/scheduling/service/series-letters.ts";
import { removed } from "#server/modules/teams/facts.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

const letter = "scheduling.letter";

// Facts arrive at least once: each letter has a key of its own, and each step asks how things stand.
export const schedulingJobs: Job[] = [
  onFact(booked, letter, (ctx, { bookingId, attendeeId }) => tellBooked(ctx, bookingId, attendeeId)),
  onFact(asked, letter, (ctx, { bookingId, attendeeId }) => tellBooked(ctx, bookingId, attendeeId)),
  onFact(approved, letter, (ctx, { bookingId }) => tellApproved(ctx, bookingId)),
  onFact(declined, letter, (ctx, { bookingId }) => tellDeclined(ctx, bookingId)),
  onFact(moved, letter, (ctx, { bookingId, tombstoneId }) => tellMoved(ctx, bookingId, tombstoneId)),
  onFact(cancelled, letter, (ctx, { bookingId, attendeeIds }) => tellCancelled(ctx, bookingId, attendeeIds)),
  onFact(partyCancelled, letter, (ctx, { bookingId, attendeeId }) => tellPartyCancelled(ctx, bookingId, attendeeId)),
  onFact(waitlisted, letter, (ctx, { gatheringId, entryId }) => tellOfWaiting(ctx, gatheringId, { entryId })),
  onFact(offered, letter, (ctx, { gatheringId, entryId }) => tellOfWaiting(ctx, gatheringId, { entryId })),
  onFact(lapsed, letter, (ctx, { gatheringId, registrationId }) =>
    tellOfWaiting(ctx, gatheringId, { attendeeId: registrationId }),
  ),
  onFact(waitlistLeft, letter, (ctx, { bookingId, attendeeId }) => tellOfWaiting(ctx, bookingId, { attendeeId })),
  onFact(offerDue, "scheduling.lapse", lapse),
  onFact(answersChanged, letter, tellAnswersChanged),
  onFact(seriesChanged, letter, tellSeries),
  onFact(reminderDue, letter, remind),
  onFact(left, "scheduling: forget", forgetPerson),
  onFact(removed, "scheduling: leave team", async (ctx, { organizerId, eventId, userId }) => {
    if (eventId === null) await leaveTeam(ctx, organizerId, userId);
  }),
  onFact(ended, "scheduling.complete", (ctx, { gatheringId }) => completeEnded(ctx, gatheringId)),
  every(3600, "scheduling.forget", forgetExpired),
];
