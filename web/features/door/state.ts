import type { CheckIn } from "#contract/tickets.ts";

/** What the door says about the last ticket: green, amber, red, or that something was taken back. */
export type Verdict =
  | { kind: "in"; checkIn: CheckIn }
  | { kind: "used"; name: string; at: string; gate: string }
  | { kind: "no"; code: string; name?: string; status?: string; because?: string }
  | { kind: "undone"; name: string }
  | { kind: "offline" };

export interface Sighting {
  code: string;
  at: number;
}

/** A ticket stays before the camera for a while; it is asked about once, until it was away for this long. */
const awayMs = 2500;

/** Whether a code in the picture is news, or the one that was just dealt with and is still being held up. */
export const isNews = (last: Sighting | null, seen: Sighting): boolean =>
  last === null || last.code !== seen.code || seen.at - last.at > awayMs;

/** Reads a refusal of the house as a verdict. */
export function verdictOf({ code, details }: { code: string; details: Record<string, unknown> }): Verdict {
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const name = text(details.name);
  if (code === "check_in.used") {
    return { kind: "used", name: name ?? "", at: text(details.at) ?? "", gate: text(details.gate) ?? "" };
  }
  if (code === "internal") return { kind: "offline" };
  if (code === "check_in.unknown_code" && details.isCode === false) return { kind: "no", code: "no_code" };
  return { kind: "no", code, name, status: text(details.registrationStatus), because: text(details.because) };
}

/** The ones let in last, newest first; somebody taken back is not among them. */
export function withCheckIn(recent: readonly CheckIn[], checkIn: CheckIn): CheckIn[] {
  return [checkIn, ...recent.filter(({ registrationId }) => registrationId !== checkIn.registrationId)].slice(0, 20);
}
