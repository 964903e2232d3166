import { chain, forget, forgetOld, watch } from "#server/modules/audit/service.ts";
import { left } from "#server/modules/identity/facts.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

export const auditJobs: Job[] = [
  every(5, "audit.chain", chain),
  every(86_400, "audit.watch", watch),
  every(3600, "audit.forget", forgetOld),
  onFact(left, "audit: forget", forget),
];
