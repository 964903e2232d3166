import { changed, ended, cancelled as gatheringCancelled, moved } from "#server/modules/gatherings/facts.ts";
import { addressTakenOver, left } from "#server/modules/identity/facts.ts";
import {
  cancelled,
  confirmed,
  declined,
  handedOn,
  invited,
  lapsed,
  letterAsked,
  offerDue,
  offered,
  relocated,
  repeated,
  requested,
  restored,
  sideSwapped,
  waitlisted,
} from "#server/modules/registrations/facts.ts";
import { cancelAll, lapse } from "#server/modules/registrations/service/decide.ts";
import { sendInvitation } from "#server/modules/registrations/service/invitations.ts";
import {
  sendAgain,
  sendCancelled,
  sendChanged,
  sendHandedOn,
  sendMoved,
  sendRepeated,
  sendStanding,
  sendToParty,
} from "#server/modules/registrations/service/letters.ts";
import { deriveAttendance } from "#server/modules/registrations/service/participants.ts";
import { forgetPerson, takeOver } from "#server/modules/registrations/service/persons.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

// Facts arrive at least once: each letter has a key of its own, and each step asks how things stand.
export const registrationJobs: Job[] = [
  onFact(confirmed, "registrations.letter", async (ctx, { registrationId, isQuiet }) => {
    if (!isQuiet) await sendStanding(ctx, registrationId);
  }),
  onFact(requested, "registrations.letter", (ctx, { registrationId }) => sendStanding(ctx, registrationId)),
  onFact(declined, "registrations.letter", (ctx, { registrationId }) => sendStanding(ctx, registrationId)),
  onFact(lapsed, "registrations.letter", (ctx, { registrationId }) => sendStanding(ctx, registrationId)),
  onFact(cancelled, "registrations.letter", (ctx, { registrationId }) => sendCancelled(ctx, registrationId)),
  onFact(repeated, "registrations.letter", (ctx, { registrationId }) => sendRepeated(ctx, registrationId)),
  onFact(sideSwapped, "registrations.letter", (ctx, { registrationId }) => sendMoved(ctx, registrationId, "relocated")),
  onFact(relocated, "registrations.letter", (ctx, { registrationId }) => sendMoved(ctx, registrationId, "relocated")),
  onFact(restored, "registrations.letter", (ctx, { registrationId }) => sendMoved(ctx, registrationId)),
  onFact(handedOn, "registrations.letter", (ctx, { registrationId, fromPersonId, version }) =>
    sendHandedOn(ctx, registrationId, { fromPersonId, version }),
  ),
  onFact(letterAsked, "registrations.letter", (ctx, { registrationId, requestId }) =>
    sendAgain(ctx, registrationId, requestId),
  ),
  onFact(invited, "registrations.letter", (ctx, { invitationId, gatheringId }) =>
    sendInvitation(ctx, invitationId, gatheringId),
  ),
  onFact(waitlisted, "registrations.letter", (ctx, { entryId }) => sendToParty(ctx, entryId)),
  onFact(offered, "registrations.letter", (ctx, { entryId }) => sendToParty(ctx, entryId)),
  onFact(offerDue, "registrations.lapse", (ctx, { entryId }) => lapse(ctx, entryId)),
  onFact(gatheringCancelled, "registrations.cancel", (ctx, { gatheringId }) => cancelAll(ctx, gatheringId)),
  onFact(moved, "registrations.letter", (ctx, { gatheringId, sequence }) => sendChanged(ctx, gatheringId, sequence)),
  onFact(changed, "registrations.letter", (ctx, { gatheringId, sequence }) => sendChanged(ctx, gatheringId, sequence)),
  onFact(addressTakenOver, "registrations.persons", takeOver),
  onFact(left, "registrations.forget", (ctx, { personId }) => forgetPerson(ctx, personId)),
  onFact(ended, "registrations.attendance", (ctx, { gatheringId }) => deriveAttendance(ctx, gatheringId)),
];
