import type { Question } from "#domain/questions/question.ts";
import { listAsked } from "#domain/questions/visible.ts";

/** What stands in the fields of a form whose names begin alike, by question; names that go on with a number are a list. */
export function givenIn(entries: Iterable<readonly [string, unknown]>, name: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [field, value] of entries) {
    if (!field.startsWith(`${name}.`)) continue;
    const [id = "", index] = field.slice(name.length + 1).split(".");
    given[id] = index === undefined ? value : [...((given[id] as unknown[] | undefined) ?? []), value];
  }
  return given;
}

/** What is answered once for all stands under this name. */
export const ofParty = "customAnswers";

/** The questions that are asked of somebody whose fields are named like this, as the form stands. */
export function askedIn(
  questions: readonly Question[],
  entries: readonly (readonly [string, unknown])[],
  name: string,
): Set<string> {
  return listAsked(questions, { ...givenIn(entries, ofParty), ...givenIn(entries, name) });
}
