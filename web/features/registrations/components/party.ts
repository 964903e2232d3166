import type { RegistrationOptions, Side, TicketOption } from "#contract/registrations.ts";
import type { FormFailure } from "#web/platform/form.ts";

const place = /^attendees\.(\d+)\.(.+)$/;

/** How many people stand in a form as it was typed. */
export function placesIn(typed: Record<string, string> | undefined): number {
  const indexes = Object.keys(typed ?? {}).flatMap((name) => place.exec(name)?.[1] ?? []);
  return Math.max(1, new Set(indexes).size);
}

/** A way of coming that may be chosen, what is left of it (null without a limit), and what choosing it means. */
export interface Way {
  side: Side;
  left: number | null;
  state: "open" | "waitlist" | "sold_out";
}

type Options = Pick<RegistrationOptions, "sides" | "hasWaitlist" | "needsApproval" | "capacity" | "taken">;

/** The ways of coming with a ticket. */
export function waysOf(options: Options, type: Pick<TicketOption, "sides"> | undefined): Way[] {
  return (type?.sides ?? []).map((side) => {
    const left = options.sides.find((way) => way.side === side)?.left ?? null;
    if (left !== 0 || options.needsApproval) return { side, left, state: "open" };
    return { side, left, state: options.hasWaitlist ? "waitlist" : "sold_out" };
  });
}

/** The way that each of a party comes: what they chose, or else the first that has room. */
export function sidesOf(ways: readonly Way[], chosen: readonly (string | undefined)[]): (Side | undefined)[] {
  const first = (ways.find(({ left }) => left !== 0) ?? ways[0])?.side;
  return chosen.map((side) => ways.find((way) => way.side === side)?.side ?? first);
}

/** Whether all of a party find room together, as far as it can be told before they ask. */
export function fits(
  { capacity, taken }: Options,
  ways: readonly Way[],
  party: readonly (Side | undefined)[],
): boolean {
  const isWithin = (count: number, limit: number | null) => limit === null || count <= limit;
  return (
    isWithin(party.length, capacity === null || taken === null ? null : capacity - taken) &&
    ways.every(({ side, left }) => isWithin(party.filter((one) => one === side).length, left))
  );
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
