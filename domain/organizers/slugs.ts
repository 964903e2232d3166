import { plainSlug } from "#domain/events/slug.ts";

/**
 * Words at the beginning of an address that are pages, or may become some: no organizer can have them.
 *
 * A test holds the list of pages against this one.
 */
export const reservedSlugs: ReadonlySet<string> = new Set([
  ...["events", "event-types", "bookings", "booking", "analytics", "waitlist", "series", "slots", "public"],
  ...["calendar", "availability"],
  ...["me", "organize", "admin", "live", "api", "dev", "look", "recorder", "embed", "widget", "feeds", "webhooks"],
  ...[
    "sign-up",
    "sign-in",
    "sign-out",
    "login",
    "logout",
    "register",
    "verify",
    "forgot",
    "forget",
    "reset",
    "account",
    "auth",
  ],
  ...[
    "t",
    "o",
    "e",
    "tickets",
    "orders",
    "offers",
    "claim",
    "checkout",
    "invite",
    "team-invite",
    "unsubscribe",
    "payments",
    "registrations",
  ],
  ...["assets", "static", "files", "icons", "fonts", "images", "favicon", "manifest", "robots", "sitemap", "sw"],
  ...["health", "ready", "metrics", "status", "problems", "channels", "rtc", "whip", "twirp", "socket", "oauth"],
  ...["about", "help", "docs", "blog", "news", "contact", "support", "pricing", "plans", "privacy", "terms", "legal"],
  ...[
    "security",
    "imprint",
    "conduct",
    "discover",
    "explore",
    "search",
    "categories",
    "organizers",
    "people",
    "settings",
  ],
  ...["new", "edit", "language", "offline", "www", "mail", "plenary", "root", "system", "null", "undefined"],
]);

const looksLikeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shape = /^[a-z0-9](-?[a-z0-9])*$/;

/** Whether an organizer may have this address: 3 to 60 plain letters, digits and single hyphens, no page, no id. */
export const mayBeOrganizerSlug = (slug: string): boolean =>
  slug.length >= 3 && slug.length <= 60 && shape.test(slug) && !looksLikeId.test(slug) && !reservedSlugs.has(slug);

/** An address made from a name; where the name gives none, it begins with `host`. */
export function organizerSlugFrom(name: string): string {
  const plain = plainSlug(name);
  if (mayBeOrganizerSlug(plain)) return plain;
  const prefixed = ["host", plain].filter(Boolean).join("-").slice(0, 60).replace(/-+$/, "");
  return mayBeOrganizerSlug(prefixed) ? prefixed : "host";
}
