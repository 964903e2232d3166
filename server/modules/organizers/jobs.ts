import { left } from "#server/modules/identity/facts.ts";
import { forgetUser } from "#server/modules/organizers/service.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

export const organizerJobs: Job[] = [
  onFact(left, "organizers: forget", async (ctx, { userId }) => {
    if (userId) await forgetUser(ctx, userId);
  }),
];
