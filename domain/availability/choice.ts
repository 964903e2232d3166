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
 * All who are free, in the order in which they are asked; when the first is taken meanwhile, the next is tried: the
 * highest priority, then whoever is furthest behind their share, then whoever has waited longest. The same standing
 * always gives the same order.
 */
export function rank<C extends Candidate>(free: readonly C[]): C[] {
  return [...free].sort(
    (a, b) =>
      (b.priority ?? 0) - (a.priority ?? 0) ||
      compare(loadAfter(a), loadAfter(b)) ||
      compare(a.lastBookedAt ?? Number.NEGATIVE_INFINITY, b.lastBookedAt ?? Number.NEGATIVE_INFINITY) ||
      compare(a.id, b.id),
  );
}

const loadAfter = ({ booked, weight = 1 }: Candidate) =>
  weight > 0 ? (booked + 1) / weight : Number.POSITIVE_INFINITY;

const compare = <T extends number | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
