import { type ReactNode, useEffect, useRef, useState } from "react";

import type { Question } from "#contract/questions.ts";
import { hasOptions, kindOf, questionTypes, rulesOf } from "#domain/questions/question.ts";
import type { CardProps } from "#web/features/questions/components/card.ts";
import { ConditionFields } from "#web/features/questions/components/condition-fields.tsx";
import { RuleFields } from "#web/features/questions/components/rule-fields.tsx";
import { useWords } from "#web/platform/words.ts";
import { Segmented } from "#web/ui/choice.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { Switch } from "#web/ui/switch.tsx";

type Props = Pick<CardProps, "question" | "earlier" | "faults" | "asksParties" | "onChange">;

/** Everything that can be said of one question. */
export function CardFields(props: Props) {
  const words = useWords("questions.builder");
  const { question, faults, asksParties, onChange } = props;
  const { id, questionType, scope } = question;
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was just added wants its words first.
    const first = top.current?.querySelector("input");
    if (first?.value === "") first.focus();
  }, []);
  const hasRules = Object.keys(question.validationRules).length > 0;
  const isWrong = (start: string) => Object.keys(faults).some((at) => at.startsWith(start));
  return (
    <div ref={top} className="grid gap-5 border-t border-line px-4 py-5 sm:px-5">
      <div className="grid items-start gap-5 sm:grid-cols-[minmax(0,1fr)_13rem]">
        <Field
          name={`${id}.questionText`}
          label={words.text}
          value={question.questionText}
          onChange={({ currentTarget }) => onChange({ questionText: currentTarget.value })}
          problem={faults.questionText}
          maxLength={500}
          required
        />
        <Select
          name={`${id}.questionType`}
          label={words.kind}
          value={questionType}
          onChange={({ currentTarget }) => onChange({ questionType: currentTarget.value as Question["questionType"] })}
        >
          {questionTypes.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </Select>
      </div>
      {hasOptions(question) && <Options {...props} />}
      <Field
        name={`${id}.helpText`}
        label={words.help}
        hint={words.helpHint}
        value={question.helpText}
        onChange={({ currentTarget }) => onChange({ helpText: currentTarget.value })}
        maxLength={500}
        optional
      />
      <div className="grid items-start gap-x-5 sm:grid-cols-2">
        <Switch
          name={`${id}.isRequired`}
          label={words.required}
          checked={question.isRequired}
          onChange={({ currentTarget }) => onChange({ isRequired: currentTarget.checked })}
        />
        <Switch
          name={`${id}.isSensitive`}
          label={words.sensitive}
          hint={words.sensitiveHint}
          checked={question.isSensitive}
          onChange={({ currentTarget }) => onChange({ isSensitive: currentTarget.checked })}
        />
      </div>
      {asksParties && (
        <Segmented
          name={`${id}.scope`}
          label={words.scope}
          defaultValue={scope}
          options={[
            { value: "attendee", label: words.attendee },
            { value: "party", label: words.party },
          ]}
          onChoose={(chosen) => onChange({ scope: chosen as Question["scope"] })}
        />
      )}
      {rulesOf[kindOf(question)].length > 0 && (
        <Fold title={words.rules} isUsed={hasRules} isWrong={isWrong("validationRules")}>
          <RuleFields {...props} />
        </Fold>
      )}
      <Fold title={words.conditions} isUsed={question.conditions !== null} isWrong={isWrong("conditions")}>
        <ConditionFields {...props} />
      </Fold>
    </div>
  );
}

interface FoldProps {
  title: string;
  /** Something has been said in it. */
  isUsed: boolean;
  isWrong: boolean;
  children: ReactNode;
}

/** What most questions do without is folded away; once open, it does not close while somebody types in it. */
function Fold({ title, isUsed, isWrong, children }: FoldProps) {
  const [wasUsed] = useState(isUsed);
  return (
    <details open={wasUsed || isWrong || undefined} className="border-t border-line pt-3">
      <summary className="link inline-flex min-h-9 items-center text-sm pointer-coarse:min-h-11">{title}</summary>
      <div className="grid gap-5 pt-4 pb-2">{children}</div>
    </details>
  );
}

function Options({ question, faults, onChange }: Props) {
  const words = useWords("questions.builder");
  const problem = Object.entries(faults).find(([at]) => at.startsWith("options"))?.[1];
  const read = (text: string) => text.split("\n").map((line) => line.trim());
  return (
    <TextArea
      name={`${question.id}.options`}
      label={words.options}
      hint={words.optionsHint}
      problem={problem}
      rows={4}
      defaultValue={question.options.join("\n")}
      onChange={({ currentTarget }) =>
        onChange({ options: read(currentTarget.value).filter((option) => option !== "") })
      }
      required
    />
  );
}
