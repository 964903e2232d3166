import { randomUUIDv7 } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import type { Question, QuestionInput, QuestionList, QuestionSaving } from "#contract/questions.ts";
import { type DefinitionRefusal, refusalsOf } from "#domain/questions/definition.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { isPattern } from "#server/modules/questions/patterns.ts";
import * as repo from "#server/modules/questions/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** What a list of questions belongs to. */
export interface Source {
  kind: "event" | "event_type";
  id: string;
}

/** What a source asks now. */
export async function listQuestions(ctx: Ctx | TxCtx, sourceId: string): Promise<QuestionList> {
  const set = await repo.findSet(ctx.db, sourceId);
  return { version: set?.version ?? 0, questions: set?.questions ?? [] };
}

/**
 * Makes the questions of a source these, in their order; the list before stays with the answers that were given to it.
 *
 * Who began from an older list is refused and told the newer one, so that neither is lost. The caller has locked the source.
 */
export async function saveQuestions(
  tctx: TxCtx,
  source: Source,
  { questions: inputs, version }: QuestionSaving,
): Promise<QuestionList> {
  const before = await listQuestions(tctx, source.id);
  if (version !== undefined && version !== before.version)
    throw new Problem("questions.changed_meanwhile", { current: before });
  const placed = ordered(inputs);
  const questions = placed.map(({ question }) => question);
  const refusals = refusalsOf(questions, isPattern);
  refuse(refusals.map((refusal) => ({ ...refusal, index: placed[refusal.index]?.index ?? 0 })));
  if (isDeepStrictEqual(questions, before.questions)) return before;
  await write(tctx, source.id, { version: before.version + 1, questions });
  const change = {
    old: { version: before.version, questions: before.questions.length },
    new: { version: before.version + 1, questions: questions.length },
  };
  await audit(tctx, `${source.kind}.questions`, source, change);
  return { version: before.version + 1, questions };
}

async function write(tctx: TxCtx, sourceId: string, list: QuestionList): Promise<void> {
  const createdBy = "userId" in tctx.actor ? tctx.actor.userId : null;
  const made = await repo.insertSet(tctx.db, { id: randomUUIDv7(), sourceId, ...list, createdBy }, tctx.now());
  if (!made) throw new Problem("questions.changed_meanwhile", { current: await listQuestions(tctx, sourceId) });
}

/** By their own numbers where they have any; the others stand where the list has them, and each knows where that was. */
function ordered(inputs: readonly QuestionInput[]): { question: Question; index: number }[] {
  return inputs
    .map((input, index) => ({ input, place: input.order ?? index, index }))
    .toSorted((a, b) => a.place - b.place || a.index - b.index)
    .map(({ input: { id = randomUUIDv7(), ...input }, index }, order) => ({
      question: { ...input, id, order },
      index,
    }));
}

function refuse(refusals: readonly DefinitionRefusal[]): void {
  if (refusals.length === 0) return;
  const fields = refusals.map(({ index, at, code }) => ({
    at: `body.questions.${index}.${at}`,
    code,
    key: `questions.refusals.${code}` as const,
  }));
  throw new Problem("questions.invalid", { fields });
}

/** Gives one source what another asks. */
export async function copyQuestions(tctx: TxCtx, fromId: string, toId: string): Promise<void> {
  const { questions } = await listQuestions(tctx, fromId);
  if (questions.length > 0) await write(tctx, toId, { version: 1, questions });
}

/** Takes away what a source asked that is gone and was never answered. */
export const forgetQuestions = (tctx: TxCtx, sourceId: string): Promise<void> => repo.deleteSets(tctx.db, sourceId);
