/** How long one connection of one device was there; `leftAt` is null while nobody has said that it left. */
export interface Stay {
  person: string;
  joinedAt: Date;
  leftAt: Date | null;
  lastSeenAt: Date;
}

/** The shape of source 003: times are epoch milliseconds. */
export interface VirtualAttendanceStats {
  totalVirtualAttendees: number;
  peakConcurrentAttendees: number;
  averageDurationMinutes: number;
  attendees: { pubkey: string; totalDurationMinutes: number; joinedAt: number }[];
}

/** When a stay ended as far as can be known: when it was left, else at its last sign of life. */
export const endOf = ({ joinedAt, leftAt, lastSeenAt }: Stay): Date =>
  leftAt ?? (lastSeenAt > joinedAt ? lastSeenAt : joinedAt);

export const secondsOf = (stay: Stay): number =>
  Math.max(0, Math.round((endOf(stay).getTime() - stay.joinedAt.getTime()) / 1000));

interface Span {
  from: number;
  to: number;
}

/** One person's time, in which two devices at once count once. */
function mergedSpans(stays: readonly Stay[]): Span[] {
  const spans = stays
    .map((stay) => ({ from: stay.joinedAt.getTime(), to: Math.max(stay.joinedAt.getTime(), endOf(stay).getTime()) }))
    .sort((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** Counts who was there, for how long, and how many at once. */
export function statsOf(stays: readonly Stay[]): VirtualAttendanceStats {
  const people = [...Map.groupBy(stays, (stay) => stay.person)].map(([pubkey, own]) => {
    const spans = mergedSpans(own);
    const ms = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    return { pubkey, spans, ms, joinedAt: spans[0]?.from ?? 0 };
  });
  people.sort((a, b) => a.joinedAt - b.joinedAt || (a.pubkey < b.pubkey ? -1 : 1));
  const totalMs = people.reduce((sum, { ms }) => sum + ms, 0);
  return {
    totalVirtualAttendees: people.length,
    peakConcurrentAttendees: peak(people.flatMap(({ spans }) => spans)),
    averageDurationMinutes: people.length === 0 ? 0 : inMinutes(totalMs / people.length),
    attendees: people.map(({ pubkey, ms, joinedAt }) => ({ pubkey, totalDurationMinutes: inMinutes(ms), joinedAt })),
  };
}

/** The most at once. Who leaves at the very moment at which another comes makes room for them; a moment counts as one. */
function peak(spans: readonly Span[]): number {
  const changes = spans
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: Math.max(to, from + 1), by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  return changes.reduce((most, { by }) => {
    now += by;
    return Math.max(most, now);
  }, 0);
}

const inMinutes = (ms: number) => Math.round(ms / 600) / 100;
