/** The words that go with a time: `{city} time`, `all day` and, of one instant, `{when} Uhr`, in the reader's language. */
export interface TimeWords {
  zone: (city: string) => string;
  moment: (when: string) => string;
  allDay: string;
}

/** Says when something is, for people: `Wed, 1 May 2030, 18:00 – 20:00 Berlin time`. The zone always stands beside the time. */
export function formatRange(start: Date, end: Date, zone: string, locale: string, words: TimeWords): string {
  if (isWholeDays(start, end, zone)) {
    const days = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "short",
      day: "numeric",
    });
    return `${days.formatRange(start, lastMomentOf(end))}, ${words.allDay}, ${nameOf(start, zone, locale, words)}`;
  }
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${format.formatRange(start, end)} ${nameOf(start, zone, locale, words)}`;
}

/** Says one instant, for people, with its zone; and with its year, since nobody knows when a letter is read. */
export function formatInstant(at: Date, zone: string, locale: string, words: TimeWords): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: hourIn(locale),
    minute: "2-digit",
  });
  return `${words.moment(format.format(at))} ${nameOf(at, zone, locale, words)}`;
}

/** Ranges drop the zero before an hour on twelve-hour clocks by themselves; one instant has to be told. */
const hourIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 ? "numeric" : "2-digit";

/** The hour and minute on the clocks of a zone, `14:02`. */
export const formatClock = (at: Date, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** The city whose clocks a zone goes by, `Berlin`; nothing for a zone that belongs to no place, such as UTC. */
export function cityOf(zone: string): string | undefined {
  const [area, ...places] = zone.split("/");
  return area === "Etc" ? undefined : places.at(-1)?.replaceAll("_", " ");
}

/** What the clocks of a zone are called: by its city, which says more than an offset and stays the same in summer. */
function nameOf(at: Date, zone: string, locale: string, words: TimeWords): string {
  const city = cityOf(zone);
  if (city !== undefined) return words.zone(city);
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

const nearlyADayMs = 23 * 3_600_000;

/** Whether a span is one of whole days: from midnight to midnight, or to the last minute before it. */
export function isWholeDays(start: Date, end: Date, zone: string, clock: typeof formatClock = formatClock): boolean {
  if (end.getTime() - start.getTime() < nearlyADayMs) return false;
  return clock(start, zone, "en") === "00:00" && ["00:00", "23:59"].includes(clock(end, zone, "en"));
}

/** A moment on the last day of a span: the midnight at its end is on the next one. */
export const lastMomentOf = (end: Date): Date => new Date(end.getTime() - 1);
