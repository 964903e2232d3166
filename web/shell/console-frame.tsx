import { CalendarDays, type LucideIcon, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Link, Outlet, useLocation } from "react-router";

import { signedIn } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { FailureText } from "#web/shell/failure.tsx";
import { PersonMenu } from "#web/shell/person-menu.tsx";
import { Main, Progress, SkipLink } from "#web/ui/landmarks.tsx";
import { Logo } from "#web/ui/logo.tsx";

import type { Route } from "./+types/console-frame";

export function loader({ context, request }: Route.LoaderArgs) {
  signedIn(context, request);
  return { words: words(context, ["shell.console"]) };
}

export default function ConsoleFrame() {
  return (
    <Console>
      <Outlet />
    </Console>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FailureText error={error} />;
}

/** Where organizers work: places on the left, on a phone below at the thumb. */
function Console({ children }: { children: ReactNode }) {
  const words = useWords("shell.console");
  const frame = useWords("shell.frame");
  const isSettings = useLocation().pathname.startsWith("/organize/settings");
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
      <SkipLink />
      <Progress />
      <header className="flex items-center gap-3 border-line px-4 max-lg:h-16 max-lg:border-b lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-8 lg:border-e lg:px-4 lg:py-5">
        <Link to="/" aria-label={frame.home} className="me-auto inline-flex min-h-11 items-center px-2 text-ink">
          <Logo name={frame.name} />
        </Link>
        <nav
          aria-label={words.navigation}
          className="z-10 flex border-line bg-paper max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:border-t max-lg:pb-[env(safe-area-inset-bottom)] lg:flex-1 lg:flex-col lg:gap-1"
        >
          <Place to="/organize" isHere={!isSettings} Icon={CalendarDays} says={words.events} />
          <Place to="/organize/settings" isHere={isSettings} Icon={Settings} says={words.settings} />
        </nav>
        <PersonMenu named />
      </header>
      <Main className="min-w-0 max-lg:pb-20">
        <div className="console max-w-[68rem] px-4 py-6 sm:px-8 sm:py-10">{children}</div>
      </Main>
    </div>
  );
}

function Place({ to, isHere, Icon, says }: { to: string; isHere: boolean; Icon: LucideIcon; says: string }) {
  return (
    <Link
      to={to}
      aria-current={isHere ? "page" : undefined}
      className={
        "flex items-center gap-3 rounded-[8px] font-medium focus-visible:rounded-[8px] max-lg:min-h-14 max-lg:flex-1 max-lg:flex-col max-lg:justify-center max-lg:gap-0.5 " +
        "text-ink-soft hover:text-ink aria-[current]:text-accent max-lg:text-xs lg:min-h-10 lg:px-3 lg:text-sm lg:hover:bg-ink/5 lg:aria-[current]:bg-wash"
      }
    >
      <Icon aria-hidden="true" className="size-5 lg:size-4.5" />
      {says}
    </Link>
  );
}
