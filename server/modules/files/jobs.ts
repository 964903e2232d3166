import { discardOf, discardUnused } from "#server/modules/files/service.ts";
import { left } from "#server/modules/identity/facts.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

export const fileJobs: Job[] = [
  onFact(left, "files: throw away", async (ctx, { userId }) => {
    if (userId) await discardOf(ctx, userId);
  }),
  every(86_400, "files.discardUnused", discardUnused),
];
