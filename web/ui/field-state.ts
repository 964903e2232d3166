import type { FieldProblem } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { useFormState } from "#web/ui/form-state.ts";

/** What was typed before the house said no, and the sentence about what is wrong with it. */
export function useFieldState(name: string | undefined, given?: string) {
  const { failure } = useFormState();
  const sentence = useProblemSentence();
  const problem = name === undefined ? undefined : failure?.fields[name];
  const typed = name === undefined ? undefined : failure?.typed[name];
  return { typed, problem: given ?? (problem && sentence(problem, typed)) };
}

function useProblemSentence(): (problem: FieldProblem, typed: string | undefined) => string {
  const words = useWords("ui.problem");
  const fill = useFill();
  return ({ code, says, values }, typed) => {
    const isOfShape = /^(invalid|too_|not_|unrecognized)/.test(code);
    const key = keys[code] ?? keys[code.split(".")[0] ?? ""] ?? code;
    // Whatever shape it should have: nothing has none.
    if (typed === "" && (isOfShape || !says)) return words.missing;
    // A schema's own words are for developers; ours are for everybody.
    if (says && !isOfShape) return says;
    return key in words ? fill(words[key as keyof typeof words], values) : words.other;
  };
}

/** Values of another kind, as only a form sends them; what we named ourselves has a sentence of its name. */
const keys: Partial<Record<string, string>> = {
  "invalid_type.number": "number",
  "invalid_type.int": "number",
  "invalid_type.date": "moment",
  "invalid_type.string": "missing",
  "invalid_type.boolean": "missing",
  invalid_value: "choice",
};
