import type { Question } from "#contract/questions.ts";
import { hasOptions, kindOf, rulesOf, type ValidationRules } from "#domain/questions/question.ts";

/** A list while it is written. */
export type Draft = readonly Question[];

export const blank = (id: string): Question => ({
  id,
  order: 0,
  questionText: "",
  helpText: "",
  questionType: "text",
  isRequired: false,
  options: [],
  validationRules: {},
  conditions: null,
  isSensitive: false,
  scope: "attendee",
});

/** Changes one question; with another kind of answer it loses what that cannot have. */
export function changed(draft: Draft, id: string, change: Partial<Question>): Draft {
  return draft.map((question) => (question.id === id ? fitting(question, { ...question, ...change }) : question));
}

function fitting(before: Question, after: Question): Question {
  if (before.questionType === after.questionType) return after;
  const isSameKind = kindOf(before) === kindOf(after) && kindOf(after) !== "moment";
  const known = rulesOf[kindOf(after)];
  const kept = Object.entries(after.validationRules).filter(([name]) => known.includes(name as keyof ValidationRules));
  return {
    ...after,
    options: hasOptions(after) ? after.options : [],
    validationRules: isSameKind ? Object.fromEntries(kept) : {},
  };
}

/** Puts a copy behind its original; it asks the same, under the same conditions. */
export function duplicated(draft: Draft, id: string, copyId: string): Draft {
  return draft.flatMap((question) => (question.id === id ? [question, { ...question, id: copyId }] : [question]));
}

export const without = (draft: Draft, id: string): Draft => draft.filter((question) => question.id !== id);

/** Puts a question back where it stood. */
export const restored = (draft: Draft, question: Question, at: number): Draft =>
  draft.some(({ id }) => id === question.id) ? draft : draft.toSpliced(at, 0, question);

export function moved(draft: Draft, id: string, overId: string): Draft {
  const [from, to] = [id, overId].map((one) => draft.findIndex((question) => question.id === one)) as [number, number];
  const question = draft[from];
  return question && to >= 0 ? draft.toSpliced(from, 1).toSpliced(to, 0, question) : draft;
}

/** Adds questions of another list at the end, under ids of their own. */
export function joined(draft: Draft, others: Draft, makeId: () => string): Draft {
  const ids = new Map(others.map(({ id }) => [id, makeId()]));
  const renewed = others.map((question) => ({
    ...question,
    id: ids.get(question.id) ?? question.id,
    conditions: question.conditions && {
      ...question.conditions,
      rules: question.conditions.rules.map((rule) => ({
        ...rule,
        questionId: ids.get(rule.questionId) ?? rule.questionId,
      })),
    },
  }));
  return [...draft, ...renewed];
}
