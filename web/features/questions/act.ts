import { randomUUID } from "node:crypto";
import { z } from "zod";

import { type Question, QuestionInputs, type QuestionList, type QuestionSaving } from "#contract/questions.ts";
import type { Question as Asked } from "#domain/questions/question.ts";
import { type Settled, settle } from "#domain/questions/settle.ts";
import { givenIn, ofParty } from "#web/features/questions/components/given.ts";
import { type FieldProblem, type FormFailure, formResult } from "#web/platform/form.ts";

const Act = z.object({
  intent: z.enum(["save", "read"]),
  questions: z.string().max(2_000_000),
  version: z.int().optional(),
});
const Lists = z.union([QuestionInputs, z.looseObject({ questions: QuestionInputs })]);

/** What became of what the builder sent: a list that is saved, or one that was read from a file. */
export type Built = { list: QuestionList } | { read: Question[] | null };

/** What the builder does: saves its list, or has a file read. For actions only. */
export function build(form: FormData, save: (saving: QuestionSaving) => Promise<QuestionList>) {
  return formResult(form, Act, async ({ intent, questions, version }): Promise<Built> => {
    if (intent === "read") return { read: readFile(questions) };
    return { list: await save({ questions: JSON.parse(questions), version }) };
  });
}

function readFile(text: string): Question[] | null {
  try {
    const found = Lists.parse(JSON.parse(text));
    const inputs = Array.isArray(found) ? found : found.questions;
    return inputs.map(({ id = randomUUID(), ...question }, order) => ({ ...question, id, order }));
  } catch {
    return null; // What is wrong with a file that is none of ours helps nobody.
  }
}

/** The needed questions that a form leaves open; what stands in the others is for the house to judge. */
function leftOpen(questions: readonly Question[], form: FormData): Record<string, FieldProblem> {
  const entries = [...form];
  const people = new Set(entries.flatMap(([field]) => /^attendees\.\d+/.exec(field) ?? []));
  const open: Record<string, FieldProblem> = {};
  const ask = (name: string, scope: Question["scope"] | undefined, known: Settled["answers"]) => {
    const puts = (question: Asked) => scope === undefined || question.scope === scope;
    const { answers, faults } = settle(questions, givenIn(entries, name), { matches: () => true, puts, known });
    for (const { question, fault } of faults) {
      if (fault.code === "required") open[`${name}.${question.id}`] = { code: "missing", says: "", values: {} };
    }
    return answers;
  };
  const known = ask(ofParty, people.size > 0 ? "party" : undefined, {});
  for (const person of people) ask(`${person}.${ofParty}`, "attendee", known);
  return open;
}

/** Adds them to what a form's shape is refused for, which comes before anybody looks at answers: all is told at once. */
export function withLeftOpen(failure: FormFailure, questions: readonly Question[], form: FormData): FormFailure {
  if (failure.code !== "request.invalid") return failure;
  return { ...failure, fields: { ...leftOpen(questions, form), ...failure.fields } };
}
