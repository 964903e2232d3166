import { forgetUser } from "#server/modules/gatherings/service/roles.ts";
import { left } from "#server/modules/identity/facts.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

export const gatheringJobs: Job[] = [
  onFact(left, "gatherings: forget", async (ctx, { userId }) => {
    if (userId) await forgetUser(ctx, userId);
  }),
];
