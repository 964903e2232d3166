import { isRightToLeft } from "#domain/language/choose.ts";
import { pageOf } from "#web/platform/api.ts";

import type { Route } from "./+types/manifest";

const icon = (name: string, size: number, purpose = "any") => ({
  src: `/icons/${name}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose,
});

/** How this installation stands among somebody's programs. */
export function loader({ context }: Route.LoaderArgs) {
  const { installation, locale, say } = pageOf(context);
  const manifest = {
    id: "/",
    name: installation,
    short_name: installation.slice(0, 12),
    description: say("home.page.description"),
    lang: locale,
    dir: isRightToLeft(locale) ? "rtl" : "ltr",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fcfaf6",
    theme_color: "#fcfaf6",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      icon("icon-192", 192),
      icon("icon-512", 512),
      icon("maskable-512", 512, "maskable"),
    ],
    shortcuts: [{ name: say("shell.frame.mine"), url: "/me" }],
  };
  return Response.json(manifest, {
    headers: { "content-type": "application/manifest+json", "cache-control": "private, max-age=3600" },
  });
}
