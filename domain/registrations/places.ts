import type { Part } from "#domain/capacity/decide.ts";

export const sides = ["in_person", "virtual", "both"] as const;
export type Side = (typeof sides)[number];

export const formats = ["in_person", "virtual", "hybrid"] as const;
export type Format = (typeof formats)[number];

/** The pools of a gathering: the whole of it, one for each side, and one for each of its ticket types. */
export const poolOf = {
  gathering: (gatheringId: string) => `gathering/${gatheringId}`,
  side: (side: "in_person" | "virtual", gatheringId: string) => `side/${side}/${gatheringId}`,
  type: (ticketTypeId: string, gatheringId: string) => `type/${ticketTypeId}/${gatheringId}`,
};

const waysOf = (side: Side) => (side === "both" ? (["in_person", "virtual"] as const) : [side]);

/** Names every pool that one place takes from; who comes on both sides takes a place on each. */
export function poolsFor(place: { gatheringId: string; ticketTypeId: string | null; side: Side }): string[] {
  const { gatheringId, ticketTypeId, side } = place;
  return [
    poolOf.gathering(gatheringId),
    ...waysOf(side).map((one) => poolOf.side(one, gatheringId)),
    ...(ticketTypeId === null ? [] : [poolOf.type(ticketTypeId, gatheringId)]),
  ];
}

/** What a party takes, added up by pool, since a pool is named once in a request. */
export function partsFor(
  party: readonly { gatheringId: string; ticketTypeId: string | null; side: Side }[],
  as: Part["as"],
): Part[] {
  const quantities = new Map<string, number>();
  for (const place of party) for (const pool of poolsFor(place)) quantities.set(pool, (quantities.get(pool) ?? 0) + 1);
  return [...quantities].map(([pool, quantity]) => ({ pool, as, quantity }));
}

/** The sides a ticket is good for at a gathering of this format; with `any`, the person chooses one. */
export function sidesFor(format: Format, ticket: Side | "any"): Side[] {
  if (format !== "hybrid") return ticket === "any" || ticket === "both" || ticket === format ? [format] : [];
  return ticket === "any" ? ["in_person", "virtual"] : [ticket];
}

/** The other sides that a place may change to, and which of them have no room: what it has on one it keeps. */
export function otherSides(
  place: { format: Format; ticketSide: Side | "any" | null; side: Side },
  full: readonly Side[],
): { otherSides: Side[]; fullSides: Side[] } {
  const others = sidesFor(place.format, place.ticketSide ?? "any").filter((other) => other !== place.side);
  const has: readonly Side[] = waysOf(place.side);
  const isFull = (other: Side) => waysOf(other).some((way) => full.includes(way) && !has.includes(way));
  return { otherSides: others, fullSides: others.filter(isFull) };
}

/** The side somebody comes on: what they chose if it is to be had, and the only one there is if they did not choose. */
export function chooseSide(wanted: Side | undefined, allowed: readonly Side[]): Side | null {
  if (wanted === undefined) return allowed[0] ?? null;
  return allowed.includes(wanted) ? wanted : null;
}
