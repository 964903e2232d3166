interface Router {
  state: {
    navigation: { state: "idle" | "loading" | "submitting"; location?: Pick<Location, "pathname" | "search" | "hash"> };
  };
}

/**
 * Loads a page whole, when this tab is of an older build and the house no longer has what the page is made of. Stands in
 * for the router's own way, which loads the page again that one is about to leave.
 *
 * What was on its way to be sent is not sent again: there the page that it was typed on is loaded anew, as by the router.
 */
export function land(): void {
  const { navigation } = (window as { __reactRouterDataRouter?: Router }).__reactRouterDataRouter?.state ?? {};
  const { pathname, search, hash } = (navigation?.state === "loading" && navigation.location) || location;
  // Going back has changed the address already; and to where one is, a fragment would load nothing.
  if (pathname + search === location.pathname + location.search) location.reload();
  else location.assign(pathname + search + hash);
}
