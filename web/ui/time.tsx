import { useEffect, useState, useSyncExternalStore } from "react";

import { dateFormat } from "#web/platform/format.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";

/** How much of an instant is said. */
export type Style = "date" | "day" | "time" | "full";

const styles: Record<Style, Intl.DateTimeFormatOptions> = {
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  day: { weekday: "long", day: "numeric", month: "long" },
  time: { hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  full: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short" },
};

const never = () => () => undefined;

/** The reader's own zone; unknown on the server and until the page has come to life. */
export function useReaderZone(): string | undefined {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => undefined,
  );
}

interface TimeProps {
  /** An instant, as the API gives it. */
  at: string;
  /** The zone in which it happens; the reader's own stands beside it when the clocks differ. */
  zone: string;
  style?: Style;
  className?: string;
}

/** One instant, in its own zone. */
export function Time({ at, zone, style = "full", className }: TimeProps) {
  const locale = useLocale();
  return (
    // The server's and the browser's calendars may differ by a space; the server's text stays.
    <time dateTime={at} className={className} suppressHydrationWarning>
      {dateFormat(locale, { ...styles[style], timeZone: zone }).format(new Date(at))}
    </time>
  );
}

interface SpanProps {
  start: string;
  end: string;
  zone: string;
  /** Leaves out the weekday's line, for cards. */
  short?: boolean;
}

/** From when to when, with its zone, and the reader's own below when their clocks differ. */
export function TimeSpan({ start, end, zone, short }: SpanProps) {
  const locale = useLocale();
  const options: Intl.DateTimeFormatOptions = short
    ? { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }
    : {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        hour: "numeric",
        minute: "2-digit",
        timeZoneName: "short",
      };
  return (
    <>
      <time dateTime={start} suppressHydrationWarning>
        {dateFormat(locale, { ...options, timeZone: zone }).formatRange(new Date(start), new Date(end))}
      </time>
      <ReadersTime start={start} end={end} zone={zone} />
    </>
  );
}

/** The same span where the reader is; nothing when their clock shows the same. */
export function ReadersTime({ start, end = start, zone }: { start: string; end?: string; zone: string }) {
  const words = useWords("ui.time");
  const fill = useFill();
  const locale = useLocale();
  const own = useReaderZone();
  const [from, to] = [new Date(start), new Date(end)];
  if (!own || (clock(from, own) === clock(from, zone) && clock(to, own) === clock(to, zone))) return null;
  const when = dateFormat(locale, {
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: own,
  }).formatRange(from, to);
  return <span className="animate-fade block text-xs text-ink-soft">{fill(words.yours, { when })}</span>;
}

const clock = (at: Date, zone: string) =>
  dateFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(at);

/** A page from a calendar: month above, day below. Decoration beside a whole `Time`. */
export function DateBlock({ at, zone }: { at: string; zone: string }) {
  const locale = useLocale();
  const part = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { ...options, timeZone: zone }).format(new Date(at));
  return (
    <span
      aria-hidden="true"
      className="grid w-12 shrink-0 overflow-hidden rounded-control border border-line bg-surface text-center leading-none"
    >
      <span className="bg-sunken py-1 text-[0.6875rem] font-medium tracking-wide text-accent uppercase">
        {part({ month: "short" })}
      </span>
      <span className="py-1.5 font-serif text-lg tabular">{part({ day: "numeric" })}</span>
    </span>
  );
}

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
  const said = units.slice(left < 60 ? 3 : first, left < 60 ? 4 : first + 2);
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
