import { redirect } from "react-router";

import { lookCookie } from "#contract/page.ts";
import { lookFrom } from "#web/platform/look.ts";
import { localPath } from "#web/platform/next.ts";

import type { Route } from "./+types/look";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the chosen look, and goes back to where it was chosen. */
export async function action({ request }: Route.ActionArgs) {
  const form = await request.formData();
  const look = lookFrom(form.get("look"));
  const age = look === "system" ? 0 : yearSeconds;
  return redirect(localPath(form.get("back"), "/"), {
    headers: { "Set-Cookie": `${lookCookie}=${look}; Path=/; Max-Age=${age}; SameSite=Lax` },
  });
}

export const loader = () => redirect("/");
