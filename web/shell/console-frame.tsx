import { CalendarCheck, CalendarClock, CalendarDays, Clock, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Outlet, useLocation } from "react-router";

import { organize } from "#contract/organize.ts";
import { organizers } from "#contract/organizers.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Console } from "#web/shell/console.tsx";
import { Failure, FailureText } from "#web/shell/failure.tsx";

import type { Route } from "./+types/console-frame";

export async function loader({ context, request }: Route.LoaderArgs) {
  signedIn(context, request);
  return { helpsOnly: await helpsOnly(context), words: words(context, ["shell.console"]) };
}

/** Named for events of others, without anything of their own to be booked or set. */
async function helpsOnly(context: Route.LoaderArgs["context"]): Promise<boolean> {
  const { items } = await call(context, organizers.mine, {});
  if (items.length > 0) return false;
  const { counts } = await call(context, organize.overview, { query: {} });
  return counts.upcoming + counts.past + counts.drafts > 0;
}

/** Where organizers work. */
export default function ConsoleFrame({ loaderData: { helpsOnly } }: Route.ComponentProps) {
  return (
    <OrganizersConsole helpsOnly={helpsOnly}>
      <Outlet />
    </OrganizersConsole>
  );
}

/** A page that could not be shown says so in the console, as long as that stands. */
export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  if (!loaderData) return <Failure error={error} />;
  return (
    <OrganizersConsole helpsOnly={loaderData.helpsOnly}>
      <FailureText error={error} />
    </OrganizersConsole>
  );
}

function OrganizersConsole({ helpsOnly, children }: { helpsOnly: boolean; children: ReactNode }) {
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
    <Console label={words.navigation} places={helpsOnly ? places.slice(0, 1) : places}>
      {children}
    </Console>
  );
}
