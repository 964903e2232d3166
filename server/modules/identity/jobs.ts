import { banOver } from "#server/modules/identity/facts.ts";
import { endBanWhenDue } from "#server/modules/identity/service/governing.ts";
import { tidy } from "#server/modules/identity/service/tidy.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

export const identityJobs: Job[] = [
  every(3600, "identity.tidy", tidy),
  onFact(banOver, "identity: lift the ban", (ctx, { userId }) => endBanWhenDue(ctx, userId)),
];
