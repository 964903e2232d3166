import { CalendarCheck, CalendarClock, CalendarDays, Clock, Settings } from "lucide-react";
import { Outlet, useLocation } from "react-router";

import { signedIn } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Console } from "#web/shell/console.tsx";
import { FailureText } from "#web/shell/failure.tsx";

import type { Route } from "./+types/console-frame";

export function loader({ context, request }: Route.LoaderArgs) {
  signedIn(context, request);
  return { words: words(context, ["shell.console"]) };
}

/** Where organizers work. */
export default function ConsoleFrame() {
  const words = useWords("shell.console");
  const { pathname } = useLocation();
  const isAt = (path: string) => pathname.startsWith(path);
  const isAtSettings = isAt("/organize/settings") || isAt("/organize/team");
  const places = [
    {
      to: "/organize",
      isHere: isAt("/organize") && !isAtSettings,
      Icon: CalendarDays,
      says: words.events,
    },
    {
      to: "/bookings",
      isHere: ["/bookings", "/analytics", "/waitlist"].some(isAt),
      Icon: CalendarCheck,
      says: words.bookings,
    },
    { to: "/event-types", isHere: isAt("/event-types"), Icon: CalendarClock, says: words.eventTypes },
    { to: "/availability", isHere: isAt("/availability"), Icon: Clock, says: words.availability },
    { to: "/organize/settings", isHere: isAtSettings, Icon: Settings, says: words.settings },
  ];
  return (
    <Console label={words.navigation} places={places}>
      <Outlet />
    </Console>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FailureText error={error} />;
}
