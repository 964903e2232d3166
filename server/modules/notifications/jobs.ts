import { rightChanged } from "#server/modules/access/facts.ts";
import { published, reviewed } from "#server/modules/events/facts.ts";
import { cancelled as calledOff, changed, moved, scheduled } from "#server/modules/gatherings/facts.ts";
import { left } from "#server/modules/identity/facts.ts";
import { mailingDue, reminderDue, rung } from "#server/modules/notifications/facts.ts";
import { ringDevice } from "#server/modules/notifications/service/devices.ts";
import { sendPart, silence } from "#server/modules/notifications/service/mailings.ts";
import { forgetOld } from "#server/modules/notifications/service/notices.ts";
import { forgetPerson } from "#server/modules/notifications/service/preferences.ts";
import * as teams from "#server/modules/notifications/service/teams.ts";
import * as telling from "#server/modules/notifications/service/telling.ts";
import {
  cancelled,
  confirmed,
  declined,
  handedOn,
  lapsed,
  offered,
  relocated,
  requested,
  restored,
  waitlisted,
} from "#server/modules/registrations/facts.ts";
import { handedOver, invited, joined, removed, roleChanged } from "#server/modules/teams/facts.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

const tells = "notifications.tell";
const tellsHosts = "notifications.tellHosts";
const setsReminder = "notifications.setReminder";

const tellChanged = async (ctx: Ctx, about: { gatheringId: string; sequence: number; isQuiet?: boolean }) => {
  if (!about.isQuiet) await telling.tellChanged(ctx, about.gatheringId, about.sequence);
};

// Facts arrive at least once: each notice has a key of its own.
export const notificationJobs: Job[] = [
  onFact(confirmed, tells, (ctx, { registrationId }) =>
    telling.tellHolder(ctx, "registration.confirmed", registrationId),
  ),
  onFact(confirmed, tellsHosts, async (ctx, { registrationId, isQuiet }) => {
    if (!isQuiet) await telling.tellOfNewcomer(ctx, registrationId);
  }),
  onFact(requested, tellsHosts, (ctx, { registrationId }) => telling.tellOfRequest(ctx, registrationId)),
  onFact(waitlisted, tellsHosts, (ctx, { entryId }) => telling.tellOfWaiting(ctx, entryId)),
  onFact(declined, tells, (ctx, { registrationId }) =>
    telling.tellHolder(ctx, "registration.declined", registrationId),
  ),
  onFact(offered, tells, (ctx, { entryId }) => telling.tellParty(ctx, entryId)),
  onFact(lapsed, tells, (ctx, { registrationId }) => telling.tellHolder(ctx, "registration.lapsed", registrationId)),
  onFact(cancelled, tells, (ctx, { registrationId }) => telling.tellCancelled(ctx, registrationId)),
  onFact(relocated, tells, (ctx, { registrationId }) =>
    telling.tellHolder(ctx, "registration.relocated", registrationId),
  ),
  onFact(restored, tells, (ctx, { registrationId }) =>
    telling.tellHolder(ctx, "registration.confirmed", registrationId, "/restored"),
  ),
  onFact(handedOn, tells, (ctx, { registrationId, version }) =>
    telling.tellHolder(ctx, "registration.confirmed", registrationId, `/${version}`),
  ),
  onFact(scheduled, setsReminder, (ctx, { gatheringId }) => telling.setReminder(ctx, gatheringId)),
  onFact(moved, setsReminder, (ctx, { gatheringId }) => telling.setReminder(ctx, gatheringId)),
  onFact(calledOff, setsReminder, (ctx, { gatheringId }) => telling.setReminder(ctx, gatheringId)),
  onFact(reminderDue, tells, telling.remind),
  onFact(moved, tells, tellChanged),
  onFact(changed, tells, tellChanged),
  onFact(reviewed, tells, (ctx, { eventId, stepId }) => telling.tellOfStep(ctx, eventId, stepId)),
  onFact(published, tells, (ctx, { eventId }) => telling.tellFollowers(ctx, eventId)),
  onFact(invited, tells, (ctx, { invitationId }) => teams.tellInvited(ctx, invitationId)),
  onFact(joined, tells, (ctx, { invitationId }) => teams.tellJoined(ctx, invitationId, false)),
  onFact(handedOver, tells, (ctx, { invitationId }) => teams.tellJoined(ctx, invitationId, true)),
  onFact(roleChanged, tells, teams.tellRoleChanged),
  onFact(removed, tells, teams.tellRemoved),
  onFact(mailingDue, "notifications.mailing", (ctx, { mailingId }) => sendPart(ctx, mailingId)),
  onFact(rightChanged, "notifications: who may write", async (ctx, { gatheringId, personId }) => {
    if (personId && !gatheringId) await silence(ctx, personId);
  }),
  onFact(rung, "notifications.ring", ringDevice),
  onFact(left, "notifications: forget", forgetPerson),
  every(3600, "notifications.forget", forgetOld),
];
