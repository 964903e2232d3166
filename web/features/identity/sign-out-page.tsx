import { redirect } from "react-router";

import { auth } from "#contract/identity.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/sign-out-page";

export async function action({ context }: Route.ActionArgs) {
  await call(context, auth.logout, {});
  return redirect("/");
}

export const loader = () => redirect("/");
