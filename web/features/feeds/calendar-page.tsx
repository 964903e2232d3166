import { feeds } from "#contract/feeds.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/calendar-page";

/** An organizer's calendar, at the address next to their page. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const body = await call(context, feeds.calendar, { params: { id: params.organizerSlug } });
  return new Response(body, {
    headers: { "content-type": feeds.calendar.media ?? "", "cache-control": "public, max-age=300" },
  });
}
