import { CircleAlert } from "lucide-react";
import { type ComponentProps, type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { type FetcherWithComponents, Form as RouterForm, useNavigation } from "react-router";

import type { FormFailure } from "#web/platform/form.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { type FormState, FormStateContext } from "#web/ui/form-state.ts";
import { Hidden } from "#web/ui/hidden.tsx";

type Props = ComponentProps<typeof RouterForm> & {
  /** What it sends besides its fields, unseen; where several share a page, each knows by it what was its own. */
  sends?: Readonly<Record<string, string>>;
  /** What the action answered (`actionData`); not needed with a fetcher. */
  result?: unknown;
  /** Sends without leaving the page. */
  fetcher?: FetcherWithComponents<unknown>;
};

/**
 * A form that works before any script does: it shows what went wrong above its fields, gives each field what was typed and
 * its problem, and its `SubmitButton` shows that it is on its way.
 */
export function Form({ result, fetcher, sends = {}, children, method = "post", ...rest }: Props) {
  const navigation = useNavigation();
  const way = fetcher ?? navigation;
  const answer = ownRefusal(fetcher ? fetcher.data : result, sends);
  const { failure, isMended, mend } = useMended(answer);
  const form = useRef<HTMLFormElement>(null);

  const { formData } = way;
  const sent =
    way.formMethod?.toLowerCase() === method.toLowerCase() && isOwn(sends, (name) => formData?.get(name))
      ? formData
      : undefined;
  const state = useMemo<FormState>(
    () => ({
      failure,
      isSending: (name, value) => sent !== undefined && (name === undefined || sent.get(name) === String(value)),
    }),
    [sent, failure],
  );

  useEffect(() => {
    // Without script the browser minds the fields, in bubbles of its own; with it, the answer stands below each field.
    if (form.current && method.toLowerCase() === "post") form.current.noValidate = true;
  }, [method]);

  const [hasTyped, setHasTyped] = useState(false);
  useEffect(() => {
    if (!answer) return;
    setHasTyped([...(form.current?.querySelectorAll<HTMLInputElement>(texts) ?? [])].some(({ value }) => value !== ""));
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong] input, [data-asks]");
    (first ?? form.current?.querySelector<HTMLElement>("[data-problem]"))?.focus();
  }, [answer]);

  const Element = fetcher ? fetcher.Form : RouterForm;
  return (
    <FormStateContext value={state}>
      <Element {...rest} method={method} ref={form} onInput={mend}>
        <FormProblem failure={failure} isMended={isMended} hasTyped={hasTyped} />
        <Hidden values={sends} />
        {children}
      </Element>
    </FormStateContext>
  );
}

/** What people write in. */
const texts =
  "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=password], [type=range], [type=file])";

/** Nobody is blamed for what they have just changed: a field's problem goes with the first touch, and nothing else moves. */
function useMended(answer: FormFailure | undefined) {
  const [mended, setMended] = useState({ answer, left: answer });
  const failure = mended.answer === answer ? mended.left : answer;
  const mend = ({ target }: FormEvent) => {
    const { name } = target as HTMLInputElement;
    if (!failure?.fields[name]) return;
    const { [name]: _, ...fields } = failure.fields;
    setMended({ answer, left: { ...failure, fields } });
  };
  const hadFields = Object.keys(answer?.fields ?? {}).length > 0;
  return { failure, isMended: hadFields && Object.keys(failure?.fields ?? {}).length === 0, mend };
}

type Sent = NonNullable<Props["sends"]>;

const isOwn = (sends: Sent, wordOf: (name: string) => unknown) =>
  Object.entries(sends).every(([name, value]) => wordOf(name) === value);

/** What an action refused, for the form that sent this. */
export function ownRefusal(result: unknown, sends: Sent): FormFailure | undefined {
  const claim = result as Partial<FormFailure> | undefined | null;
  if (claim?.ok !== false || !claim.fields) return undefined;
  return isOwn(sends, (name) => claim.typed?.[name]) ? (claim as FormFailure) : undefined;
}

interface ProblemProps {
  failure: FormFailure | undefined;
  /** Every field that was wrong has been touched since. */
  isMended: boolean;
  hasTyped: boolean;
}

/** What went wrong with a form as a whole; once that is mended it is gone, and its room stays until the form is sent. */
function FormProblem({ failure, isMended, hasTyped }: ProblemProps) {
  const words = useWords("ui.problem");
  const fill = useFill();
  // An answer without a code only brings back what was typed.
  if (!failure?.code) return null;
  const count = Object.keys(failure.fields).length;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-problem
      className={`${isMended ? "invisible" : "animate-rise"} col-span-full flex [:not(.grid)>&]:mb-5 w-full gap-3 rounded-control border border-bad/40 bg-bad-wash px-4 py-3 text-sm`}
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-bad" />
      <p>
        {count > 0 || isMended ? fill(words.fields, { n: Math.max(count, 1) }) : failure.message}
        {count === 0 && hasTyped && ` ${words.kept}`}
        {failure.code === "auth.required" && (
          <>
            {" "}
            <a href="/sign-in" target="_blank" className="link" rel="noopener">
              {words.signIn}
            </a>
          </>
        )}
      </p>
    </div>
  );
}
