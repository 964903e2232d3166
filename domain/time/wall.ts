/** A wall time without a zone: `2030-05-01T19:30`, seconds allowed. */
export type WallTime = string;

const wallShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

// To ask costs more than all else that a question for free times does with its words.
const knownZones = new Set<string>();
const mostZones = 2000;

/** Whether a text names a time zone of the IANA data. Bare offsets such as `+02:00` are none: they know no summer. */
export function isZone(text: string): boolean {
  if (knownZones.has(text)) return true;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(text)) return false;
  try {
    // Not of Intl: it knows short names such as `IST`, by which nothing here could reckon.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    if (knownZones.size < mostZones) knownZones.add(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is a wall time on a date that exists. */
export function isWallTime(text: string): boolean {
  if (!wallShape.test(text)) return false;
  try {
    Temporal.PlainDateTime.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Turns a wall time in a zone into an instant.
 *
 * Around a change of the clocks the offset in force before the change is used: a time that does not exist moves
 * forward by the gap, one that exists twice is the earlier one.
 */
export function toInstant(wall: WallTime, zone: string): Date {
  const zoned = Temporal.PlainDateTime.from(wall, { overflow: "reject" }).toZonedDateTime(zone, {
    disambiguation: "compatible",
  });
  return new Date(zoned.epochMilliseconds);
}

/** The wall time that clocks in a zone show at an instant, to the minute unless it has seconds. */
export function toWall(instant: Date, zone: string): WallTime {
  const plain = zonedAt(instant, zone).toPlainDateTime();
  return plain.toString({ smallestUnit: plain.second === 0 ? "minute" : "second" });
}

/** The calendar date in a zone at an instant, `2030-05-01`. */
export const dateAt = (instant: Date, zone: string): string => zonedAt(instant, zone).toPlainDate().toString();

const zonedAt = (instant: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
