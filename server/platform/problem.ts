import type { z } from "zod";

import { codeOfIssue, sentenceOfIssue } from "#contract/issue.ts";
import { type ProblemCode, problems } from "#contract/problems.ts";
import type fields from "#locales/en/fields.json";
import type ui from "#locales/en/ui.json";
import { say } from "#server/platform/words.ts";

export type FieldCode = keyof typeof fields;
type Values = Record<string, string | number>;

/** What is wrong with one field. Its sentence stands at `fields.<code>`, or under another key, or is somebody's own words. */
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
  return { at, code, says: say(locale, "key" in fault ? fault.key : `fields.${code}`, fault.values) };
}

/** What a schema found wrong. */
export const faultsOf = ({ issues }: z.ZodError, ...part: string[]): FieldFault[] =>
  issues.map((issue) => {
    const { sentence, values } = sentenceOfIssue(issue);
    const at = [...part, ...issue.path.map(String)].join(".");
    return { at, code: codeOfIssue(issue), key: `ui.problem.${sentence}`, values };
  });
