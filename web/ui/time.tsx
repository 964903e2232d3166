import { useSyncExternalStore } from "react";

import { dateFormat, spanText } from "#web/platform/format.ts";
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
        {spanText(locale, { ...options, timeZone: zone }, start, end)}
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
