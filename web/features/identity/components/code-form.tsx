import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

interface Props {
  /** Known already, or to be typed. */
  email?: string;
  next?: string;
  /** What `/verify` answered. */
  result?: unknown;
}

/** The six digits of a letter, in whichever page they are asked for; `/verify` takes them. */
export function CodeForm({ email, next, result }: Props) {
  const words = useWords("identity.verify");
  return (
    <Form result={result} action="/verify" className="grid gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      {email ? (
        <input type="hidden" name="email" value={email} />
      ) : (
        <Field name="email" type="email" label={words.email} autoComplete="username" required />
      )}
      <Field
        name="code"
        label={words.code}
        hint={words.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\s*\d{3}[\s\-]?\d{3}\s*"
        maxLength={9}
        required
        autoFocus={email !== undefined}
        className="[&_input]:text-lg [&_input]:tracking-[0.25em] [&_input]:tabular-nums"
      />
      <SubmitButton size="lg" wide>
        {words.codeSubmit}
      </SubmitButton>
    </Form>
  );
}
