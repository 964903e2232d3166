import { left } from "#server/modules/identity/facts.ts";
import { exportAsked } from "#server/modules/privacy/facts.ts";
import { makeExport, removeExportsOf, removeOld } from "#server/modules/privacy/service/exporting.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

export const privacyJobs: Job[] = [
  onFact(exportAsked, "privacy: make the file", (ctx, { exportId }) => makeExport(ctx, exportId)),
  onFact(left, "privacy: remove the files", async (ctx, { userId }) => {
    if (userId) await removeExportsOf(ctx, userId);
  }),
  every(3600, "privacy.removeOld", removeOld),
];
