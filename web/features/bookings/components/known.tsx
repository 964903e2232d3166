import type { Question } from "#contract/questions.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";

/** What is asked of visitors, for a host who answers for one: what they do not know may stay open. */
export function Known({ questions, text }: { questions: readonly Question[]; text: string }) {
  if (questions.length === 0) return null;
  return (
    <>
      <p className="text-sm text-ink-soft">{text}</p>
      <Questions questions={questions.map((question) => ({ ...question, isRequired: false }))} />
    </>
  );
}
