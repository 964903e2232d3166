import { feeds } from "#contract/feeds.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/sitemap-part-page";

/** One part of the map. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const body = await call(context, feeds.sitemapPart, {
    query: { after: new URL(request.url).searchParams.get("after") ?? undefined },
  });
  return new Response(body, {
    headers: { "content-type": feeds.sitemapPart.media ?? "", "cache-control": "public, max-age=3600" },
  });
}
