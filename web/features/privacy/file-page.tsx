import { redirect } from "react-router";

import { security } from "#contract/security.ts";
import { call, signedIn } from "#web/platform/api.ts";

import type { Route } from "./+types/file-page";

/** Leads to a file of one's data, past the question whether it is them. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const { confirmedUntil } = await call(context, security.get, {});
  if (!confirmedUntil) throw redirect("/me/confirm?next=/me/data");
  throw redirect(`/api/v1/me/exports/${encodeURIComponent(params.id)}/file`);
}
