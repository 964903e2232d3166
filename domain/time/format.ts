/** Says when something is, for people: `Wed, 1 May 2030, 18:00 – 20:00 CEST`. The zone always stands beside the time. */
export function formatRange(start: Date, end: Date, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${format.formatRange(start, end)} ${zoneName(start, zone, locale)}`;
}

/** Says one instant, for people, with its zone. */
export function formatInstant(at: Date, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: hourIn(locale),
    minute: "2-digit",
  });
  return `${format.format(at)} ${zoneName(at, zone, locale)}`;
}

/** Ranges drop the zero before an hour on twelve-hour clocks by themselves; one instant has to be told. */
const hourIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 ? "numeric" : "2-digit";

/** The hour and minute on the clocks of a zone, `14:02`. */
export const formatClock = (at: Date, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** What the clocks of a zone are called at an instant: `CEST`, `GMT-5`. */
export function zoneName(at: Date, zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** Whether two zones show the same time at an instant, so that a reader's own need not stand beside the other. */
export const showsSameTime = (at: Date, zone: string, other: string): boolean =>
  offsetOf(at, zone) === offsetOf(at, other);

const offsetOf = (at: Date, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds;
