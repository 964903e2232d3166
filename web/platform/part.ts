import { lazy } from "react";

/**
 * `lazy`, for a part that comes only where it is needed. In a tab of an older build the house may no longer have it: then
 * the page is loaded whole, once for each build, since a part that is missing from the newest one comes by no reload.
 */
export const part: typeof lazy = (load) => lazy(() => load().catch(afresh));

const key = "afresh";

async function afresh(error: unknown): Promise<never> {
  const { version } = (window as { __reactRouterManifest?: { version: string } }).__reactRouterManifest ?? {};
  // Where nobody answers, loading again would leave nothing at all.
  const isLost = version === undefined || sessionStorage.getItem(key) === version || !(await fetch(location.href)).ok;
  if (isLost) throw error;
  sessionStorage.setItem(key, version);
  location.reload();
  // Until it is there, the page stays as it is.
  return new Promise(() => undefined);
}
