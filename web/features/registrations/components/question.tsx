import { Link } from "react-router";

import type { Participant } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Panel } from "#web/ui/surface.tsx";

interface Props {
  what: "decline" | "cancel" | "rename";
  person: Participant;
  /** The list without the question. */
  back: string;
  result: unknown;
}

/** Whose seat it is, in a form. */
function Rename({ person, back, result }: Omit<Props, "what">) {
  const words = useWords("registrations.people");
  const common = useWords("ui.common");
  const fill = useFill();
  const { id, name, email, isUnnamed } = person;
  return (
    <Panel aria-labelledby="question" className="mb-8 max-w-[40rem] animate-rise">
      <h2 id="question" className="mb-1 text-lg!">
        {words.renameTitle}
      </h2>
      <p className="mb-5 text-ink-soft">{isUnnamed ? words.renameUnnamed : fill(words.renameText, { name })}</p>
      <Form result={result} className="grid gap-5">
        <input type="hidden" name="registration" value={id} />
        <Field
          name="name"
          label={words.renameName}
          defaultValue={isUnnamed ? "" : name}
          maxLength={120}
          required
          autoFocus
        />
        <Field name="email" type="email" label={words.renameEmail} defaultValue={email} maxLength={254} required />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="intent" value="rename">
            {words.renameNow}
          </SubmitButton>
          <Link to={back} className="touch inline-flex items-center rounded-control px-4 font-medium hover:bg-ink/7">
            {common.cancel}
          </Link>
        </div>
      </Form>
    </Panel>
  );
}

/** Asks once more before somebody gets a letter they will not like; a part of the page, so it needs no script. */
export function Question({ what, ...rest }: Props) {
  return what === "rename" ? <Rename {...rest} /> : <Sure what={what} {...rest} />;
}

function Sure({ what, person, back, result }: Props) {
  const words = useWords("registrations.people");
  const common = useWords("ui.common");
  const fill = useFill();
  const { id, name, email } = person;
  const declines = what === "decline";
  return (
    <Panel aria-labelledby="question" className="mb-8 max-w-[40rem] animate-rise">
      <h2 id="question" className="mb-1 text-lg!">
        {declines ? fill(words.declineTitle, { name }) : words.cancel}
      </h2>
      <p className="mb-5 text-ink-soft">{declines ? words.declineText : fill(words.cancelText, { name })}</p>
      {/* Leads back to the list, which then has no question in it. */}
      <Form result={result} action={back} className="grid gap-5">
        <input type="hidden" name="registration" value={id} />
        {declines && <TextArea name="note" label={words.words} hint={words.wordsHint} maxLength={2000} autoFocus />}
        <p className="text-sm text-ink-soft">
          {name} · {email}
        </p>
        <div className="flex flex-wrap gap-2">
          <SubmitButton variant="danger" name="intent" value={what}>
            {declines ? words.declineNow : words.cancelNow}
          </SubmitButton>
          <Link to={back} className="touch inline-flex items-center rounded-control px-4 font-medium hover:bg-ink/7">
            {common.cancel}
          </Link>
        </div>
      </Form>
    </Panel>
  );
}
