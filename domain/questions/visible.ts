import { type Answer, type Answers, type Condition, kindOf, type Question } from "#domain/questions/question.ts";

/** What was sent for a question: its answer, nothing at all, or something that can be no answer to it. */
export type Reading = { is: "answer"; answer: Answer } | { is: "nothing" } | { is: "unfit" };

const nothing: Reading = { is: "nothing" };
const unfit: Reading = { is: "unfit" };
const plainNumber = /^[+-]?\d{1,15}([.,]\d{1,15})?$/;
const mostNumber = 1e15;

/**
 * Reads what a form or a client has sent for a question; forms send nothing but texts.
 *
 * Whether the answer is a good one is another matter. A box that is not ticked has been answered with no.
 */
export function readAnswer(question: Pick<Question, "questionType">, given: unknown): Reading {
  const kind = kindOf(question);
  if (kind === "flag") return readFlag(given);
  if (given === undefined || given === null || given === "") return nothing;
  if (kind === "choices") return readChoices(given);
  if (kind === "number") return readNumber(given);
  if (typeof given !== "string") return unfit;
  const answer = given.replaceAll("\r\n", "\n").replaceAll("\u0000", "").trim();
  return answer === "" ? nothing : { is: "answer", answer };
}

function readFlag(given: unknown): Reading {
  if (given === true || given === "true" || given === "on") return { is: "answer", answer: true };
  const isNo = [undefined, null, false, "false", ""].includes(given as string | undefined);
  return isNo ? { is: "answer", answer: false } : unfit;
}

function readChoices(given: unknown): Reading {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (!list.every((one) => typeof one === "string")) return unfit;
  const answer = [...new Set(list.filter((one) => one !== ""))].sort();
  return answer.length === 0 ? nothing : { is: "answer", answer };
}

function readNumber(given: unknown): Reading {
  const text = typeof given === "string" ? given.trim() : undefined;
  if (text === "") return nothing;
  if (text !== undefined && !plainNumber.test(text)) return unfit;
  const answer = text === undefined ? given : Number(text.replace(",", "."));
  const fits = typeof answer === "number" && Math.abs(answer) <= mostNumber;
  return fits ? { is: "answer", answer } : unfit;
}

const folded = (text: unknown): string => String(text).trim().toLowerCase();

/** Says whether something holds of an answer. Of what has not been answered only that it has not. */
function holds({ operator, value = "" }: Condition, question: Question, answer: Answer | undefined): boolean {
  if (operator === "unanswered") return answer === undefined;
  if (answer === undefined) return false;
  if (operator === "answered") return true;
  if (operator === "equals" || operator === "not_equals")
    return equals(answer, value, question) === (operator === "equals");
  if (operator === "contains" || operator === "not_contains") {
    const has = Array.isArray(answer)
      ? answer.some((one) => folded(one) === folded(value))
      : folded(answer).includes(folded(value));
    return has === (operator === "contains");
  }
  const far = distance(answer, value, question);
  if (operator === "greater") return far > 0;
  if (operator === "at_least") return far >= 0;
  return operator === "less" ? far < 0 : far <= 0;
}

function equals(answer: Answer, value: string | number | boolean, question: Question): boolean {
  if (Array.isArray(answer)) return answer.length === 1 && folded(answer[0]) === folded(value);
  if (kindOf(question) === "number") return distance(answer, value, question) === 0;
  return folded(answer) === folded(value);
}

/** Dates and times stand in the order of their letters. NaN, of which nothing holds, where they cannot be compared. */
function distance(answer: Answer, value: string | number | boolean, question: Question): number {
  if (kindOf(question) !== "number") {
    const [one, other] = [String(answer), String(value)];
    return one === other ? 0 : one < other ? -1 : 1;
  }
  const read = readAnswer(question, value);
  return read.is === "answer" ? Number(answer) - Number(read.answer) : Number.NaN;
}

/** Says whether a question is asked of somebody who has answered the ones before it like this. */
export function isAsked({ conditions }: Question, all: ReadonlyMap<string, Question>, answers: Answers): boolean {
  if (!conditions || conditions.rules.length === 0) return true;
  const says = conditions.rules.map((rule) => {
    const about = all.get(rule.questionId);
    return about !== undefined && holds(rule, about, answers[rule.questionId]);
  });
  return conditions.match === "any" ? says.includes(true) : !says.includes(false);
}

/**
 * The ids of the questions that are asked of somebody who has typed this so far.
 *
 * What stands in a field that is not asked counts as not answered, for the questions after it too.
 */
export function listAsked(questions: readonly Question[], given: Readonly<Record<string, unknown>>): Set<string> {
  const all = new Map(questions.map((question) => [question.id, question]));
  const answers: Record<string, Answer> = {};
  const asked = new Set<string>();
  for (const question of questions) {
    if (!isAsked(question, all, answers)) continue;
    asked.add(question.id);
    const read = readAnswer(question, given[question.id]);
    if (read.is === "answer") answers[question.id] = read.answer;
  }
  return asked;
}
