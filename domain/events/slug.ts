/** Words in an event's place of an address that lead elsewhere. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  "series",
  "event-types",
  "slots",
  "public",
  "bookings",
  "booking",
  "analytics",
  "waitlist",
  "schedules",
  "absences",
  "holidays",
  "new",
]);

const looksLikeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether an event may have this address; ids and words that lead elsewhere are none. */
export const mayBeSlug = (slug: string): boolean => !reservedSlugs.has(slug) && !looksLikeId.test(slug);

const most = 60;
const tooLong = new RegExp(`^(?=.{${most + 1}})(.{1,${most}})-.*$`);

/** What of a text can stand in an address: plain letters, digits and single hyphens, whole words to at most 60; may be empty. */
export const plainSlug = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ł", "l")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .replace(tooLong, "$1")
    .slice(0, most);

/** An address made from a title; what is too short begins with `noun`. */
export function slugFrom(title: string, noun = "event"): string {
  const plain = plainSlug(title);
  return plain.length >= 3 && mayBeSlug(plain) ? plain : `${noun}${plain ? `-${plain.slice(0, 50)}` : ""}`;
}

/** Whether a slug was made from a title, as it is or with a mark that tells it from others. */
export const isSlugOf = (slug: string, title: string): boolean => {
  const made = slugFrom(title);
  return slug === made || (slug.startsWith(`${made}-`) && /^[0-9a-f]{6}$/.test(slug.slice(made.length + 1)));
};
