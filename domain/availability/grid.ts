import type { Windows } from "#domain/availability/windows.ts";
import { midnightOf, type Offsets } from "#domain/availability/zone.ts";
import { type Day, day, minute } from "#domain/time/days.ts";

export interface Steps {
  durationMinutes: number;
  /** Distance of the starts; the duration unless told otherwise. */
  intervalMinutes?: number | undefined;
  /** A pause before every slot. */
  offsetMinutes?: number | undefined;
}

/**
 * The starts that a grid has in its windows, `from` included, `to` not (R9–R11).
 *
 * Each window begins a grid at its opening, and a new one at both ends of every whole day that it covers.
 */
export function startsOf(
  windows: Windows,
  steps: Steps,
  zone: Offsets,
  { from, to }: { from: number; to: number },
): number[] {
  const duration = steps.durationMinutes * minute;
  const offset = (steps.offsetMinutes ?? 0) * minute;
  const step = (steps.intervalMinutes ?? steps.durationMinutes) * minute + offset;
  if (!(duration > 0 && step > 0 && offset >= 0)) return [];
  const starts: number[] = [];
  for (let w = 0; w < windows.length; w += 2) {
    const closes = windows[w + 1] ?? 0;
    if (closes <= from) continue;
    const beginnings = beginningsIn(windows[w] ?? 0, closes, zone);
    for (let b = 0; b < beginnings.length; b++) {
      const first = (beginnings[b] ?? 0) + offset;
      const end = Math.min(beginnings[b + 1] ?? closes, to, closes - duration + 1);
      const skipped = first < from ? Math.ceil((from - first) / step) : 0;
      for (let start = first + skipped * step; start < end; start += step) starts.push(start);
    }
  }
  return starts;
}

/** Where grids begin in one window: at its opening, and at both ends of each whole day of the zone. */
export function beginningsIn(opens: number, closes: number, zone: Offsets): number[] {
  const beginnings = [opens];
  // No whole day is as short as this, and most windows are.
  if (closes - opens < 20 * 60 * minute) return beginnings;
  const last: Day = Math.floor(closes / day) + 2;
  let date: Day = Math.floor(opens / day) - 2;
  let midnight = midnightOf(zone, date);
  while (date++ < last) {
    const next = midnightOf(zone, date);
    if (opens <= midnight && midnight < next && next <= closes) {
      if (midnight > (beginnings.at(-1) ?? 0)) beginnings.push(midnight);
      beginnings.push(next);
    }
    midnight = next;
  }
  return beginnings;
}
