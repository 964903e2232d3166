/** What the clocks of a zone show at an instant, as a date-time field wants it: `2026-12-03T18:00`. */
export function wallIn(at: string | null, zone: string): string {
  if (at === null) return "";
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

const day = 86_400_000;

/**
 * What becomes of a time typed for a zone: itself, or as much later as the clocks leap over it.
 *
 * The same as the house does when it saves, for browsers that have no `Temporal` yet. What is no time, or for no zone,
 * stays what it is.
 */
export function keptBy(typed: string, zone: string): string {
  const asUtc = Date.parse(`${typed}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed) || Number.isNaN(asUtc)) return typed;
  try {
    const [before, after] = [asUtc - day, asUtc + day].map((near) => {
      const offset = Date.parse(`${wallIn(new Date(near).toISOString(), zone)}Z`) - near;
      return wallIn(new Date(asUtc - Math.round(offset / 60_000) * 60_000).toISOString(), zone);
    });
    return after === typed || before === undefined ? typed : before;
  } catch {
    return typed;
  }
}
