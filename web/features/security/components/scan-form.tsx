import type { QrPicture } from "#web/platform/qr-path.ts";
import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { QrCode } from "#web/ui/qr-code.tsx";

export interface Setup {
  picture: QrPicture;
  uri: string;
  /** In groups of four, to be read and typed. */
  secret: string;
}

/** Hands the secret to an authenticator program, and takes its first code. */
export function ScanForm({ setup, result }: { setup: Setup; result: unknown }) {
  const words = useWords("security.factor");
  return (
    <Form result={result} className="grid gap-6">
      <div className="grid justify-items-start gap-3">
        <h2 className="text-lg!">{words.scan}</h2>
        {/* On a phone the program is on this very screen: pressing the code opens it. */}
        <a href={setup.uri} aria-label={words.qr} className="rounded-control">
          <QrCode picture={setup.picture} label={words.qr} className="w-52 border border-line" />
        </a>
        <p className="text-sm text-ink-soft">
          {words.orType} <code className="text-ink tabular wrap-anywhere">{setup.secret}</code>
        </p>
      </div>
      <Field
        name="code"
        label={words.code}
        hint={words.then}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\s*\d{3}[\s\-]?\d{3}\s*"
        maxLength={9}
        required
        className="[&_input]:text-lg [&_input]:tracking-[0.25em] [&_input]:tabular-nums"
      />
      <SubmitButton name="intent" value="confirm" className="justify-self-start">
        {words.confirm}
      </SubmitButton>
    </Form>
  );
}
