import { proveCounters } from "#server/modules/capacity/service.ts";
import { every, type Job } from "#server/platform/jobs.ts";

export const capacityJobs: Job[] = [every(300, "capacity.prove", async (ctx) => void (await proveCounters(ctx)))];
