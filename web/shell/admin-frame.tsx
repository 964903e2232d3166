import { Activity, CalendarDays, Inbox, LayoutDashboard, Users } from "lucide-react";
import type { ReactNode } from "react";
import { Outlet, useLocation } from "react-router";

import { reviews } from "#contract/reviews.ts";
import { call } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Console } from "#web/shell/console.tsx";
import { Failure, FailureText } from "#web/shell/failure.tsx";

import type { Route } from "./+types/admin-frame";

export async function loader({ context }: Route.LoaderArgs) {
  // Refused to everybody else, and with it every page in here.
  const { waiting } = await call(context, reviews.queue, { query: { limit: 1 } });
  return { waiting, words: words(context, ["shell.admin"]) };
}

/** Where the people work who run this installation; to everybody else there is nothing here. */
export default function AdminFrame({ loaderData: { waiting } }: Route.ComponentProps) {
  return (
    <AdminsConsole waiting={waiting}>
      <Outlet />
    </AdminsConsole>
  );
}

/** A page that could not be shown says so in the console, as long as that stands. */
export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  if (!loaderData) return <Failure error={error} />;
  return (
    <AdminsConsole waiting={loaderData.waiting}>
      <FailureText error={error} />
    </AdminsConsole>
  );
}

function AdminsConsole({ waiting, children }: { waiting: number; children: ReactNode }) {
  const words = useWords("shell.admin");
  const { pathname } = useLocation();
  const isAt = (...starts: string[]) => starts.some((start) => pathname.startsWith(start));
  const places = [
    { to: "/admin", isHere: pathname === "/admin", Icon: LayoutDashboard, says: words.overview },
    { to: "/admin/review", isHere: isAt("/admin/review"), Icon: Inbox, says: words.review, waiting },
    { to: "/admin/events", isHere: isAt("/admin/events"), Icon: CalendarDays, says: words.events },
    { to: "/admin/users", isHere: isAt("/admin/users"), Icon: Users, says: words.users },
    {
      to: "/admin/health",
      isHere: isAt("/admin/health", "/admin/letters", "/admin/jobs", "/admin/audit", "/admin/settings"),
      Icon: Activity,
      says: words.system,
    },
  ];
  return (
    <Console label={words.navigation} places={places}>
      {children}
    </Console>
  );
}
