import {
  type Condition,
  hasOptions,
  kindOf,
  operatorsOf,
  type Question,
  rulesOf,
  type ValidationRules,
} from "#domain/questions/question.ts";
import { isDate, isTime } from "#domain/questions/settle.ts";
import { readAnswer } from "#domain/questions/visible.ts";

export type DefinitionFault =
  | "id_repeated"
  | "options_required"
  | "options_not_taken"
  | "options_repeated"
  | "rule_not_taken"
  | "range_unfit"
  | "range_reversed"
  | "range_impossible"
  | "pattern_unreadable"
  | "condition_unknown"
  | "condition_not_earlier"
  | "condition_scope"
  | "condition_operator"
  | "condition_value";

export interface DefinitionRefusal {
  /** Which question of the list. */
  index: number;
  /** Which of its fields, with dots for depth. */
  at: string;
  code: DefinitionFault;
}

/**
 * Names everything in a list of questions that does not go together.
 *
 * A condition looks back only, at questions that stand before its own: so no circle can be, and one pass decides.
 */
export function refusalsOf(
  questions: readonly Question[],
  isPattern: (pattern: string) => boolean,
): DefinitionRefusal[] {
  const places = new Map(questions.map(({ id }, index) => [id, index]));
  return questions.flatMap((question, index) => {
    const faults = [
      ...(places.get(question.id) === index ? [] : [fault("id", "id_repeated")]),
      ...faultsOfOptions(question),
      ...faultsOfRules(question, isPattern),
      ...(question.conditions?.rules ?? []).flatMap((rule, at) => {
        const found = faultOfCondition(rule, { question, index, questions, places });
        return found ? [fault(`conditions.rules.${at}.${found.at}`, found.code)] : [];
      }),
    ];
    return faults.map((one) => ({ index, ...one }));
  });
}

const fault = (at: string, code: DefinitionFault) => ({ at, code });

function faultsOfOptions(question: Question) {
  const { options } = question;
  if (!hasOptions(question)) return options.length > 0 ? [fault("options", "options_not_taken")] : [];
  if (options.length === 0) return [fault("options", "options_required")];
  const folded = new Set(options.map((option) => option.trim().toLowerCase()));
  return folded.size < options.length ? [fault("options", "options_repeated")] : [];
}

function faultsOfRules(question: Question, isPattern: (pattern: string) => boolean) {
  const { validationRules: rules } = question;
  const allowed = rulesOf[kindOf(question)];
  const named = (Object.keys(rules) as (keyof ValidationRules)[]).filter((name) => rules[name] !== undefined);
  const faults = named
    .filter((name) => !allowed.includes(name))
    .map((name) => fault(`validationRules.${name}`, "rule_not_taken"));
  if (faults.length > 0) return faults;
  for (const name of ["min", "max"] as const) {
    if (rules[name] !== undefined && !isLimit(question, rules[name]))
      faults.push(fault(`validationRules.${name}`, "range_unfit"));
  }
  const ranges = [
    ["min", "max"],
    ["minLength", "maxLength"],
    ["minSelected", "maxSelected"],
  ] as const;
  for (const [low, high] of ranges) {
    const [from, to] = [rules[low], rules[high]];
    if (from !== undefined && to !== undefined && from > to)
      faults.push(fault(`validationRules.${high}`, "range_reversed"));
  }
  if ((rules.minSelected ?? 0) > question.options.length)
    faults.push(fault("validationRules.minSelected", "range_impossible"));
  if (rules.pattern !== undefined && !isPattern(rules.pattern))
    faults.push(fault("validationRules.pattern", "pattern_unreadable"));
  return faults;
}

function isLimit({ questionType }: Question, limit: number | string): boolean {
  if (questionType === "number") return typeof limit === "number" && Number.isFinite(limit);
  return typeof limit === "string" && (questionType === "date" ? isDate(limit) : isTime(limit));
}

interface Around {
  question: Question;
  index: number;
  questions: readonly Question[];
  places: ReadonlyMap<string, number>;
}

function faultOfCondition(rule: Condition, { question, index, questions, places }: Around) {
  const place = places.get(rule.questionId);
  const about = place === undefined ? undefined : questions[place];
  if (place === undefined || !about) return fault("questionId", "condition_unknown");
  if (place >= index) return fault("questionId", "condition_not_earlier");
  // Of several people, whose answer would decide what is asked of all?
  if (question.scope === "party" && about.scope === "attendee") return fault("questionId", "condition_scope");
  if (!operatorsOf[kindOf(about)].includes(rule.operator)) return fault("operator", "condition_operator");
  return isComparable(rule, about) ? undefined : fault("value", "condition_value");
}

/** Whether some answer could ever bear the comparison. */
function isComparable({ operator, value }: Condition, about: Question): boolean {
  if (operator === "answered" || operator === "unanswered") return value === undefined;
  const read = value === undefined ? undefined : readAnswer(about, value);
  if (read?.is !== "answer") return false;
  const { answer } = read;
  if (about.questionType === "date") return isDate(String(answer));
  if (about.questionType === "time") return isTime(String(answer));
  if (!hasOptions(about)) return true;
  const isWhole = operator === "equals" || operator === "not_equals" || kindOf(about) === "choices";
  return !isWhole || about.options.includes(String(value));
}
