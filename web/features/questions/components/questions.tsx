import { type ComponentProps, lazy, Suspense } from "react";

// Most forms ask nothing beside who comes.
const QuestionFields = lazy(() => import("#web/features/questions/components/question-fields.tsx"));

/** What an organizer asks, as a part of a form; nothing where nothing is asked. */
export function Questions(props: ComponentProps<typeof QuestionFields>) {
  const isAsked = props.questions.some(({ scope }) => props.scope === undefined || scope === props.scope);
  if (!isAsked) return null;
  return (
    <Suspense>
      <QuestionFields {...props} />
    </Suspense>
  );
}
