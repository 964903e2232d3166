import { pageOf } from "#web/platform/api.ts";

import type { Route } from "./+types/robots-page";

const closed = ["/organize", "/admin", "/me", "/t/", "/live/", "/dev/", "/verify", "/reset", "/api/"];

/** What search engines may read, and where the map is. Pictures of events are shown beside links to them. */
export function loader({ context }: Route.LoaderArgs) {
  const lines = ["User-agent: *", "Allow: /api/v1/events/*/preview.png", "Allow: /api/v1/files/", "Allow: /api/docs"];
  const body = [
    ...lines,
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${pageOf(context).publicUrl}/sitemap.xml`,
    "",
  ];
  return new Response(body.join("\n"), {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}
