import { published, reviewed } from "#server/modules/events/facts.ts";
import { removeOver } from "#server/modules/events/repo/listing.ts";
import { tellFollowers } from "#server/modules/events/service/followers.ts";
import { tellOfStep } from "#server/modules/events/service/publishing.ts";
import { forgetWords } from "#server/modules/events/service/words.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

export const eventJobs: Job[] = [
  onFact(reviewed, "events: tell of the review", (ctx, { stepId }) => tellOfStep(ctx, stepId)),
  onFact(published, "events: tell followers", (ctx, { eventId }) => tellFollowers(ctx, eventId)),
  every(60, "events.letGoOfWhatIsOver", (ctx) => removeOver(ctx.db, ctx.now())),
  every(86_400, "events.forgetWords", forgetWords),
];
