import { useSyncExternalStore } from "react";

import { cityOf, isWholeDays, lastMomentOf } from "#domain/time/format.ts";
import { dateFormat, onOneLine, spanText } from "#web/platform/format.ts";
import { useFill, useLocale, useWords, useYear } from "#web/platform/words.ts";

/** How much of an instant is said. */
export type Style = "date" | "time" | "full";

const hour: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
const shortDay: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
const longDay: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

const days: Record<Style, Intl.DateTimeFormatOptions> = {
  date: { day: "numeric", month: "short", year: "numeric" },
  time: {},
  full: shortDay,
};

/** Whether something lasts from midnight to midnight where it is. */
export const lastsAllDay = (start: string, end: string, zone: string): boolean =>
  isWholeDays(new Date(start), new Date(end), zone, clockOf);

const clockOf = (at: Date, timeZone: string) =>
  dateFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);

/** What a zone's clocks are called: by the city, which stays the same in summer and says more than an offset. */
export function useZoneName(): (zone: string, at: Date) => string {
  const words = useWords("ui.time");
  const fill = useFill();
  const locale = useLocale();
  return (timeZone, at) => {
    const city = cityOf(timeZone);
    if (city !== undefined) return fill(words.inZone, { city });
    const parts = dateFormat(locale, { timeZoneName: "short", timeZone }).formatToParts(at);
    return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  };
}

/** Says an instant of which the hour stands last: "18:00" is "18:00 Uhr" in German. */
export function useMoment(): (format: Intl.DateTimeFormat, at: string) => string {
  const words = useWords("ui.time");
  const fill = useFill();
  return (format, at) => onOneLine(fill(words.moment, { when: format.format(new Date(at)) }));
}

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
  /** When it is over: what lasts from midnight to midnight begins at no hour. */
  end?: string | null;
  /** The zone in which it happens; the reader's own stands beside it when the clocks differ. */
  zone: string;
  style?: Style;
  className?: string;
}

/** One instant, in its own zone. */
export function Time({ at, end, zone, style = "full", className }: TimeProps) {
  const locale = useLocale();
  const words = useWords("ui.time");
  const zoneName = useZoneName();
  const moment = useMoment();
  const year = useYear();
  const start = new Date(at);
  const isAllDay = style !== "date" && !!end && lastsAllDay(at, end, zone);
  const clock = style !== "date" && !isAllDay;
  const ofYear = style === "full" && year(zone, at);
  const format = dateFormat(locale, { ...days[style], ...ofYear, ...(clock && hour), timeZone: zone });
  const said = clock ? moment(format, at) : onOneLine(format.format(start));
  const says = style === "time" && isAllDay ? words.allDayAlone : said;
  const more = clock ? ` ${zoneName(zone, start)}` : isAllDay && style !== "time" ? `, ${words.allDay}` : "";
  return (
    // The server's and the browser's calendars may differ by a space; the server's text stays.
    <time dateTime={at} className={className} suppressHydrationWarning>
      {says + more}
    </time>
  );
}

interface SpanProps {
  start: string;
  end: string;
  zone: string;
  /** Says less of the day, for cards. */
  short?: boolean;
}

/** From when to when, with its zone, and the reader's own below when their clocks differ. */
export function TimeSpan({ start, end, zone, short }: SpanProps) {
  const locale = useLocale();
  const words = useWords("ui.time");
  const zoneName = useZoneName();
  const year = useYear();
  const from = new Date(start);
  const isAllDay = lastsAllDay(start, end, zone);
  const last = isAllDay ? lastMomentOf(new Date(end)).toISOString() : end;
  const day = short ? { ...shortDay, ...year(zone, start, last) } : longDay;
  const says = spanText(locale, { ...day, ...(!isAllDay && hour), timeZone: zone }, start, last);
  return (
    <>
      <time dateTime={start} suppressHydrationWarning>
        {`${says}${isAllDay ? `, ${words.allDay},` : ""} ${zoneName(zone, from)}`}
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
  const year = useYear();
  const own = useReaderZone();
  const [from, to] = [new Date(start), new Date(end)];
  if (!own || (clock(from, own) === clock(from, zone) && clock(to, own) === clock(to, zone))) return null;
  // Intl would say "20 Fri – 21 Sat".
  const isOneDay = dayOf(from, own) === dayOf(to, own);
  const day = isOneDay ? ({ weekday: "short" } as const) : { ...shortDay, ...year(own, start, end) };
  const when = spanText(locale, { ...day, ...hour, timeZone: own }, start, end);
  return <span className="animate-fade block text-xs text-ink-soft">{fill(words.yours, { when })}</span>;
}

const clock = (at: Date, zone: string) =>
  dateFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(at);

const dayOf = (at: Date, timeZone: string) => dateFormat("en", { dateStyle: "short", timeZone }).format(at);

/** A page from a calendar: month above, day below, and another year than this one. Decoration beside a whole `Time`. */
export function DateBlock({ at, zone }: { at: string; zone: string }) {
  const locale = useLocale();
  const { year } = useYear()(zone, at);
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
      <span className={`font-serif text-lg tabular ${year ? "pt-1" : "py-1.5"}`}>{part({ day: "numeric" })}</span>
      {year && <span className="pb-1 text-[0.6875rem] text-ink-soft tabular">{part({ year })}</span>}
    </span>
  );
}
