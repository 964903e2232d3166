import type { RegistrationOptions } from "#contract/registrations.ts";

const name = "plenary_sent";
const minutes = 15;

/** What the page after a guest's registration says: to whom the letter goes. Kept out of the address, which others may read. */
export interface Sent {
  email: string;
  /** Those beside the one who filled in the form. */
  others: number;
  how: How;
}

/** What was asked for, as the form showed it. How it went stands in the letter alone. */
export type How = "take" | "ask" | "wait";

export function keepSent(path: string, { email, others, how }: Sent): string {
  const value = encodeURIComponent(JSON.stringify([email, others, how]));
  return `${name}=${value}; Path=${path}; Max-Age=${minutes * 60}; HttpOnly; SameSite=Lax`;
}

export function readSent(request: Request): Sent | null {
  const value = new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  if (!value) return null;
  try {
    const [email, others, how] = JSON.parse(decodeURIComponent(value)) as unknown[];
    return typeof email === "string" ? { email, others: Number(others) || 0, how: howFrom(how) } : null;
  } catch {
    // Somebody else's cookie by that name.
    return null;
  }
}

export const howFrom = (value: unknown): How => (value === "ask" || value === "wait" ? value : "take");

/** What an event asks of everybody who would come; anyone may see it. */
export function howFor({ state, needsApproval }: Pick<RegistrationOptions, "state" | "needsApproval">): How {
  if (needsApproval) return "ask";
  return state === "waitlist" ? "wait" : "take";
}
