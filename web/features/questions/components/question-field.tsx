import { type ReactNode, useId } from "react";

import type { CustomAnswers, Question } from "#contract/questions.ts";
import { mostOf } from "#domain/questions/question.ts";
import { useWords } from "#web/platform/words.ts";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { useFieldState } from "#web/ui/field-state.ts";
import { useFormState } from "#web/ui/form-state.ts";

interface Props {
  question: Question;
  name: string;
  /** What was answered before; null where that is there and not shown. */
  answer?: CustomAnswers[string] | undefined;
}

const inputs = {
  text: { type: "text" },
  email: { type: "email", autoComplete: "email", inputMode: "email", spellCheck: false },
  phone: { type: "tel", autoComplete: "tel" },
  url: { type: "url", inputMode: "url", placeholder: "https://", spellCheck: false },
  number: { type: "number", step: "any", inputMode: "decimal" },
  date: { type: "date" },
  time: { type: "time" },
} as const;

/** One question in the shape of its type. A host's pattern is never tried by the browser: some would hang. */
export function QuestionField({ question, name, answer }: Props) {
  const words = useWords("questions.form");
  const { questionText, helpText, questionType, options, validationRules } = question;
  const isKept = answer === null;
  const isRequired = question.isRequired && !isKept;
  // The browser must not mind a field that nobody sees.
  const required = isRequired && question.conditions === null;
  const label = <span dir="auto">{questionText}</span>;
  const hint = isKept ? words.kept : helpText && <span dir="auto">{helpText}</span>;
  const common = { name, label, hint, optional: !isRequired, required };
  const said = typeof answer === "string" || typeof answer === "number" ? String(answer) : undefined;
  const { min, max, minLength } = validationRules;
  switch (questionType) {
    case "textarea":
      return <TextArea {...common} defaultValue={said} rows={3} minLength={minLength} maxLength={mostOf(question)} />;
    case "select":
      return (
        <Select {...common} defaultValue={said ?? ""}>
          <option value="">{isRequired ? words.choose : words.none}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </Select>
      );
    case "radio":
      return (
        <RadioGroup
          name={name}
          label={
            isRequired ? (
              label
            ) : (
              <>
                {label} ({words.optional})
              </>
            )
          }
          hint={common.hint}
          required={required}
          defaultValue={said ?? (isRequired ? undefined : "")}
          options={[
            ...options.map((option) => ({ value: option, label: <span dir="auto">{option}</span> })),
            ...(isRequired ? [] : [{ value: "", label: words.none }]),
          ]}
        />
      );
    case "multiselect":
      return <Checks {...common} options={options} chosen={Array.isArray(answer) ? answer : []} />;
    case "checkbox":
      // A box that is not shown as it was says nothing by being left alone.
      return isKept ? <Kept {...common} /> : <Tick {...common} isTicked={answer === true} />;
    default:
      return (
        <Field
          {...common}
          {...inputs[questionType]}
          defaultValue={said}
          {...(questionType === "number" || questionType === "date" || questionType === "time"
            ? { min, max, className: "[&_input]:max-w-56" }
            : { minLength, maxLength: mostOf(question) })}
        />
      );
  }
}

interface Tied {
  name: string;
  label: ReactNode;
  hint: ReactNode;
  optional: boolean;
  required: boolean;
}

/** Any of several; each box has a name of its own, so that a form that comes back knows them all. */
function Checks({
  name,
  label,
  hint,
  optional,
  options,
  chosen,
}: Tied & { options: readonly string[]; chosen: readonly string[] }) {
  const words = useWords("questions.form");
  const id = useId();
  const { problem } = useFieldState(name);
  const more = problem ?? hint;
  return (
    <fieldset aria-describedby={more ? id : undefined} className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">
        {label}
        {optional && <span className="ms-2 text-xs font-normal text-ink-soft">{words.optional}</span>}
      </legend>
      {options.map((option, index) => (
        <Box
          key={option}
          name={`${name}.${index}`}
          value={option}
          label={<span dir="auto">{option}</span>}
          isWrong={problem !== undefined}
          isTicked={chosen.includes(option)}
        />
      ))}
      {more && (
        <p id={id} className={`text-xs ${problem ? "font-medium text-bad" : "text-ink-soft"}`}>
          {more}
        </p>
      )}
    </fieldset>
  );
}

function Tick({ name, label, hint, required, isTicked }: Tied & { isTicked: boolean }) {
  const id = useId();
  const { problem } = useFieldState(name);
  const more = problem ?? hint;
  return (
    <div className="grid gap-1.5">
      <Box
        {...{ name, label, required, isTicked }}
        value="true"
        isWrong={problem !== undefined}
        describedBy={more ? id : undefined}
      />
      {more && (
        <p id={id} className={`text-xs ${problem ? "font-medium text-bad" : "text-ink-soft"}`}>
          {more}
        </p>
      )}
    </div>
  );
}

/** What was ticked or not is not shown; it stays unless one says otherwise. */
function Kept({ name, label }: Tied) {
  const words = useWords("questions.form");
  const answers = useWords("questions.answers");
  const options = [
    { value: "", label: words.keep },
    { value: "true", label: answers.yes },
    { value: "false", label: answers.no },
  ];
  return <RadioGroup {...{ name, label, options }} defaultValue="" />;
}

interface BoxProps {
  name: string;
  value: string;
  label: ReactNode;
  isWrong: boolean;
  isTicked: boolean;
  required?: boolean;
  describedBy?: string | undefined;
}

function Box({ name, value, label, isWrong, isTicked, required, describedBy }: BoxProps) {
  const { failure } = useFormState();
  const { typed } = useFieldState(name);
  return (
    <label className="grid min-h-9 grid-cols-[auto_1fr] items-center gap-x-3 text-sm pointer-coarse:min-h-11">
      <input
        type="checkbox"
        {...{ name, value, required }}
        defaultChecked={failure ? typed !== undefined : isTicked}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        className="size-5 accent-accent"
      />
      {label}
    </label>
  );
}
