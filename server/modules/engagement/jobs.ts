import { forgetPerson } from "#server/modules/engagement/service.ts";
import { left } from "#server/modules/identity/facts.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

export const engagementJobs: Job[] = [
  onFact(left, "engagement: forget", (ctx, { personId }) => forgetPerson(ctx, personId)),
];
