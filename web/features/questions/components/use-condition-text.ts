import { useCallback } from "react";

import type { Question } from "#contract/questions.ts";
import { useFill, useWords } from "#web/platform/words.ts";

/** Says in a sentence when a question of a list is asked. */
export function useConditionText(
  questions: readonly Pick<Question, "id" | "questionText">[],
): (conditions: NonNullable<Question["conditions"]>) => string {
  const words = useWords("questions.form");
  const fill = useFill();
  return useCallback(
    ({ match, rules }) => {
      const said = rules.map(({ questionId, operator, value = "" }) => {
        const about = questions.find(({ id }) => id === questionId)?.questionText ?? "";
        const shown = typeof value === "boolean" ? (value ? words.yes : words.no) : value;
        return fill(words.rule, { operator, question: about, value: shown });
      });
      return fill(words.onlyIf, { rules: said.join(` ${match === "all" ? words.and : words.or} `) });
    },
    [questions, words, fill],
  );
}
