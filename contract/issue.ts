import type { z } from "zod";

/** What a value of ours can lack beyond its type; each has its sentence at `ui.problem.<name>`. */
const names = [
  "answers",
  "date_twice",
  "language",
  "minute",
  "moment",
  "one_of_two",
  "phone",
  "region",
  "reversed",
  "slug",
  "span",
  "time",
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
export const valuesOfIssue = (issue: z.core.$ZodIssue): Record<string, number> =>
  issue.code === "custom" ? ((issue.params ?? {}) as Record<string, number>) : {};
