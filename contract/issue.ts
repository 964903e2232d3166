import type { z } from "zod";

/** All that can be wrong with a value, by a schema of ours or by its type; each has its sentence at `ui.problem.<name>`. */
const sentences = [
  "answers",
  "choice",
  "date",
  "date_twice",
  "email",
  "group",
  "id",
  "language",
  "list",
  "minute",
  "missing",
  "moment",
  "number",
  "one_of_two",
  "other",
  "phone",
  "region",
  "reversed",
  "slug",
  "span",
  "text",
  "time",
  "tooBig",
  "tooFew",
  "tooLong",
  "tooMany",
  "tooShort",
  "tooSmall",
  "unknown",
  "url",
  "web_address",
  "whole",
  "window",
  "yes_no",
  "years",
  "zone",
] as const;
export type Sentence = (typeof sentences)[number];
type Values = Record<string, string | number>;

/** Refuses a value by a name instead of a sentence: `.refine(isZone, named("zone"))`. */
export const named = (name: Sentence, values: Values = {}) => ({ error: name, params: values });

const nameOfIssue = ({ message }: z.core.$ZodIssue): Sentence | undefined => sentences.find((name) => name === message);

/** What is wrong, for programs: the name that we gave it, or what a type found and what that is about, as `too_small.string`. */
export function codeOfIssue(issue: z.core.$ZodIssue): string {
  const name = nameOfIssue(issue);
  if (name) return name;
  const detail =
    "format" in issue ? issue.format : "origin" in issue ? issue.origin : "expected" in issue ? issue.expected : "";
  return detail ? `${issue.code}.${detail}` : issue.code;
}

/**
 * What is wrong, for whoever wrote it. Every issue has a sentence of ours: a type's own words name what nobody has
 * written, and are not there in every language. Whether nothing was written it knows from `reportInput`.
 */
export function sentenceOfIssue(issue: z.core.$ZodIssue): { sentence: Sentence; values: Values } {
  const values = valuesOf(issue);
  return { sentence: isOfNothing(issue) ? "missing" : (nameOfIssue(issue) ?? sentenceOf(issue, values)), values };
}

const isOfNothing = (issue: z.core.$ZodIssue): boolean =>
  "input" in issue && (issue.input === undefined || issue.input === null || issue.input === "");

function valuesOf(issue: z.core.$ZodIssue): Values {
  if (issue.code === "custom") return (issue.params ?? {}) as Values;
  return {
    ...("minimum" in issue && { minimum: Number(issue.minimum) }),
    ...("maximum" in issue && { maximum: Number(issue.maximum) }),
    ...("keys" in issue && { names: listed(issue.keys) }),
    ...("values" in issue && { options: listed(issue.values) }),
    ...("options" in issue && issue.options && { options: listed(issue.options) }),
  };
}

/** A caller wrote some of it, so it has an end. */
function listed(all: readonly unknown[]): string {
  const shown = all.slice(0, 12).map((one) => String(one).slice(0, 60));
  return (shown.length < all.length ? [...shown, "…"] : shown).join(", ");
}

function sentenceOf(issue: z.core.$ZodIssue, { minimum, options }: Values): Sentence {
  if (options !== undefined) return "choice";
  // "5 or more" is not what it asks for.
  if ("inclusive" in issue && issue.inclusive === false) return "other";
  const sentence = shapes[codeOfIssue(issue)] ?? "other";
  return sentence === "tooShort" && minimum === 1 ? "missing" : sentence;
}

const shapes: Partial<Record<string, Sentence>> = {
  "invalid_type.string": "text",
  "invalid_type.number": "number",
  "invalid_type.safeint": "whole",
  "invalid_type.boolean": "yes_no",
  "invalid_type.date": "moment",
  "invalid_type.array": "list",
  "invalid_type.object": "group",
  "invalid_type.record": "group",
  "too_small.string": "tooShort",
  "too_big.string": "tooLong",
  "too_small.number": "tooSmall",
  "too_small.int": "tooSmall",
  "too_big.number": "tooBig",
  "too_big.int": "tooBig",
  "too_small.array": "tooFew",
  "too_big.array": "tooMany",
  "invalid_format.email": "email",
  "invalid_format.url": "url",
  "invalid_format.date": "date",
  "invalid_format.datetime": "moment",
  "invalid_format.time": "time",
  "invalid_format.uuid": "id",
  unrecognized_keys: "unknown",
};
