import { Bell as BellIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Link } from "react-router";

import type { bell } from "#contract/notifications.ts";
import type { Viewer } from "#contract/page.ts";
import { channels } from "#contract/paths.gen.ts";
import { useChannel } from "#web/platform/live.ts";
import { useFill, useWords } from "#web/platform/words.ts";

/** How much is new, kept true while the page stands; leads to the notices, with or without script. */
export function Bell({ viewer }: { viewer: Viewer }) {
  const words = useWords("shell.frame");
  const fill = useFill();
  const [count, setCount] = useState({ unread: viewer.unread, ofPage: viewer.unread });
  // What the page was made with anew speaks again.
  if (count.ofPage !== viewer.unread) setCount({ unread: viewer.unread, ofPage: viewer.unread });
  const { unread } = count;
  const isQuiet = useQuiet();
  return (
    <Link
      to="/me/notices"
      aria-label={unread > 0 ? fill(words.noticesNew, { n: unread }) : words.notices}
      className="relative inline-grid size-11 shrink-0 place-items-center rounded-full text-ink-soft hover:text-ink focus-visible:rounded-full"
    >
      <BellIcon aria-hidden="true" className="size-5" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute start-6 top-1 min-w-4.5 rounded-full bg-accent px-1 text-center whitespace-nowrap text-[0.6875rem] leading-4.5 font-semibold text-on-accent tabular"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
      {isQuiet && <Ear userId={viewer.userId} onCount={(now) => setCount(({ ofPage }) => ({ unread: now, ofPage }))} />}
    </Link>
  );
}

/** Hears the bell. A part of its own, so that the line is opened only when the page has nothing better to do. */
function Ear({ userId, onCount }: { userId: string; onCount: (unread: number) => void }) {
  useChannel<typeof bell>(channels.bell, { userId }, { counted: ({ unread }) => onCount(unread) });
  return null;
}

function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    // Safari has no idle callback.
    const wait = window.requestIdleCallback ?? ((done: () => void) => window.setTimeout(done, 500));
    wait(() => setQuiet(true));
  }, []);
  return isQuiet;
}
