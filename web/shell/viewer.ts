import { useRouteLoaderData } from "react-router";

import type { Viewer } from "#contract/page.ts";

interface RootData {
  viewer: Viewer | null;
  locale: string;
  region: string;
  /** Which it may be, each by its own name. */
  languages: { tag: string; name: string }[];
  publicUrl: string;
  /** Its name, as its admins have it. */
  installation: string;
  now: string;
  look: "system" | "light" | "dark";
}

export const useRoot = () => useRouteLoaderData<RootData>("root");

/** Who looks at this page, or nobody known. */
export const useViewer = (): Viewer | null => useRoot()?.viewer ?? null;

/** Where tabs hear that nobody is signed in any more. */
export const signedOut = "signed-out";
