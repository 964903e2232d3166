export const questionTypes = [
  "text",
  "textarea",
  "select",
  "multiselect",
  "checkbox",
  "radio",
  "email",
  "phone",
  "number",
  "date",
  "time",
  "url",
] as const;
export type QuestionType = (typeof questionTypes)[number];

export const operators = [
  "equals",
  "not_equals",
  "contains",
  "not_contains",
  "greater",
  "at_least",
  "less",
  "at_most",
  "answered",
  "unanswered",
] as const;
export type Operator = (typeof operators)[number];

export type Answer = string | number | boolean | string[];
export type Answers = Readonly<Record<string, Answer>>;

/** Something about the answer to an earlier question. */
export interface Condition {
  questionId: string;
  operator: Operator;
  value?: string | number | boolean | undefined;
}

export interface Conditions {
  match: "all" | "any";
  rules: readonly Condition[];
}

/** What an answer must be like; which of these a question may have depends on its type. */
export interface ValidationRules {
  minLength?: number | undefined;
  maxLength?: number | undefined;
  /** Of numbers, dates and times. */
  min?: number | string | undefined;
  max?: number | string | undefined;
  minSelected?: number | undefined;
  maxSelected?: number | undefined;
  /** RE2: what a whole answer looks like. */
  pattern?: string | undefined;
  /** What is said of an answer that looks otherwise. */
  patternMessage?: string | undefined;
}

/** One question of a list; its place in the list is its order. */
export interface Question {
  id: string;
  questionText: string;
  questionType: QuestionType;
  isRequired: boolean;
  options: readonly string[];
  validationRules: ValidationRules;
  /** It is asked only where these hold; null: always. */
  conditions: Conditions | null;
  /** Asked of everybody who comes, or once of whoever registers them. */
  scope: "attendee" | "party";
}

export type Kind = "text" | "choice" | "choices" | "flag" | "number" | "moment";

const kinds: Record<QuestionType, Kind> = {
  text: "text",
  textarea: "text",
  email: "text",
  phone: "text",
  url: "text",
  select: "choice",
  radio: "choice",
  multiselect: "choices",
  checkbox: "flag",
  number: "number",
  date: "moment",
  time: "moment",
};

/** What its answers are, whatever they look like on the page. */
export const kindOf = ({ questionType }: Pick<Question, "questionType">): Kind => kinds[questionType];

export const hasOptions = (question: Pick<Question, "questionType">): boolean =>
  kindOf(question) === "choice" || kindOf(question) === "choices";

const words: readonly Operator[] = ["equals", "not_equals", "contains", "not_contains"];
const sizes: readonly Operator[] = ["equals", "not_equals", "greater", "at_least", "less", "at_most"];
const presence: readonly Operator[] = ["answered", "unanswered"];

/** What can be asked about answers of a kind. A box that is not ticked is an answer too. */
export const operatorsOf: Record<Kind, readonly Operator[]> = {
  text: [...words, ...presence],
  choice: [...words, ...presence],
  choices: [...words, ...presence],
  flag: ["equals", "not_equals"],
  number: [...sizes, ...presence],
  moment: [...sizes, ...presence],
};

/** Which rules fit answers of a kind. */
export const rulesOf: Record<Kind, readonly (keyof ValidationRules)[]> = {
  text: ["minLength", "maxLength", "pattern", "patternMessage"],
  choice: [],
  choices: ["minSelected", "maxSelected"],
  flag: [],
  number: ["min", "max"],
  moment: ["min", "max"],
};

/** The longest answer of any kind. */
const mostLetters = 5000;
const mostOfLine = 500;
const mostOfEmail = 254;
const mostOfUrl = 2000;

const longest: Partial<Record<QuestionType, number>> = {
  textarea: mostLetters,
  email: mostOfEmail,
  url: mostOfUrl,
  phone: 40,
};

/** How long an answer may be at most. */
export const mostOf = ({ questionType, validationRules }: Pick<Question, "questionType" | "validationRules">): number =>
  Math.min(validationRules.maxLength ?? mostLetters, longest[questionType] ?? mostOfLine);
