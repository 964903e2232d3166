import type { FormFailure } from "#web/platform/form.ts";

const place = /^attendees\.(\d+)\.(.+)$/;

/** How many people stand in a form as it was typed. */
export function placesIn(typed: Record<string, string> | undefined): number {
  const indexes = Object.keys(typed ?? {}).flatMap((name) => place.exec(name)?.[1] ?? []);
  return Math.max(1, new Set(indexes).size);
}

/**
 * The form as it was typed, with one person more (`add`) or without one (`remove.2`): what its buttons do where no script
 * runs. It comes back as an answer without a code, which is nothing to complain about.
 */
export function reshape(form: FormData, intent: string): FormFailure {
  const left = Number(/^remove\.(\d+)$/.exec(intent)?.[1] ?? Number.NaN);
  const typed: Record<string, string> = {};
  for (const [name, value] of form) {
    const [, index, field] = place.exec(name) ?? [];
    if (typeof value !== "string" || Number(index) === left) continue;
    const moved = index === undefined || Number(index) < left || Number.isNaN(left) ? index : Number(index) - 1;
    typed[field === undefined ? name : `attendees.${moved}.${field}`] = value;
  }
  if (intent === "add") typed[`attendees.${placesIn(typed)}.name`] = "";
  return { ok: false, code: "", message: "", details: {}, fields: {}, typed };
}
