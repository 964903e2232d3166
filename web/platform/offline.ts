import { useEffect } from "react";
import { useRouteLoaderData } from "react-router";

import type { Viewer } from "#contract/page.ts";
import type { Told } from "#web/offline/told.ts";

/** Tells the service worker whose browser this is, and which of their pages to keep for when there is no line. */
export function useKept(pages?: readonly string[], isWhole?: boolean): void {
  const root = useRouteLoaderData<{ viewer: Viewer | null; locale: string }>("root");
  const who = root?.viewer?.userId ?? "nobody";
  const lang = root?.locale;
  const list = pages?.join(" ");
  useEffect(() => {
    if (!lang) return;
    const told: Told = { who, lang, pages: list?.split(" "), isWhole };
    void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(told));
  }, [who, lang, list, isWhole]);
}
