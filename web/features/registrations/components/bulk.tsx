import { Check, Mail, Undo2, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useSubmit } from "react-router";

import type { Bulk } from "#web/features/registrations/act.ts";
import { bulkForm, chooseAll, useChosen } from "#web/platform/chosen.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Notice, Panel } from "#web/ui/surface.tsx";

/** Marks one row; it belongs to the bar's form, wherever it stands. */
export function Choose({ id, name }: { id: string; name: string }) {
  const words = useWords("registrations.bulk");
  const fill = useFill();
  return (
    <span className="inline-grid size-6 place-items-center pointer-coarse:size-11">
      <input
        type="checkbox"
        name="who"
        value={id}
        form={bulkForm}
        aria-label={fill(words.choose, { name })}
        className="size-4.5 accent-[var(--accent)]"
      />
    </span>
  );
}

interface BarProps {
  shown: number;
  matching: number;
  pending: number;
  /** What was done to those who were chosen. */
  done: Bulk | null;
}

/** What can be done to those who are chosen, or to all who match. */
export function BulkBar({ shown, matching, pending, done }: BarProps) {
  const words = useWords("registrations.bulk");
  const fill = useFill();
  const chosen = useChosen(done);
  const button = (what: string, says: string, icon: React.ReactNode) => (
    <SubmitButton key={what} size="sm" variant="secondary" name="what" value={what} icon={icon}>
      {says}
    </SubmitButton>
  );
  return (
    <Form
      id={bulkForm}
      preventScrollReset
      aria-label={words.label}
      className="top-0 z-10 mb-1 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 bg-paper py-1 text-sm [:root:has([form=bulk]:checked)_&]:sticky"
    >
      <input type="hidden" name="intent" value="bulk" />
      <input type="hidden" name="total" value={matching} />
      {shown > 1 && (
        <label className="inline-flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
          <input type="checkbox" className="mx-[0.1875rem] size-4.5 accent-[var(--accent)]" onChange={chooseAll} />
          {fill(words.page, { n: shown })}
        </label>
      )}
      {matching > shown && (
        <label className="inline-flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
          <input type="checkbox" name="all" form={bulkForm} className="size-4.5 accent-[var(--accent)]" />
          {fill(words.all, { n: matching })}
        </label>
      )}
      <span aria-live="polite" className="text-ink-soft empty:hidden">
        {chosen > 0 && fill(words.chosen, { n: chosen })}
      </span>
      {/* Nothing to do with nobody: told by the boxes themselves, so that it holds without script too. */}
      <span className="ms-auto hidden flex-wrap gap-2 [:root:has([form=bulk]:checked)_&]:flex">
        {pending > 0 && button("approve", words.approve, <Check aria-hidden="true" />)}
        {pending > 0 && button("decline", words.decline, <X aria-hidden="true" />)}
        {button("letter", words.letter, <Mail aria-hidden="true" />)}
        {button("cancel", words.cancel, <X aria-hidden="true" />)}
      </span>
    </Form>
  );
}

function Carried({ bulk, total }: { bulk: Bulk; total: number }) {
  return (
    <>
      <input type="hidden" name="intent" value="bulk" />
      <input type="hidden" name="what" value={bulk.what} />
      <input type="hidden" name="total" value={total} />
      <input type="hidden" name="sure" value="true" />
      {bulk.all && <input type="hidden" name="all" value="true" />}
      {bulk.who.map((id) => (
        <input key={id} type="hidden" name="who" value={id} />
      ))}
    </>
  );
}

/** Asks once more before many get a letter they will not like. */
export function BulkQuestion({ bulk, back }: { bulk: Bulk; back: string }) {
  const words = useWords("registrations.bulk");
  const common = useWords("ui.common");
  const fill = useFill();
  const n = bulk.all ? bulk.total : bulk.who.length;
  const declines = bulk.what === "decline";
  if (n === 0) return <Notice mood="warn">{words.nobody}</Notice>;
  return (
    <Panel aria-labelledby="bulk-question" className="mb-8 max-w-[40rem] animate-rise">
      <h2 id="bulk-question" className="mb-1 text-lg!">
        {fill(declines ? words.declineTitle : words.cancelTitle, { n })}
      </h2>
      <p className="mb-5 text-ink-soft">{declines ? words.declineText : words.cancelText}</p>
      <Form className="grid gap-5">
        <Carried bulk={bulk} total={n} />
        {declines && <TextArea name="note" label={words.words} maxLength={2000} />}
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="danger">{fill(declines ? words.declineNow : words.cancelNow, { n })}</SubmitButton>
          <Link to={back} className="touch inline-flex items-center rounded-control px-4 font-medium hover:bg-ink/7">
            {common.cancel}
          </Link>
        </div>
      </Form>
    </Panel>
  );
}

/** How far it has come; goes on by itself where scripts run, and by its button where they do not. */
export function BulkProgress({ bulk }: { bulk: Bulk }) {
  const words = useWords("registrations.bulk");
  const fill = useFill();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const { done, total, refused, cursor, what } = bulk;
  useEffect(() => {
    if (cursor && form.current) void submit(form.current, { method: "post", preventScrollReset: true });
  }, [cursor, submit]);
  const canUndo = !cursor && done.length > 0 && (what === "decline" || what === "cancel");
  return (
    <div className="mb-6 grid gap-3" aria-live="polite">
      <Notice mood={refused.length > 0 ? "warn" : "good"} action={canUndo && <UndoForm ids={done} />}>
        <p>{fill(words[`${what}Done`], { n: done.length, total })}</p>
        {refused.length > 0 && (
          <ul className="mt-1">
            {refused.slice(0, 10).map(({ id, name, code }) => (
              <li key={id}>{fill(code === "registration.sold_out" ? words.refusedFull : words.refused, { name })}</li>
            ))}
            {refused.length > 10 && <li>{fill(words.refusedMore, { n: refused.length - 10 })}</li>}
          </ul>
        )}
      </Notice>
      {cursor && (
        <form ref={form} method="post" className="flex items-center gap-4">
          <Carried bulk={bulk} total={total} />
          <input type="hidden" name="note" value={bulk.note} />
          <input type="hidden" name="cursor" value={cursor} />
          <input type="hidden" name="before" value={done.join(",")} />
          <progress
            value={done.length}
            max={total}
            aria-label={words.progress}
            className="w-full accent-[var(--accent)]"
          />
          <SubmitButton size="sm" variant="secondary">
            {words.goOn}
          </SubmitButton>
        </form>
      )}
    </div>
  );
}

function UndoForm({ ids }: { ids: readonly string[] }) {
  const words = useWords("registrations.bulk");
  return (
    <Form>
      <input type="hidden" name="intent" value="bulk" />
      {ids.map((id) => (
        <input key={id} type="hidden" name="who" value={id} />
      ))}
      <SubmitButton size="sm" variant="secondary" name="what" value="restore" icon={<Undo2 aria-hidden="true" />}>
        {words.undo}
      </SubmitButton>
    </Form>
  );
}
