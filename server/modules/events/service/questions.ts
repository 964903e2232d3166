import type { QuestionList, QuestionSaving } from "#contract/questions.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { open } from "#server/modules/events/service/writing.ts";
import { listQuestions, saveQuestions } from "#server/modules/questions/service/lists.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

/** What is asked of those who register, for whoever may see the event's page. */
export async function getQuestions(ctx: Ctx, name: string): Promise<QuestionList> {
  return listQuestions(ctx, (await get(ctx, name)).id);
}

/** Makes what is asked of those who register this; what was answered keeps its wording. */
export function setQuestions(ctx: Ctx, name: string, saving: QuestionSaving): Promise<QuestionList> {
  return inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    return saveQuestions(tctx, { kind: "event", id: event.id }, saving);
  });
}
