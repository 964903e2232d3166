import type { FieldProblem } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useFormState } from "#web/ui/form-state.ts";

/** What was typed before the house said no, and the sentence about what is wrong with it. */
export function useFieldState(name: string | undefined, given?: string) {
  const { failure } = useFormState();
  const sentence = useProblemSentence();
  const problem = name === undefined ? undefined : failure?.fields[name];
  const typed = name === undefined ? undefined : failure?.typed[name];
  return { typed, problem: given ?? (problem && sentence(problem)) };
}

function useProblemSentence(): (problem: FieldProblem) => string {
  const words = useWords("ui.problem");
  const fill = useFill();
  return ({ code, says, values }) =>
    says || (code in words ? fill(words[code as keyof typeof words], values) : words.other);
}
