import { mailbox } from "#contract/mailbox.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/mailbox-json-page";

/** The letters for programs, at the address next to the page. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { to, limit, cursor } = Object.fromEntries(new URL(request.url).searchParams);
  return Response.json(await call(context, mailbox.list, { query: { to, limit, cursor } }));
}
