import { installation } from "#contract/installation.ts";
import { operations } from "#contract/operations.ts";
import {
  countFigures,
  listJobs,
  listLetters,
  retryJob,
  retryLetter,
  viewHealth,
} from "#server/modules/installation/service/operations.ts";
import { changeSettings, getSettings } from "#server/modules/installation/service/settings.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(installation.settings, getSettings);
answer(installation.change, (ctx, { body }) => changeSettings(ctx, body));

answer(operations.figures, countFigures);
answer(operations.health, viewHealth);
answer(operations.letters, (ctx, { query }) => listLetters(ctx, query));
answer(operations.retryLetter, async (ctx, { params }) => void (await retryLetter(ctx, params.id)));
answer(operations.jobs, (ctx, { query }) => listJobs(ctx, query));
answer(operations.retryJob, async (ctx, { params }) => void (await retryJob(ctx, params.id)));
