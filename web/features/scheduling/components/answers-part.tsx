import type { CustomAnswers, Question } from "#contract/questions.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { Questions } from "#web/features/questions/components/questions.tsx";
import { ScopeChoice } from "#web/features/scheduling/components/scope-choice.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Form } from "#web/ui/form.tsx";

/** What a party was asked, and what it has answered so far. */
export interface Asked {
  questions: readonly Question[];
  customAnswers: CustomAnswers;
  mayAnswer: boolean;
}

/** Answering otherwise, in the words in which it was asked; or for the first time, where the host booked. */
export function AnswersPart({ booking, asked, result }: { booking: OwnBooking; asked: Asked; result: unknown }) {
  const words = useWords("scheduling.manage");
  const fill = useFill();
  const { questions, customAnswers, mayAnswer } = asked;
  if (!mayAnswer || questions.length === 0) return null;
  const isNew = Object.keys(customAnswers).length === 0;
  return (
    <Fold title={isNew ? words.answer : words.answers}>
      <Form result={result} sends={{ intent: "answer" }} className="grid gap-5">
        <p className="text-ink-soft">{fill(words.answersText, { name: booking.eventType.organizerName })}</p>
        <Questions questions={questions} answers={customAnswers} />
        {booking.recurrenceId && <ScopeChoice />}
        <SubmitButton variant="secondary" className="justify-self-start">
          {words.answersSave}
        </SubmitButton>
      </Form>
    </Fold>
  );
}
