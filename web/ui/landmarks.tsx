import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useLocation, useNavigation } from "react-router";

import { useWords } from "#web/platform/words.ts";

/** The first thing a keyboard meets: past the head of the page, to its content. */
export function SkipLink() {
  const words = useWords("shell.frame");
  return (
    <a
      href="#content"
      className="fixed start-3 top-3 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2.5 text-sm font-medium text-on-accent not-focus:opacity-0 focus:translate-y-0"
    >
      {words.skip}
    </a>
  );
}

/** The page itself. Moves the keyboard and the screen reader along when the page changes without the browser loading it. */
export function Main({ children, className = "" }: { children: ReactNode; className?: string }) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useKeptPlace(main);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // Unless the page has a field that is to be written in first.
    if (!main.current?.querySelector(":is(input, textarea):focus")) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main ref={main} id="content" tabIndex={-1} className={`outline-none ${className}`}>
      {children}
    </main>
  );
}

/**
 * What the keyboard is on may go with what it did: a button that takes back what can then be taken back no more. It stays
 * with what stood around it; else it would start again at the top of the page.
 */
function useKeptPlace(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const page = main.current;
    if (!page) return;
    let path: HTMLElement[] = [];
    const note = ({ target }: FocusEvent) => {
      path = [];
      for (let at = target as HTMLElement | null; at && at !== page; at = at.parentElement) path.push(at);
    };
    const watch = new MutationObserver(() => {
      if (document.activeElement !== document.body || path.length === 0 || path[0]?.checkVisibility()) return;
      const around = path.find((one) => one.checkVisibility()) ?? page;
      path = [];
      around.tabIndex = -1;
      around.focus({ preventScroll: true });
    });
    page.addEventListener("focusin", note);
    watch.observe(page, { childList: true, subtree: true });
    return () => {
      page.removeEventListener("focusin", note);
      watch.disconnect();
    };
  }, [main]);
}

/** A hairline that runs along the top while a page takes its time. */
export function Progress() {
  const words = useWords("shell.frame");
  const { state } = useNavigation();
  if (state === "idle") return null;
  return (
    <div
      role="progressbar"
      aria-live="polite"
      aria-label={words.loading}
      className="progress fixed inset-x-0 top-0 z-50 h-0.5 bg-accent"
    />
  );
}
