import type { Format } from "#domain/registrations/places.ts";

export interface Limits {
  format: Format;
  capacity: number | null;
  inPersonCapacity: number | null;
  virtualCapacity: number | null;
  /** What all ticket types together still have; null when one of them has no limit. */
  typesLeft: number | null;
}

/** Places held and taken. */
export interface Used {
  event: number;
  inPerson: number;
  virtual: number;
}

export interface Fullness {
  taken: number;
  capacity: number | null;
  /** How many could still come; null without limit. */
  left: number | null;
}

/** How full an event and each of its sides is, as far as it can be said for display; places are decided by the pools alone. */
export function fullnessOf(limits: Limits, used: Used): { all: Fullness; inPerson: Fullness; virtual: Fullness } {
  const inPerson = sideOf(limits.format === "virtual" ? 0 : limits.inPersonCapacity, used.inPerson);
  const virtual = sideOf(limits.format === "in_person" ? 0 : limits.virtualCapacity, used.virtual);
  const sides = limits.format === "hybrid" ? [inPerson, virtual] : [limits.format === "virtual" ? virtual : inPerson];
  const capacity = least(limits.capacity, sum(sides.map((side) => side.capacity)));
  const left = least(leftOf(limits.capacity, used.event), sum(sides.map((side) => side.left)), limits.typesLeft);
  return {
    all: { taken: used.event, capacity, left: left === null ? null : Math.max(0, left) },
    inPerson,
    virtual,
  };
}

/** What everybody may know of how full something is: only what has a limit can be full. */
export const publicly = ({ taken, capacity, left }: Fullness) => ({
  taken: capacity === null ? null : taken,
  capacity,
  left,
});

const sideOf = (capacity: number | null, taken: number): Fullness => ({
  taken,
  capacity,
  left: leftOf(capacity, taken),
});

const leftOf = (capacity: number | null, taken: number) => (capacity === null ? null : Math.max(0, capacity - taken));

const sum = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);

const least = (...numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>(
    (least, one) => (one === null ? least : least === null ? one : Math.min(least, one)),
    null,
  );
