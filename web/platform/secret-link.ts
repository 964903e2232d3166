import { refusalOf } from "#web/platform/refusal.ts";

/**
 * For pages whose address is a key: it must not travel to others in a `Referer`, nor into a search engine. (`no-referrer`
 * would take the `Origin` from the page's own forms, too, and they would be refused.)
 */
export const secretHeaders = () => ({ "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow" });

/** What a link opens; nothing for one that is old, torn or void. */
export async function opened<T>(opening: Promise<T>): Promise<T | null> {
  try {
    return await opening;
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.link_invalid" || code === "request.invalid") return null;
    throw thrown;
  }
}
