import { feeds } from "#contract/feeds.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/atom-page";

/** An organizer's feed, at the address next to their page. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const body = await call(context, feeds.atom, { params: { id: params.organizerSlug } });
  return new Response(body, {
    headers: { "content-type": feeds.atom.media ?? "", "cache-control": "public, max-age=300" },
  });
}
