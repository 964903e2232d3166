import { redirect } from "react-router";

import { keepHalfway } from "#web/features/identity/components/second-cookie.ts";

/** Leads on to the second factor, if that is what a way in was refused for. */
export function onToSecond(
  { code, details }: { code: string; details: Record<string, unknown> },
  next: string,
): Response | undefined {
  if (code !== "auth.second_step" || typeof details.step !== "string") return undefined;
  return redirect("/sign-in/second", { headers: { "Set-Cookie": keepHalfway({ step: details.step, next }) } });
}
