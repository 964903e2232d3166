/** A sign of somebody in a room. Signs come more than once, late, and in any order. */
export interface Sign {
  person: string;
  /** One connection of one device; a full reconnect is another one. */
  connection: string;
  kind: "joined" | "left" | "seen";
  at: Date;
}

/** How long one connection was there; `leftAt` is null while nobody has said that it left. */
export interface Stay {
  person: string;
  connection: string;
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

/**
 * Makes one stay of each connection, whatever order its signs came in.
 *
 * A connection that only ever left, or was only seen, was there at that moment. What is seen after it was said to have
 * left does not make it longer.
 */
export function staysOf(signs: readonly Sign[]): Stay[] {
  const byConnection = Map.groupBy(signs, (sign) => sign.connection);
  return [...byConnection.values()].flatMap((group) => {
    const person = group[0]?.person;
    if (person === undefined) return [];
    const joins = timesOf(group, "joined");
    const all = group.map((sign) => sign.at.getTime());
    const joinedAt = joins.length > 0 ? Math.min(...joins) : Math.min(...all);
    const leaves = timesOf(group, "left");
    const leftAt = leaves.length > 0 ? Math.max(joinedAt, Math.max(...leaves)) : null;
    const lastSeenAt = leftAt ?? Math.max(joinedAt, ...all);
    return [
      {
        person,
        connection: group[0]?.connection ?? "",
        joinedAt: new Date(joinedAt),
        leftAt: leftAt === null ? null : new Date(leftAt),
        lastSeenAt: new Date(lastSeenAt),
      },
    ];
  });
}

const timesOf = (signs: readonly Sign[], kind: Sign["kind"]) =>
  signs.filter((sign) => sign.kind === kind).map((sign) => sign.at.getTime());

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
