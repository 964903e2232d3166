/** A host who is free for a slot of a round robin, and how they stand. */
export interface Candidate {
  id: string;
  /** Their share, relative to the others'; 1 unless told otherwise, 0: only when nobody else is free. */
  weight?: number | undefined;
  /** Higher ones go first, whatever the shares; 0 unless told otherwise. */
  priority?: number | undefined;
  /** How many bookings they were given, all counted from the same day: that of the last change of the team. */
  booked: number;
  lastBookedAt?: number | undefined;
}

/**
 * Chooses who of a group takes a booking: of the highest priority, whoever is furthest behind their share, then whoever
 * has waited longest. The same standing always gives the same host; nobody free: `undefined`.
 */
export const chooseHost = <C extends Candidate>(free: readonly C[]): C | undefined => rank(free)[0];

/** All who are free, in the order in which they are asked: when the first is taken meanwhile, the next is tried. */
export function rank<C extends Candidate>(free: readonly C[]): C[] {
  return [...free].sort(
    (a, b) =>
      (b.priority ?? 0) - (a.priority ?? 0) ||
      compare(loadAfter(a), loadAfter(b)) ||
      compare(a.lastBookedAt ?? Number.NEGATIVE_INFINITY, b.lastBookedAt ?? Number.NEGATIVE_INFINITY) ||
      compare(a.id, b.id),
  );
}

/** Chooses one of each group; `undefined` when a group has nobody. Those who always take part are groups alone. */
export function chooseHosts<C extends Candidate>(groups: readonly (readonly C[])[]): C[] | undefined {
  const chosen = groups.map(chooseHost).filter((host) => host !== undefined);
  return chosen.length === groups.length ? chosen : undefined;
}

const loadAfter = ({ booked, weight = 1 }: Candidate) =>
  weight > 0 ? (booked + 1) / weight : Number.POSITIVE_INFINITY;

const compare = <T extends number | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
