import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { HomeLink } from "#web/shell/home-link.tsx";
import { PersonMenu } from "#web/shell/person-menu.tsx";
import { Main, Progress, SkipLink } from "#web/ui/landmarks.tsx";

/** A place of a console: where it is, and how much waits there. */
export interface ConsolePlace {
  to: string;
  isHere: boolean;
  Icon: LucideIcon;
  says: string;
  waiting?: number;
}

/** Where people work: places on the left, on a phone below at the thumb. */
export function Console({
  label,
  places,
  children,
}: {
  label: string;
  places: readonly ConsolePlace[];
  children: ReactNode;
}) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
      <SkipLink />
      <Progress />
      <header className="flex items-center gap-3 border-line px-4 max-lg:h-16 max-lg:border-b lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:items-stretch lg:gap-8 lg:border-e lg:px-4 lg:py-5">
        <HomeLink className="px-2" />
        <nav
          aria-label={label}
          className="z-20 flex border-line bg-paper max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:border-t max-lg:pb-[env(safe-area-inset-bottom)] lg:flex-1 lg:flex-col lg:gap-1"
        >
          {places.map((place) => (
            <Place key={place.to} {...place} />
          ))}
        </nav>
        <PersonMenu named />
      </header>
      <Main className="min-w-0 max-lg:pb-20">
        <div className="console max-w-[68rem] px-4 py-6 sm:px-8 sm:py-10">{children}</div>
      </Main>
    </div>
  );
}

function Place({ to, isHere, Icon, says, waiting = 0 }: ConsolePlace) {
  return (
    <Link
      to={to}
      aria-current={isHere ? "page" : undefined}
      className={
        "relative flex items-center gap-3 rounded-[8px] font-medium focus-visible:rounded-[8px] max-lg:min-h-14 max-lg:min-w-0 max-lg:flex-1 max-lg:flex-col max-lg:gap-0.5 max-lg:pt-2.5 max-lg:text-center max-lg:leading-tight " +
        "text-ink-soft hover:text-ink aria-[current]:text-accent max-lg:text-[0.6875rem] max-sm:tracking-[-0.03em] sm:max-lg:text-xs lg:min-h-10 lg:px-3 lg:text-sm lg:hover:bg-ink/5 lg:aria-[current]:bg-wash"
      }
    >
      <Icon aria-hidden="true" className="size-5 lg:size-4.5" />
      {says}
      {waiting > 0 && (
        <span className="rounded-full bg-accent px-1.5 text-xs leading-5 font-medium text-on-accent tabular max-lg:absolute max-lg:start-1/2 max-lg:top-1.5 max-lg:ms-1.5 lg:ms-auto">
          {waiting}
        </span>
      )}
    </Link>
  );
}
