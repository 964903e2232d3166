import type { QuestionList, QuestionSaving } from "#contract/questions.ts";
import { listQuestions, saveQuestions } from "#server/modules/questions/service/lists.ts";
import { findForTeam, lockToEdit } from "#server/modules/scheduling/service/event-types.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** What is asked of those who book, for the team. */
export async function getQuestions(ctx: Ctx, id: string): Promise<QuestionList> {
  return listQuestions(ctx, (await findForTeam(ctx, id)).id);
}

/** Makes what is asked of those who book this; what was answered keeps its wording. */
export function setQuestions(ctx: Ctx, id: string, saving: QuestionSaving): Promise<QuestionList> {
  return inTx(ctx, async (tctx) => {
    const row = await lockToEdit(tctx, id);
    if (row.deletedAt) throw new Problem("event_type.not_found");
    return saveQuestions(tctx, { kind: "event_type", id }, saving);
  });
}
