import { rightChanged } from "#server/modules/access/facts.ts";
import { askAgain } from "#server/platform/channels.ts";
import { inTx } from "#server/platform/ctx.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

export const accessJobs: Job[] = [
  onFact(rightChanged, "access: sockets ask again", (ctx, about) => inTx(ctx, (tctx) => askAgain(tctx, about))),
];
