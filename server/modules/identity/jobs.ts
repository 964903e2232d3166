import { tidy } from "#server/modules/identity/service/tidy.ts";
import { every, type Job } from "#server/platform/jobs.ts";

export const identityJobs: Job[] = [every(3600, "identity.tidy", tidy)];
