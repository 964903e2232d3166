import { type ComponentProps, Suspense } from "react";

import { part } from "#web/platform/part.ts";

// Most forms ask nothing beside who comes.
const QuestionFields = part(() => import("#web/features/questions/components/question-fields.tsx"));

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
