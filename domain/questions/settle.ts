import {
  type Answer,
  type Answers,
  kindOf,
  mostOf,
  type Question,
  type ValidationRules,
} from "#domain/questions/question.ts";
import { isAsked, readAnswer } from "#domain/questions/visible.ts";

/** Why an answer is not taken. */
export type AnswerFault =
  | { code: "required" | "unfit" | "email" | "url" | "phone" | "number" | "date" | "time" | "option" | "pattern" }
  | { code: "shorter" | "longer" | "fewer" | "more"; limit: number }
  | { code: "below" | "above"; limit: number | string };

export interface Settled {
  /** Only of questions that were asked. */
  answers: Record<string, Answer>;
  faults: { question: Question; fault: AnswerFault }[];
}

/** How patterns are matched: in linear time, by a library that this room does not know. */
export type Matches = (pattern: string, text: string) => boolean;

interface Asking {
  matches: Matches;
  /** Which of the questions are put here; conditions may look at the others. */
  puts?: (question: Question) => boolean;
  /** What was answered elsewhere. */
  known?: Answers;
  /** Somebody answers for another and may leave out what they do not know. */
  isLenient?: boolean;
}

/**
 * Decides which questions were asked of somebody, and which of their answers are good.
 *
 * An answer to a question that was not asked is dropped, whatever it is; the order in which answers come is of no matter.
 */
export function settle(
  questions: readonly Question[],
  given: Readonly<Record<string, unknown>>,
  { matches, puts = () => true, known = {}, isLenient = false }: Asking,
): Settled {
  const all = new Map(questions.map((question) => [question.id, question]));
  const settled: Settled = { answers: {}, faults: [] };
  for (const question of questions) {
    if (!puts(question) || !isAsked(question, all, { ...known, ...settled.answers })) continue;
    // A box that another has not ticked says nothing of who it is about.
    if (isLenient && given[question.id] === undefined) continue;
    const read = readAnswer(question, given[question.id]);
    const isMissing = read.is === "nothing" || (read.is === "answer" && read.answer === false);
    const fault = isMissing
      ? question.isRequired && !isLenient
        ? ({ code: "required" } as const)
        : undefined
      : read.is === "answer"
        ? faultOf(question, read.answer, matches)
        : unfitFor(question);
    if (fault) settled.faults.push({ question, fault });
    else if (read.is === "answer") settled.answers[question.id] = read.answer;
  }
  return settled;
}

const unfitFor = (question: Question): AnswerFault => ({ code: kindOf(question) === "number" ? "number" : "unfit" });

function faultOf(question: Question, answer: Answer, matches: Matches): AnswerFault | undefined {
  if (Array.isArray(answer)) return faultOfChoices(question, answer);
  if (typeof answer === "number") return outside(question.validationRules, answer);
  if (typeof answer !== "string") return undefined;
  if (kindOf(question) === "choice") return question.options.includes(answer) ? undefined : { code: "option" };
  if (question.questionType === "date" || question.questionType === "time") {
    const isGood = question.questionType === "date" ? isDate(answer) : isTime(answer);
    return isGood ? outside(question.validationRules, answer) : { code: question.questionType };
  }
  return faultOfText(question, answer, matches);
}

function faultOfText(question: Question, answer: string, matches: Matches): AnswerFault | undefined {
  const { minLength = 0, pattern } = question.validationRules;
  const most = mostOf(question);
  // Before anything that reads it whole.
  if (answer.length > most) return { code: "longer", limit: most };
  if (answer.length < minLength) return { code: "shorter", limit: minLength };
  if (question.questionType === "email" && !isEmail(answer)) return { code: "email" };
  if (question.questionType === "phone" && !/^\+?[\d ()./-]{3,}$/.test(answer)) return { code: "phone" };
  if (question.questionType === "url" && !isUrl(answer)) return { code: "url" };
  return pattern !== undefined && !matches(pattern, answer) ? { code: "pattern" } : undefined;
}

function faultOfChoices({ options, validationRules }: Question, answer: readonly string[]): AnswerFault | undefined {
  const { minSelected = 0, maxSelected = options.length } = validationRules;
  if (!answer.every((one) => options.includes(one))) return { code: "option" };
  if (answer.length < minSelected) return { code: "fewer", limit: minSelected };
  return answer.length > maxSelected ? { code: "more", limit: maxSelected } : undefined;
}

function outside({ min, max }: ValidationRules, answer: number | string): AnswerFault | undefined {
  if (min !== undefined && answer < min) return { code: "below", limit: min };
  return max !== undefined && answer > max ? { code: "above", limit: max } : undefined;
}

/** A day that there is, from the year 1 to 9999. */
export function isDate(text: string): boolean {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (Number(year) < 1) return false;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day);
}

export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const [name, host] = [text.slice(0, at), text.slice(at + 1)];
  const isPlain = at > 0 && !/[\s<>,;"'@]/.test(name) && !/[^\p{L}\p{N}.-]/u.test(host);
  return isPlain && host.includes(".") && host.split(".").every((label) => label !== "");
}

function isUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.hostname.includes(".");
}
