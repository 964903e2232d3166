import { useEffect, useState } from "react";

import { useFill, useWords } from "#web/platform/words.ts";

interface CountdownProps {
  to: string;
  /** When the page was made: what is shown until it comes to life. A kept page may be older than its reader's visit. */
  now: string;
  onEnd?: () => void;
}

/** How long until then: days and hours from afar, minutes and seconds when it is near. Read aloud by the minute at most. */
export function Countdown({ to, now, onEnd }: CountdownProps) {
  const words = useWords("ui.time");
  const fill = useFill();
  const left = useSecondsLeft(to, now, onEnd);
  const units = [
    { n: Math.floor(left / 86400), says: words.days },
    { n: Math.floor(left / 3600) % 24, says: words.hours },
    { n: Math.floor(left / 60) % 60, says: words.minutes },
    { n: left % 60, says: words.seconds },
  ];
  const first = Math.min(
    2,
    Math.max(
      0,
      units.findIndex(({ n }) => n > 0),
    ),
  );
  const said = units
    .slice(left < 60 ? 3 : first, left < 60 ? 4 : first + 2)
    // From afar nobody needs to hear of no hours; seconds would come and go.
    .filter(({ n }, at) => at === 0 || n > 0 || first === 2);
  return (
    <span role="timer" aria-live="off" className="tabular" suppressHydrationWarning>
      {said.map(({ n, says }) => fill(says, { n })).join(" ")}
    </span>
  );
}

function useSecondsLeft(to: string, now: string, onEnd: (() => void) | undefined): number {
  const end = new Date(to).getTime();
  const [left, setLeft] = useState(() => seconds(end - new Date(now).getTime()));
  useEffect(() => {
    const tick = () => setLeft(seconds(end - Date.now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [end]);
  useEffect(() => {
    if (left === 0) onEnd?.();
  }, [left, onEnd]);
  return left;
}

const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1000));
