import { lookCookie } from "#contract/page.ts";

/** How the reader wants it: as their device says, or always light, or always dark. */
export type Look = "system" | "light" | "dark";

const looks: readonly Look[] = ["system", "light", "dark"];

export const lookFrom = (value: unknown): Look => looks.find((look) => look === value) ?? "system";

/** Read by the server, so that the first paint already has the right ground. */
export function lookOf(request: Request): Look {
  const match = new RegExp(`(?:^|; )${lookCookie}=(\\w+)`).exec(request.headers.get("cookie") ?? "");
  return lookFrom(match?.[1]);
}
