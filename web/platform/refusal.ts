import type { Refusal } from "#contract/page.ts";

/**
 * Finds the refusal in whatever was thrown: as a use case throws it, as `call` passes it on, or as an error page receives it.
 *
 * By `code`, never by class: the page bundle and the server each have their own copies of classes.
 */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const carried = "data" in thrown ? thrown.data : thrown;
  if (typeof carried !== "object" || carried === null) return undefined;
  if (!("code" in carried && "details" in carried && typeof carried.code === "string")) return undefined;
  return carried as Refusal;
}
