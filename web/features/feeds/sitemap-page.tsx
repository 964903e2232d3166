import { feeds } from "#contract/feeds.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/sitemap-page";

/** The map of all pages, where search engines look for it. */
export async function loader({ context }: Route.LoaderArgs) {
  const body = await call(context, feeds.sitemap, {});
  return new Response(body, {
    headers: { "content-type": feeds.sitemap.media ?? "", "cache-control": "public, max-age=3600" },
  });
}
