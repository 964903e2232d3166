import { type RefObject, useEffect, useRef, useState } from "react";

import type { CustomAnswers, Question } from "#contract/questions.ts";
import { listAsked } from "#domain/questions/visible.ts";
import { askedIn, ofParty } from "#web/features/questions/components/given.ts";
import { QuestionField } from "#web/features/questions/components/question-field.tsx";
import { useConditionText } from "#web/features/questions/components/use-condition-text.ts";
import { useFormState } from "#web/ui/form-state.ts";

interface Props {
  /** The whole list: what is asked may depend on any of it. */
  questions: readonly Question[];
  /** What the names of the fields begin with. */
  name?: string;
  /** Which of the list are put here; all, unless told. */
  scope?: Question["scope"];
  /** What was answered before; null where that is there and not shown. */
  answers?: CustomAnswers | undefined;
}

/**
 * The questions of a list as fields of a form; what is not asked is not seen.
 *
 * Where no script runs all of them are seen, each with what it depends on, and the house drops what was not asked.
 */
export default function QuestionFields({ questions, name = ofParty, scope, answers = none }: Props) {
  const top = useRef<HTMLDivElement>(null);
  const asked = useAsked(questions, { name, answers }, top);
  // Nobody here can tell whether it is asked: the house can.
  const hangsOnHidden = ({ conditions }: Question) =>
    conditions?.rules.some(({ questionId }) => answers[questionId] === null) ?? false;
  const conditionText = useConditionText(questions);
  return (
    <div ref={top} className="grid gap-5 empty:hidden">
      {questions
        .filter((question) => scope === undefined || question.scope === scope)
        .map((question) => (
          <div
            key={question.id}
            className={asked.has(question.id) || hangsOnHidden(question) ? "grid gap-1" : "hidden gap-1 noscript:grid"}
          >
            {question.conditions && (
              <p className="hidden text-xs text-ink-soft noscript:block">{conditionText(question.conditions)}</p>
            )}
            <QuestionField question={question} name={`${name}.${question.id}`} answer={answers[question.id]} />
          </div>
        ))}
    </div>
  );
}

const none: CustomAnswers = {};

/** Follows what is typed anywhere in the form around. */
function useAsked(
  questions: readonly Question[],
  { name, answers }: { name: string; answers: CustomAnswers },
  within: RefObject<HTMLElement | null>,
): Set<string> {
  const { failure } = useFormState();
  const [asked, setAsked] = useState(() =>
    failure ? askedIn(questions, Object.entries(failure.typed), name) : listAsked(questions, answers),
  );
  useEffect(() => {
    const form = within.current?.closest("form");
    if (!form) return;
    const look = () => {
      const next = askedIn(questions, [...new FormData(form)], name);
      setAsked((now) => (next.size === now.size && next.isSubsetOf(now) ? now : next));
    };
    look();
    form.addEventListener("input", look);
    return () => form.removeEventListener("input", look);
  }, [questions, name, within]);
  return asked;
}
