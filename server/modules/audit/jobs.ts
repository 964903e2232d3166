import { chain, watch } from "#server/modules/audit/service.ts";
import { every, type Job } from "#server/platform/jobs.ts";

export const auditJobs: Job[] = [every(5, "audit.chain", chain), every(86_400, "audit.watch", watch)];
