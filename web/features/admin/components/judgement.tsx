import { Check, EyeOff, TriangleAlert } from "lucide-react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Notice, Panel } from "#web/ui/surface.tsx";

interface Props {
  event: EventView;
  result: { ok: boolean } | undefined;
}

/** What an admin may do about an event as it stands, and about its organizer. */
export function Judgement({ event, result }: Props) {
  const words = useWords("admin.event");
  const isOn = event.status === "published" && !event.isPast;
  return (
    <div className="grid gap-6 xl:sticky xl:top-8">
      {result?.ok && <Notice mood="good">{words.done}</Notice>}
      {event.status === "in_review" && <Decision event={event} result={result} />}
      {isOn && <TakingDown event={event} result={result} />}
      <Trust event={event} />
    </div>
  );
}

function Decision({ event, result }: Props) {
  const words = useWords("admin.event");
  const note = event.team?.review.steps.findLast(({ step }) => step === "submitted")?.note;
  return (
    <Panel aria-labelledby="decision" className="grid gap-4">
      <h2 id="decision" className="text-lg!">
        {words.decision}
      </h2>
      {note && <blockquote className="border-s-2 border-line ps-4 text-sm whitespace-pre-line">{note}</blockquote>}
      <Form result={result} className="grid gap-4">
        <input type="hidden" name="version" value={event.team?.version} />
        <TextArea name="note" label={words.note} hint={words.noteHint} maxLength={2000} />
        <SubmitButton name="decision" value="approve" wide icon={<Check aria-hidden="true" />}>
          {words.approve}
        </SubmitButton>
        <div className="grid grid-cols-2 gap-2">
          <SubmitButton name="decision" value="ask_changes" variant="secondary">
            {words.askChanges}
          </SubmitButton>
          <SubmitButton name="decision" value="reject" variant="danger">
            {words.reject}
          </SubmitButton>
        </div>
      </Form>
    </Panel>
  );
}

function TakingDown({ event, result }: Props) {
  const words = useWords("admin.event");
  const fill = useFill();
  const told = event.team?.people.told ?? 0;
  const reason = <TextArea name="reason" label={words.reason} hint={words.reasonHint} maxLength={2000} required />;
  return (
    <Panel aria-labelledby="taking-down" className="grid gap-4">
      <h2 id="taking-down" className="text-lg!">
        {words.takingDown}
      </h2>
      <p className="text-sm text-ink-soft">{told === 0 ? words.takingDownText : words.hasPeople}</p>
      <div className="flex flex-wrap gap-2">
        {told === 0 && (
          <OpenDialog dialog="unpublish" icon={<EyeOff aria-hidden="true" />}>
            {words.unpublish}
          </OpenDialog>
        )}
        <OpenDialog dialog="cancel" variant="danger" icon={<TriangleAlert aria-hidden="true" />}>
          {words.cancel}
        </OpenDialog>
      </div>
      <Confirm
        id="unpublish"
        title={words.unpublishTitle}
        text={words.unpublishText}
        confirm={words.unpublish}
        sends={{ intent: "unpublish" }}
        form={{ result }}
      >
        {reason}
      </Confirm>
      <Confirm
        id="cancel"
        danger
        title={words.cancelTitle}
        text={fill(words.cancelText, { n: told })}
        confirm={fill(words.cancelConfirm, { n: told })}
        sends={{ intent: "cancel" }}
        form={{ result }}
      >
        {reason}
      </Confirm>
    </Panel>
  );
}

function Trust({ event }: { event: EventView }) {
  const words = useWords("admin.event");
  const fill = useFill();
  const isTrusted = event.team?.review.isOrganizerTrusted ?? false;
  return (
    <Panel aria-labelledby="organizer" className="grid gap-3">
      <h2 id="organizer" className="text-lg!">
        {event.organizer.name}
      </h2>
      <p className="text-sm text-ink-soft">{isTrusted ? words.trusted : words.notTrusted}</p>
      <Form>
        <input type="hidden" name="organizer" value={event.organizerId} />
        <input type="hidden" name="trusted" value={String(!isTrusted)} />
        <SubmitButton size="sm" variant="secondary" name="intent" value="trust">
          {fill(isTrusted ? words.untrust : words.trust, { name: event.organizer.name })}
        </SubmitButton>
      </Form>
    </Panel>
  );
}
