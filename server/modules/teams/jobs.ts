import { left } from "#server/modules/identity/facts.ts";
import { handedOver, invited, joined, removed, roleChanged } from "#server/modules/teams/facts.ts";
import { forgetUser } from "#server/modules/teams/service/inviting.ts";
import {
  sendInvitation,
  tellHandedOver,
  tellJoined,
  tellRemoved,
  tellRoleChanged,
} from "#server/modules/teams/service/telling.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

const letter = "teams.letter";

// Facts arrive at least once: each letter has a key of its own.
export const teamJobs: Job[] = [
  onFact(invited, letter, (ctx, { invitationId }) => sendInvitation(ctx, invitationId)),
  onFact(joined, letter, (ctx, { invitationId }) => tellJoined(ctx, invitationId)),
  onFact(handedOver, letter, (ctx, { invitationId }) => tellHandedOver(ctx, invitationId)),
  onFact(roleChanged, letter, tellRoleChanged),
  onFact(removed, letter, tellRemoved),
  onFact(left, "teams: forget", async (ctx, { userId }) => {
    if (userId) await forgetUser(ctx, userId);
  }),
];
