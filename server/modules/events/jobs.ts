import { reviewed } from "#server/modules/events/facts.ts";
import { tellOfStep } from "#server/modules/events/service/publishing.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

export const eventJobs: Job[] = [
  onFact(reviewed, "events: tell of the review", (ctx, { stepId }) => tellOfStep(ctx, stepId)),
];
