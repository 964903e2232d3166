import { randomUUID } from "node:crypto";
import { z } from "zod";

import { type Question, QuestionInputs, type QuestionList, type QuestionSaving } from "#contract/questions.ts";
import { formResult } from "#web/platform/form.ts";

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
