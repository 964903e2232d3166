import type { z } from "zod";

/** What a value of ours can lack beyond its type; each has its sentence at `ui.problem.<name>`. */
const names = [
  "answers",
  "date_twice",
  "language",
  "minute",
  "missing",
  "moment",
  "one_of_two",
  "phone",
  "region",
  "reversed",
  "slug",
  "span",
  "time",
  "web_address",
  "window",
  "years",
  "zone",
] as const;
export type IssueName = (typeof names)[number];

/** Refuses a value by a name instead of a sentence: `.refine(isZone, named("zone"))`. */
export const named = (name: IssueName, values: Record<string, number> = {}) => ({ error: name, params: values });

/** The name that a refusal of ours has. */
export const nameOfIssue = ({ message }: z.core.$ZodIssue): IssueName | undefined =>
  names.find((name) => name === message);

/** What fills its sentence. */
export function valuesOfIssue(issue: z.core.$ZodIssue): Record<string, number> {
  if (issue.code === "custom") return (issue.params ?? {}) as Record<string, number>;
  return {
    ...("minimum" in issue && { minimum: Number(issue.minimum) }),
    ...("maximum" in issue && { maximum: Number(issue.maximum) }),
  };
}

/** What a schema found by itself, with what it is about: `too_small.string`, `invalid_format.email`. */
export function codeOfIssue(issue: z.core.$ZodIssue): string {
  const detail =
    "format" in issue ? issue.format : "origin" in issue ? issue.origin : "expected" in issue ? issue.expected : "";
  return detail ? `${issue.code}.${detail}` : issue.code;
}

const shapes = {
  "too_small.string": "tooShort",
  "too_big.string": "tooLong",
  "too_small.number": "tooSmall",
  "too_small.int": "tooSmall",
  "too_big.number": "tooBig",
  "too_big.int": "tooBig",
  "invalid_format.email": "email",
  "invalid_format.url": "url",
  "invalid_format.datetime": "moment",
} as const;

/** The sentence at `ui.problem` that says it to whoever typed it; what has none is said by a schema, to developers. */
export function sentenceOfCode(
  code: string,
  { minimum }: Record<string, unknown> = {},
): (typeof shapes)[keyof typeof shapes] | "missing" | undefined {
  const sentence = shapes[code as keyof typeof shapes];
  return sentence === "tooShort" && minimum === 1 ? "missing" : sentence;
}
