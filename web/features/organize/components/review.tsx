import type { ReviewStep } from "#contract/event-team.ts";
import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Notice, Panel, Section } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

const decisions = ["changes_asked", "rejected", "unpublished"];

/** The last word of those who look at events, where there is one that waits for an answer. */
const lastDecision = ({ team }: EventView): ReviewStep | undefined =>
  team?.review.steps.findLast(({ step }) => step !== "submitted" && step !== "withdrawn");

export const isSentBack = (event: EventView): boolean =>
  event.status === "draft" && decisions.includes(lastDecision(event)?.step ?? "");

/** What publishing is called and what comes of it, where others look at it first and where they do not. Needs `organize.publishing` and `organize.submitting`. */
export function usePublishing(isReviewed: boolean) {
  const words = { atOnce: useWords("organize.publishing"), reviewed: useWords("organize.submitting") };
  return isReviewed ? words.reviewed : words.atOnce;
}

/** It waits; there is nothing to do but to take it back. */
export function InReview() {
  const words = useWords("organize.review");
  return (
    <Notice
      mood="accent"
      title={words.waitingTitle}
      action={
        <Form>
          <SubmitButton variant="secondary" name="intent" value="withdraw">
            {words.withdraw}
          </SubmitButton>
        </Form>
      }
    >
      {words.waitingText}
    </Notice>
  );
}

/** What has to change, in the words of who looked at it, and the way to answer. */
export function SentBack({ event, result }: { event: EventView; result: unknown }) {
  const words = useWords("organize.review");
  const overview = useWords("organize.overview");
  const fill = useFill();
  const decision = lastDecision(event);
  return (
    <Panel aria-labelledby="sent-back" className="grid gap-5 border-warn/50">
      <div className="grid gap-2">
        <h2 id="sent-back" className="text-lg!">
          {fill(words.sentBackTitle, { step: decision?.step ?? "" })}
        </h2>
        <blockquote className="border-s-2 border-warn ps-4 whitespace-pre-line">{decision?.note}</blockquote>
      </div>
      <Form result={result} sends={{ intent: "publish" }} className="grid max-w-[40rem] gap-4">
        <TextArea name="note" label={words.answer} hint={words.answerHint} maxLength={2000} optional />
        <div className="flex flex-wrap gap-2">
          <SubmitButton>{words.again}</SubmitButton>
          <ButtonLink to={`/organize/events/${event.id}/edit`}>{overview.draftAction}</ButtonLink>
        </div>
      </Form>
    </Panel>
  );
}

/** How the review of an event went, the newest last. Needs `organize.review`. */
export function ReviewSteps({ steps, zone }: { steps: readonly ReviewStep[]; zone: string }) {
  const words = useWords("organize.review");
  const fill = useFill();
  if (steps.length === 0) return null;
  return (
    <Section id="review-steps" title={words.title}>
      <ol className="grid gap-4 border-s-2 border-line ps-5">
        {steps.map(({ id, step, note, at }) => (
          <li key={id} className="grid gap-1">
            <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
              <span className="font-medium">{fill(words.step, { step })}</span>
              <Time at={at} zone={zone} className="text-xs text-ink-soft" />
            </p>
            {note && <p className="max-w-[65ch] text-sm whitespace-pre-line text-ink-soft">{note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
