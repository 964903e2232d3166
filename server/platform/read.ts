import type { z } from "zod";

import { faultsOf, Problem } from "#server/platform/problem.ts";

/** Reads what a caller sent, by HTTP or by socket, or refuses it with what is wrong where. */
export function read<S extends z.ZodType>(schema: S, value: unknown, ...part: string[]): z.output<S> {
  const unwritable = findUnwritable(value, part);
  if (unwritable) throw new Problem("request.invalid", { fields: [{ at: unwritable.join("."), code: "characters" }] });
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new Problem("request.invalid", { fields: faultsOf(result.error, ...part) });
}

const deepest = 20;

/** Where a text has what no database can keep: a NUL, or half of a character. */
function findUnwritable(value: unknown, at: string[], depth = 0): string[] | undefined {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? at : undefined;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined;
  if (depth > deepest) return at;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnwritable(key, at) ?? findUnwritable(inner, [...at, key], depth + 1);
    if (found) return found;
  }
  return undefined;
}
