import { Activity, LayoutDashboard } from "lucide-react";
import { Outlet, useLocation } from "react-router";

import { pageOf, refuse } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Console } from "#web/shell/console.tsx";
import { Failure } from "#web/shell/failure.tsx";

import type { Route } from "./+types/admin-frame";

export function loader({ context }: Route.LoaderArgs) {
  if (!pageOf(context).viewer?.isAdmin) throw refuse({ code: "route.not_found", message: "", details: {} });
  return { words: words(context, ["shell.admin"]) };
}

/** Where the people work who run this installation; to everybody else there is nothing here. */
export default function AdminFrame() {
  const words = useWords("shell.admin");
  const { pathname } = useLocation();
  const isAt = (...starts: string[]) => starts.some((start) => pathname.startsWith(start));
  const places = [
    { to: "/admin", isHere: pathname === "/admin", Icon: LayoutDashboard, says: words.overview },
    {
      to: "/admin/health",
      isHere: isAt("/admin/health", "/admin/letters", "/admin/jobs", "/admin/audit", "/admin/settings"),
      Icon: Activity,
      says: words.system,
    },
  ];
  return (
    <Console label={words.navigation} places={places}>
      <Outlet />
    </Console>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <Failure error={error} />;
}
