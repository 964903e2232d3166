import { locales, type z } from "zod";

import { codeOfIssue, nameOfIssue, sentenceOfCode, valuesOfIssue } from "#contract/issue.ts";
import { type ProblemCode, problems } from "#contract/problems.ts";
import type fields from "#locales/en/fields.json";
import type ui from "#locales/en/ui.json";
import { say } from "#server/platform/words.ts";

export type FieldCode = keyof typeof fields;
type Values = Record<string, string | number>;

/**
 * What is wrong with one field. Its sentence stands at `fields.<code>`, or under another key, or is a schema's or somebody's own
 * words.
 */
export type FieldFault = { at: string } & (
  | { code: FieldCode; values?: Values }
  | {
      code: string;
      key:
        | `fields.${FieldCode}`
        | `ui.problem.${keyof (typeof ui)["problem"]}`
        | `questions.${string}`
        | `events.${string}`;
      values?: Values;
    }
  | { code: string; issue: z.core.$ZodIssue }
  | { code: string; says: string }
);

interface Details {
  fields?: readonly FieldFault[];
  [name: string]: unknown;
}

/** An expected refusal. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: Record<string, unknown>;
  readonly #given: Details;

  constructor(code: ProblemCode, details: Details = {}, locale = "en") {
    super(locale === "en" ? problems[code].says : say(locale, `problems.${code}`));
    this.code = code;
    this.#given = details;
    this.details = details.fields
      ? { ...details, fields: details.fields.map((fault) => faultIn(locale, fault)) }
      : details;
  }

  /** The same refusal, said in another language. */
  in(locale: string): Problem {
    return new Problem(this.code, this.#given, locale);
  }

  /** RFC 9457. */
  toJSON() {
    const { status } = problems[this.code];
    return { ...this.details, type: `/problems/${this.code}`, title: this.message, status, code: this.code };
  }
}

function faultIn(locale: string, fault: FieldFault) {
  const { at, code } = fault;
  if ("says" in fault) return { at, code, says: fault.says };
  if ("issue" in fault) return { at, code, says: saidBySchema(locale, fault.issue) };
  return { at, code, says: say(locale, "key" in fault ? fault.key : `fields.${code}`, fault.values) };
}

/** A schema's own words, in those languages that its library speaks. */
function saidBySchema(locale: string, issue: z.core.$ZodIssue): string {
  if (locale === "en" || issue.code === "custom" || !(locale in locales)) return issue.message;
  const speak = locales[locale as keyof typeof locales]().localeError as (
    issue: z.core.$ZodIssue,
  ) => ReturnType<z.core.$ZodErrorMap>;
  const said = speak(issue);
  return (typeof said === "string" ? said : said?.message) ?? issue.message;
}

/** What a schema found wrong. Where we have a sentence it is said to everybody; a schema's own words are for developers. */
export const faultsOf = ({ issues }: z.ZodError, ...part: string[]): FieldFault[] =>
  issues.map((issue) => {
    const at = [...part, ...issue.path.map(String)].join(".");
    const code = nameOfIssue(issue) ?? codeOfIssue(issue);
    const values = valuesOfIssue(issue);
    const sentence = nameOfIssue(issue) ?? sentenceOfCode(code, values);
    return sentence ? { at, code, key: `ui.problem.${sentence}`, values } : { at, code, issue };
  });
