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
    // Whatever shape it should have: nothing has none.
    const key = typed === "" ? "missing" : keyOf(code, values);
    if (key) return fill(words[key], values);
    // Zod's own words are for developers; those of a use case are for everybody.
    return says && !/^(invalid|too_|not_|unrecognized)/.test(code) ? says : words.other;
  };
}

const keys = {
  "too_small.string": "tooShort",
  "too_big.string": "tooLong",
  "too_small.number": "tooSmall",
  "too_small.int": "tooSmall",
  "too_big.number": "tooBig",
  "too_big.int": "tooBig",
  "invalid_format.email": "email",
  "invalid_format.url": "url",
  "invalid_format.datetime": "date",
  "invalid_type.number": "number",
  "invalid_type.int": "number",
  "invalid_type.date": "date",
  "invalid_type.string": "missing",
  "invalid_type.boolean": "missing",
  invalid_value: "choice",
  required: "missing",
  zone: "zone",
  moment: "date",
  years: "years",
  past: "past",
  later: "later",
  contradiction: "contradiction",
  reserved: "reserved",
  characters: "characters",
  site_not_allowed: "site",
} as const;

function keyOf(code: string, values: FieldProblem["values"]) {
  if (code === "too_small.string" && values.minimum === 1) return "missing";
  return keys[code as keyof typeof keys] ?? keys[(code.split(".")[0] ?? "") as keyof typeof keys];
}
