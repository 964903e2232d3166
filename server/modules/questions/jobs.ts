import { left } from "#server/modules/identity/facts.ts";
import { forgetPerson } from "#server/modules/questions/service/answers.ts";
import { type Job, onFact } from "#server/platform/jobs.ts";

// Facts arrive at least once: what is forgotten already is not there to be forgotten again.
export const questionJobs: Job[] = [
  onFact(left, "questions.forget", (ctx, { personId }) => forgetPerson(ctx, personId)),
];
