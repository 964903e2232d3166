import type { z } from "zod";

/** What a value lacks, by name: Zod's own, or the one that a `refine` of ours gives as `params.code`. */
export function codeOfIssue(issue: z.core.$ZodIssue): string {
  const named = issue.code === "custom" ? issue.params?.code : undefined;
  return typeof named === "string" ? named : issue.code;
}
