/**
 * Whether visitors may be led on to an address: by https, at a site of the list or a part of one.
 *
 * A name or a password in it, or a port of its own, could make it look like another site, and is refused.
 */
export function mayLeadTo(address: string, sites: readonly string[]): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "" || url.port !== "") return false;
  return sites.some((site) => url.hostname === site || url.hostname.endsWith(`.${site}`));
}
