import { BookmarkPlus, Copy, ScanLine, Trash2, TriangleAlert } from "lucide-react";

import type { EventView } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

/** What can be done with an event as a whole; whatever cannot be taken back says first what it will do. */
export function EventActs({ event, result }: { event: EventView; result: unknown }) {
  const words = useWords("organize.overview");
  const isOn = event.status === "published" && !event.isPast;
  return (
    <div className="flex flex-wrap gap-3">
      {isOn && event.format !== "virtual" && event.team?.may.includes("keepDoor") && (
        <ButtonLink to={`/organize/events/${event.id}/door`} icon={<ScanLine aria-hidden="true" />}>
          {words.door}
        </ButtonLink>
      )}
      {event.team?.mayEdit && <Edits event={event} result={result} />}
    </div>
  );
}

/** What those who edit it may do. */
function Edits({ event, result }: { event: EventView; result: unknown }) {
  const words = useWords("organize.overview");
  const isDraft = event.status === "draft";
  const isOn = event.status === "published" && !event.isPast;
  return (
    <>
      <Form>
        <SubmitButton variant="secondary" name="intent" value="duplicate" icon={<Copy aria-hidden="true" />}>
          {words.duplicate}
        </SubmitButton>
      </Form>
      <OpenDialog dialog="keep-template" variant="secondary" icon={<BookmarkPlus aria-hidden="true" />}>
        {words.template}
      </OpenDialog>
      {isOn && (
        <OpenDialog dialog="cancel-event" variant="danger" icon={<TriangleAlert aria-hidden="true" />}>
          {words.cancel}
        </OpenDialog>
      )}
      {isDraft && (
        <OpenDialog dialog="remove-event" variant="danger" icon={<Trash2 aria-hidden="true" />}>
          {words.remove}
        </OpenDialog>
      )}
      <CancelDialog told={event.team?.people.told ?? 0} result={result} />
      <Confirm
        id="keep-template"
        makes
        title={words.templateTitle}
        text={words.templateText}
        confirm={words.templateSave}
        sends={{ intent: "template" }}
        form={{ result }}
      >
        <Field name="name" label={words.templateName} defaultValue={event.title.slice(0, 80)} maxLength={80} required />
      </Confirm>
      <Confirm
        id="remove-event"
        danger
        title={words.removeTitle}
        text={words.removeText}
        confirm={words.removeConfirm}
        sends={{ intent: "remove" }}
        form={{ result }}
      />
    </>
  );
}

function CancelDialog({ told, result }: { told: number; result: unknown }) {
  const words = useWords("organize.overview");
  const fill = useFill();
  return (
    <Confirm
      id="cancel-event"
      danger
      title={words.cancelTitle}
      text={fill(words.cancelText, { n: told })}
      confirm={fill(words.cancelConfirm, { n: told })}
      sends={{ intent: "cancel" }}
      form={{ result }}
    >
      {told > 0 && (
        <TextArea name="reason" label={words.cancelReason} hint={words.cancelReasonHint} maxLength={1000} optional />
      )}
    </Confirm>
  );
}
