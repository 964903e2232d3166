import type { ReactNode } from "react";
import { Link, NavLink } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { HomeLink } from "#web/shell/home-link.tsx";
import { LanguageSwitch } from "#web/shell/language-switch.tsx";
import { LookSwitch } from "#web/shell/look-switch.tsx";
import { PersonMenu } from "#web/shell/person-menu.tsx";
import { Main, Progress, SkipLink } from "#web/ui/landmarks.tsx";

/** The public pages: a quiet head, the page, a quiet foot. */
export function Frame({ children }: { children: ReactNode }) {
  const words = useWords("shell.frame");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <Progress />
      <header className="border-b border-line">
        <div className="frame flex h-16 items-center gap-2 max-[23rem]:gap-0.5 sm:gap-6">
          <HomeLink />
          <nav aria-label={words.mainNavigation} className="flex items-center">
            <Place to="/events">
              <span className="max-sm:hidden">{words.browse}</span>
              <span className="sm:hidden">{words.events}</span>
            </Place>
            <Place to="/organize" className="max-sm:hidden">
              {words.organize}
            </Place>
          </nav>
          <PersonMenu />
        </div>
      </header>
      <Main className="flex-1">{children}</Main>
      <Foot />
    </div>
  );
}

function Place({ to, children, className = "" }: { to: string; children: ReactNode; className?: string }) {
  return (
    <NavLink
      to={to}
      className={({ isActive }) =>
        `inline-flex min-h-11 items-center px-3 text-sm font-medium whitespace-nowrap max-[23rem]:px-1 hover:text-ink ${isActive ? "text-ink" : "text-ink-soft"} ${className}`
      }
    >
      {children}
    </NavLink>
  );
}

function Foot() {
  const words = useWords("shell.frame");
  const link = "inline-flex min-h-9 items-center hover:text-ink pointer-coarse:min-h-11";
  return (
    <footer className="mt-16 border-t border-line text-sm text-ink-soft">
      <div className="frame flex flex-wrap items-center gap-x-8 gap-y-4 py-8">
        <div className="me-auto grid gap-0.5">
          <p className="font-serif text-base text-ink">{words.promise}</p>
          <p className="text-xs">{words.openSource}</p>
        </div>
        <nav aria-label={words.footer} className="flex flex-wrap gap-x-6">
          <Link to="/events" className={link}>
            {words.browse}
          </Link>
          <Link to="/organize" className={link}>
            {words.organize}
          </Link>
          <a href="/api/docs" className={link}>
            {words.api}
          </a>
        </nav>
        <LanguageSwitch />
        <LookSwitch />
      </div>
    </footer>
  );
}
