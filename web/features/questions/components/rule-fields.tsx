import { kindOf, rulesOf, type ValidationRules } from "#domain/questions/question.ts";
import type { CardProps } from "#web/features/questions/components/card.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Field } from "#web/ui/field.tsx";

type Props = Pick<CardProps, "question" | "faults" | "onChange">;

/** What an answer must be like, as far as that can be said of its kind. */
export function RuleFields({ question, faults, onChange }: Props) {
  const words = useWords("questions.builder");
  const fill = useFill();
  const { id, validationRules: rules, questionType } = question;
  const isMoment = questionType === "date" || questionType === "time";
  const label = { ...words, ...(isMoment && { min: words.earliest, max: words.latest }) };
  const say = (name: keyof ValidationRules, text: string, isText: boolean) => {
    const { [name]: _before, ...others } = rules;
    const value = isText ? text : Number(text);
    onChange({ validationRules: text === "" ? others : { ...others, [name]: value } });
  };
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      {rulesOf[kindOf(question)].map((name) => {
        const isText = name === "pattern" || name === "patternMessage" || isMoment;
        return (
          <Field
            key={name}
            name={`${id}.${name}`}
            label={label[name]}
            hint={name === "pattern" ? fill(words.patternHint, {}) : undefined}
            problem={faults[`validationRules.${name}`]}
            type={isMoment ? questionType : isText ? "text" : "number"}
            step={name === "min" || name === "max" ? "any" : 1}
            min={name === "min" || name === "max" ? undefined : 0}
            maxLength={200}
            spellCheck={name === "pattern" ? false : undefined}
            defaultValue={rules[name]}
            onChange={({ currentTarget }) => say(name, currentTarget.value, isText)}
            className={isText && !isMoment ? "sm:col-span-2" : ""}
          />
        );
      })}
    </div>
  );
}
