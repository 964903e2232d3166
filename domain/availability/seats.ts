import { type Block, type Buffers, blockedFrom, blockedUntil } from "#domain/availability/busy.ts";

/** What is taken of a group event at one time. */
export interface Session {
  start: number;
  taken: number;
  /** Of these, the seats of bookings; those that are only kept for a visitor come free again within minutes. */
  booked: number;
  /** Whether somebody has booked it; a hold alone makes no session that others could join. */
  isBooked: boolean;
  blockedFrom: number;
  blockedUntil: number;
}

/** Sessions in the order of their starts, and everything else that is in the way. */
export interface Sessions {
  sessions: ReadonlyMap<number, Session>;
  rest: readonly Block[];
}

/**
 * Parts the entries that could be sessions of a group event (of this event type, and just as long) from all others (R17).
 *
 * A session takes seats of the slot with its very start, and blocks every other.
 */
export function sessionsAmong(blocks: readonly Block[], event: Buffers & { id: string; durationMs: number }): Sessions {
  const sessions = new Map<number, Session>();
  const rest: Block[] = [];
  for (const block of blocks) {
    if (block.eventTypeId !== event.id || block.end - block.start !== event.durationMs) {
      rest.push(block);
      continue;
    }
    const known = sessions.get(block.start);
    sessions.set(block.start, {
      start: block.start,
      taken: (known?.taken ?? 0) + block.seatsTaken,
      booked: (known?.booked ?? 0) + (block.kind === "booking" ? block.seatsTaken : 0),
      isBooked: (known?.isBooked ?? false) || block.kind === "booking",
      blockedFrom: Math.min(known?.blockedFrom ?? Number.POSITIVE_INFINITY, blockedFrom(block, event)),
      blockedUntil: Math.max(known?.blockedUntil ?? Number.NEGATIVE_INFINITY, blockedUntil(block, event)),
    });
  }
  return { sessions, rest };
}

/** Tells for slots, in order, whether a session other than their own is in the way. */
export function otherSessions(sessions: ReadonlyMap<number, Session>, durationMs: number): (start: number) => boolean {
  const all = [...sessions.values()];
  const begins = all.map((session) => session.blockedFrom).sort((a, b) => a - b);
  const ends = all.map((session) => session.blockedUntil).sort((a, b) => a - b);
  let [begun, ended] = [0, 0];
  return (start) => {
    while (begun < begins.length && (begins[begun] ?? 0) < start + durationMs) begun++;
    while (ended < ends.length && (ends[ended] ?? 0) <= start) ended++;
    return begun - ended > (sessions.has(start) ? 1 : 0);
  };
}
