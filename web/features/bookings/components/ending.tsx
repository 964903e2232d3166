import type { Done } from "#web/features/bookings/act.ts";
import { type Ending, endingDialog } from "#web/features/bookings/components/row-menu.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { IntoView, Outcome } from "#web/ui/outcome.tsx";
import { Notice, Panel } from "#web/ui/surface.tsx";

/** Asks for words before somebody gets a letter that they will not like. */
export function EndingDialog({ ending }: { ending: Ending }) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const { intent, rows } = ending;
  const said = { n: rows.length, name: rows[0]?.name ?? "" };
  const declines = intent === "rejected";
  return (
    <Confirm
      id={endingDialog}
      danger
      title={fill(declines ? words.declineTitle : words.cancelTitle, said)}
      text={fill(declines ? words.declineText : words.cancelText, said)}
      confirm={fill(declines ? words.declineNow : words.cancelNow, said)}
      sends={{ intent, sure: "true" }}
      form={{ preventScrollReset: true }}
    >
      {rows.map(({ id }) => (
        <input key={id} type="hidden" name="who" value={id} />
      ))}
      <TextArea name="reason" label={words.reason} maxLength={2000} rows={3} optional />
    </Confirm>
  );
}

/** The same without script, where no dialog opens. */
function EndingPanel({ done: { intent, ids } }: { done: Done }) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const declines = intent === "rejected";
  const said = { n: ids.length, name: "" };
  if (ids.length === 0) return <Notice mood="warn">{words.nobody}</Notice>;
  return (
    <Panel aria-labelledby="ending" className="max-w-[40rem]">
      <h2 id="ending" className="mb-4 text-lg!">
        {fill(declines ? words.declineTitle : words.cancelTitle, said)}
      </h2>
      <Form className="grid gap-4">
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="sure" value="true" />
        {ids.map((id) => (
          <input key={id} type="hidden" name="who" value={id} />
        ))}
        <TextArea name="reason" label={words.reason} maxLength={2000} rows={3} optional />
        <SubmitButton variant="danger" className="justify-self-start">
          {fill(declines ? words.declineNow : words.cancelNow, said)}
        </SubmitButton>
      </Form>
    </Panel>
  );
}

/** What came of it, with the way back where there is one. */
export function Ended({ done }: { done: Done }) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const { intent, ids, refused, asks } = done;
  if (asks) {
    return (
      <IntoView of={done}>
        <EndingPanel done={done} />
      </IntoView>
    );
  }
  const canUndo = ids.length > 0 && (intent === "completed" || intent === "no_show");
  const says =
    intent === "feed" || intent === "unfeed" ? words[`${intent}Done`] : fill(words[`${intent}Done`], { n: ids.length });
  if (refused.length === 0 && !canUndo) return <Outcome of={done}>{says}</Outcome>;
  return (
    <IntoView of={done}>
      <Notice
        mood={refused.length > 0 ? "warn" : "good"}
        action={
          canUndo && (
            <Form preventScrollReset>
              {ids.map((id) => (
                <input key={id} type="hidden" name="who" value={id} />
              ))}
              <SubmitButton size="sm" variant="secondary" name="intent" value="undo">
                {words.undo}
              </SubmitButton>
            </Form>
          )
        }
      >
        {ids.length > 0 && <p>{says}</p>}
        {refused.map(({ id, name, message }) => (
          <p key={id}>{fill(words.refused, { name, message })}</p>
        ))}
      </Notice>
    </IntoView>
  );
}
