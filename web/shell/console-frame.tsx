import { CalendarDays, Settings } from "lucide-react";
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
  const isSettings = useLocation().pathname.startsWith("/organize/settings");
  const places = [
    { to: "/organize", isHere: !isSettings, Icon: CalendarDays, says: words.events },
    { to: "/organize/settings", isHere: isSettings, Icon: Settings, says: words.settings },
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
