import { Outlet } from "react-router";

import { useWords, words } from "#web/platform/words.ts";
import { TabLinks } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/system-page";

/** The frame of all that keeps the installation running. */
export function loader({ context }: Route.LoaderArgs) {
  return { words: words(context, ["admin.system"]) };
}

export default function SystemPage() {
  const words = useWords("admin.system");
  const tabs = (["health", "letters", "jobs", "audit", "settings"] as const).map((part) => ({
    to: `/admin/${part}`,
    label: words[part],
  }));
  return (
    <>
      <PageHeader title={words.title} />
      <TabLinks label={words.tabs} tabs={tabs} />
      <Outlet />
    </>
  );
}
