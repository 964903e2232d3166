import { redirect } from "react-router";

import { type Security, security } from "#contract/security.ts";
import { call, pathAsked, signedIn } from "#web/platform/api.ts";

type Context = Parameters<typeof call>[0];

/** For loaders of pages that change how one signs in: who has not shown lately that it is them does that first. */
export async function confirmed(context: Context, request: Request): Promise<Security> {
  signedIn(context, request);
  const found = await call(context, security.get, {});
  if (!found.confirmedUntil) throw askFirst(request);
  return found;
}

/** Leads to the page that asks for the password once more, and back. */
export function askFirst(request: Request): Response {
  return redirect(`/me/confirm?next=${encodeURIComponent(pathAsked(request))}`);
}
