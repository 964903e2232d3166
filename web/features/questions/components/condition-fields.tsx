import { Plus, X } from "lucide-react";

import type { Question } from "#contract/questions.ts";
import { type Condition, hasOptions, kindOf, type Operator, operatorsOf } from "#domain/questions/question.ts";
import type { CardProps } from "#web/features/questions/components/card.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";

type Props = Pick<CardProps, "question" | "earlier" | "faults" | "onChange">;

/** When a question is asked: what must hold of the answers before it. */
export function ConditionFields({ question, earlier, faults, onChange }: Props) {
  const words = useWords("questions.builder");
  const { conditions, id } = question;
  // What is asked once of all cannot turn on what one of them says.
  const known = earlier.filter(({ scope }) => question.scope === "attendee" || scope === "party");
  const rules = conditions?.rules ?? [];
  const say = (next: readonly Condition[], match = conditions?.match ?? "all") =>
    onChange({ conditions: next.length === 0 ? null : { match, rules: [...next] } });
  const [first] = known;
  return (
    <>
      {rules.length === 0 && (
        <p className="text-sm text-ink-soft">
          {words.always} {!first && words.noEarlier}
        </p>
      )}
      {rules.length > 1 && (
        <Select
          name={`${id}.match`}
          label={words.match}
          value={conditions?.match}
          onChange={({ currentTarget }) => say(rules, currentTarget.value === "any" ? "any" : "all")}
          className="sm:max-w-72"
        >
          <option value="all">{words.all}</option>
          <option value="any">{words.any}</option>
        </Select>
      )}
      {rules.map((rule, at) => (
        <Rule
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no names of their own, and keep nothing to themselves
          key={at}
          {...{ rule, at, known, id }}
          problem={Object.entries(faults).find(([name]) => name.startsWith(`conditions.rules.${at}.`))?.[1]}
          onChange={(next) => say(rules.with(at, next))}
          onRemove={() => say(rules.toSpliced(at, 1))}
        />
      ))}
      {first && rules.length < 10 && (
        <Button
          size="sm"
          variant="quiet"
          className="justify-self-start"
          icon={<Plus aria-hidden="true" />}
          onClick={() => say([...rules, fresh(known.at(-1) ?? first)])}
        >
          {words.addRule}
        </Button>
      )}
    </>
  );
}

/** The plainest comparison with the answers to a question. */
function fresh(about: Question): Condition {
  const kind = kindOf(about);
  const start = { questionId: about.id, operator: operatorsOf[kind][0] ?? "answered" };
  if (kind === "flag") return { ...start, value: true };
  return { ...start, value: about.options[0] ?? (kind === "number" ? 0 : "") };
}

interface RuleProps {
  id: string;
  rule: Condition;
  at: number;
  known: readonly Question[];
  problem: string | undefined;
  onChange: (rule: Condition) => void;
  onRemove: () => void;
}

function Rule({ id, rule, at, known, problem, onChange, onRemove }: RuleProps) {
  const words = useWords("questions.builder");
  const fill = useFill();
  const about = known.find((question) => question.id === rule.questionId);
  const needsValue = rule.operator !== "answered" && rule.operator !== "unanswered";
  const name = `${id}.rule.${at}`;
  const compare = (operator: Operator) => {
    const { value = about ? fresh(about).value : "", ...others } = rule;
    const isBare = operator === "answered" || operator === "unanswered";
    onChange({ ...others, operator, ...(isBare ? {} : { value }) });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3 rounded-control bg-sunken/60 p-3">
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Select
          name={`${name}.question`}
          label={words.ruleQuestion}
          value={rule.questionId}
          problem={problem}
          onChange={({ currentTarget }) => {
            const next = known.find((question) => question.id === currentTarget.value);
            if (next) onChange(fresh(next));
          }}
        >
          {!about && <option value={rule.questionId} />}
          {known.map((question) => (
            <option key={question.id} value={question.id}>
              {question.questionText || words.nameless}
            </option>
          ))}
        </Select>
        {about && (
          <Select
            name={`${name}.operator`}
            label={words.operator}
            value={rule.operator}
            onChange={({ currentTarget }) => compare(currentTarget.value as Operator)}
          >
            {operatorsOf[kindOf(about)].map((operator) => (
              <option key={operator} value={operator}>
                {words.operators[operator]}
              </option>
            ))}
          </Select>
        )}
        {about && needsValue && (
          <Value name={`${name}.value`} about={about} rule={rule} onChange={(value) => onChange({ ...rule, value })} />
        )}
      </div>
      <IconButton label={fill(words.removeRule, { n: at + 1 })} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}

interface ValueProps {
  name: string;
  about: Question;
  rule: Condition;
  onChange: (value: string | number | boolean) => void;
}

/** A value that an answer to the question could have. */
function Value({ name, about, rule: { operator, value }, onChange }: ValueProps) {
  const words = useWords("questions.builder");
  const form = useWords("questions.form");
  const kind = kindOf(about);
  const isFlag = kind === "flag";
  if (isFlag || (hasOptions(about) && (operator === "equals" || operator === "not_equals" || kind === "choices"))) {
    const options = isFlag ? ["true", "false"] : about.options;
    const labels: Record<string, string> = isFlag ? { true: form.yes, false: form.no } : {};
    return (
      <Select
        name={name}
        label={words.value}
        value={String(value)}
        onChange={({ currentTarget }) => onChange(isFlag ? currentTarget.value === "true" : currentTarget.value)}
      >
        {!options.includes(String(value)) && <option value={String(value)}>{String(value)}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {labels[option] ?? option}
          </option>
        ))}
      </Select>
    );
  }
  const isNumber = kind === "number";
  return (
    <Field
      name={name}
      label={words.value}
      type={isNumber ? "number" : kind === "moment" ? about.questionType : "text"}
      step={isNumber ? "any" : undefined}
      value={String(value ?? "")}
      maxLength={200}
      onChange={({ currentTarget }) => onChange(isNumber ? currentTarget.valueAsNumber || 0 : currentTarget.value)}
    />
  );
}
