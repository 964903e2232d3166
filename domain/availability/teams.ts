/** How the hosts of an event type share it: all of them, or one of each group beside those who always take part. */
export type Team = "collective" | "roundRobin";

export interface Member {
  /** In a round robin: always takes part, whatever group is named. */
  isFixed?: boolean | undefined;
  /** In a round robin: one of every group takes part. */
  group?: string | null | undefined;
}

/**
 * The groups of which one and the same host takes part each (R16); whoever must take part is a group alone.
 *
 * In a round robin those who are neither fixed nor in a named group are one more group together.
 */
export function groupsOf<H extends Member>(hosts: readonly H[], team: Team): H[][] {
  if (team === "collective") return hosts.map((host) => [host]);
  const required = hosts.filter((host) => host.isFixed).map((host) => [host]);
  const groups = Map.groupBy(
    hosts.filter((host) => !host.isFixed),
    (host) => host.group ?? "",
  );
  return [...required, ...groups.values()];
}

/** What of a host says how much of the bookings is theirs. */
export interface Share extends Member {
  userId: string;
  weight: number;
  priority: number;
}

const shareOf = ({ userId, isFixed = false, group = null, weight, priority }: Share) =>
  JSON.stringify([userId, isFixed, group, weight, priority]);

/** How much of the bookings of their group each host is given in the long run, from 0 to 1; all of them to who always takes part. */
export function portionsOf(hosts: readonly Share[]): Map<string, number> {
  return new Map(
    groupsOf(hosts, "roundRobin").flatMap((group) => {
      const all = group.reduce((sum, { weight }) => sum + weight, 0);
      return group.map(({ userId, weight }) => [
        userId,
        group.length === 1 || all === 0 ? 1 / group.length : weight / all,
      ]);
    }),
  );
}

/**
 * Whether two teams divide bookings alike, whatever the order in which they are named.
 *
 * Where they do not, all are counted anew from then on, so that nobody owes what others took before.
 */
export const sharesAlike = (one: readonly Share[], other: readonly Share[]): boolean =>
  one.map(shareOf).sort().join() === other.map(shareOf).sort().join();
