import { randomUUIDv7 } from "node:crypto";

import type { TicketType, TicketTypeInput } from "#contract/tickets.ts";
import { poolOf } from "#domain/registrations/places.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { serveWaiting, setPools } from "#server/modules/capacity/service.ts";
import { instantOf } from "#server/modules/gatherings/service/planning.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import { assertTeam, mayDecide } from "#server/modules/registrations/policy.ts";
import { findSale } from "#server/modules/registrations/repo/sale.ts";
import * as repo from "#server/modules/registrations/repo/ticket-types.ts";
import { offerNext } from "#server/modules/registrations/service/move.ts";
import { poolsOf } from "#server/modules/registrations/service/sale.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** What can be had at a source, in its order. */
export async function listTicketTypes(ctx: Ctx | TxCtx, sourceId: string): Promise<TicketType[]> {
  return (await repo.listTypes(ctx.db, sourceId)).map(({ opensAt, closesAt, ...type }) => ({
    ...type,
    opensAt: opensAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
  }));
}

/**
 * Makes the ticket types of a source what they are said to be, in this order.
 *
 * What is left out goes; one that people hold stays on the shelf and refuses to go. The pools of all its gatherings
 * follow, and what they gain is offered to those who wait.
 */
export async function saveTicketTypes(
  tctx: TxCtx,
  { sourceId, timeZone }: { sourceId: string; timeZone: string },
  wanted: readonly TicketTypeInput[],
  overbook = false,
): Promise<void> {
  const present = await repo.listTypes(tctx.db, sourceId);
  const known = new Set(present.map(({ id }) => id));
  const stranger = wanted.find(({ id }) => id !== undefined && !known.has(id));
  if (stranger) throw new Problem("ticket_type.not_found", { id: stranger.id });
  const at = (moment: string | null) => (moment === null ? null : instantOf(moment, timeZone));
  const types = wanted.map(({ id, opensAt, closesAt, ...type }, position) => ({
    ...type,
    id: id ?? randomUUIDv7(),
    position,
    opensAt: at(opensAt),
    closesAt: at(closesAt),
  }));
  refuseShut(types);
  for (const gatheringId of await repo.listGatherings(tctx.db, sourceId)) {
    const pools = types.map(({ id, capacity }) => ({ key: poolOf.type(id, gatheringId), capacity }));
    await resize(tctx, gatheringId, pools, overbook);
  }
  await retire(
    tctx,
    present.filter(({ id }) => !types.some((type) => type.id === id)).map(({ id }) => id),
  );
  await repo.upsertTypes(tctx.db, sourceId, types, tctx.now());
  await audit(
    tctx,
    "event.ticket_types",
    { kind: "event", id: sourceId },
    { new: { types: types.map(({ id, name, capacity }) => ({ id, name, capacity })) } },
  );
}

/** What closes before it opens nobody could ever have. */
function refuseShut(types: readonly { opensAt: Date | null; closesAt: Date | null }[]): void {
  const fields = types.flatMap(({ opensAt, closesAt }, index) =>
    opensAt && closesAt && opensAt >= closesAt
      ? [
          {
            at: `body.items.${index}.opensAt`,
            code: "after_close",
            key: "events.lacks.registrationOpensAt.after_close" as const,
          },
        ]
      : [],
  );
  if (fields.length > 0) throw new Problem("request.invalid", { fields });
}

async function retire(tctx: TxCtx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const held = await repo.listHeldTypes(tctx.db, ids);
  const inUse = held.filter(({ isLiving }) => isLiving);
  if (inUse.length > 0) throw new Problem("ticket_type.in_use", { ids: inUse.map(({ id }) => id) });
  await repo.retireTypes(tctx.db, ids, tctx.now());
}

/**
 * Gives a gathering its capacities; null is without limit.
 *
 * Below what is taken only with `overbook`, else `event.capacity_below_taken` says by how much: then nobody loses their
 * place, and nobody new gets one until it has emptied, which is written down. What is gained goes to those who wait, in
 * the same transaction. To be called before the caller locks anything else, since pools are locked first everywhere.
 */
export async function setCapacities(
  tctx: TxCtx,
  gatheringId: string,
  { total, inPerson, virtual }: { total: number | null; inPerson: number | null; virtual: number | null },
  overbook = false,
): Promise<void> {
  const pools = [
    { key: poolOf.gathering(gatheringId), capacity: total },
    { key: poolOf.side("in_person", gatheringId), capacity: inPerson },
    { key: poolOf.side("virtual", gatheringId), capacity: virtual },
  ];
  await resize(tctx, gatheringId, pools, overbook);
}

async function resize(
  tctx: TxCtx,
  gatheringId: string,
  pools: { key: string; capacity: number | null }[],
  overbook: boolean,
): Promise<void> {
  const sale = await findSale(tctx.db, gatheringId);
  const tooSmall = await setPools(tctx, pools, { overbook, besides: sale ? poolsOf(sale) : [] });
  if (tooSmall.length > 0 && !overbook) {
    throw new Problem("event.capacity_below_taken", {
      taken: Math.max(...tooSmall.map(({ used }) => used)),
      over: Math.max(...tooSmall.map(({ used, capacity }) => used - capacity)),
      pools: tooSmall,
    });
  }
  if (tooSmall.length > 0)
    await audit(tctx, "gathering.overbooked", { kind: "gathering", id: gatheringId }, { new: { pools: tooSmall } });
  if (sale?.status === "scheduled") await serveWaiting(tctx, { lane: gatheringId, pools: poolsOf(sale) }, offerNext);
}

/** The ticket types of an event, for its team. */
export async function listAtEvent(ctx: Ctx, source: string): Promise<{ items: TicketType[]; nextCursor: null }> {
  const gathering = await pick(ctx, source);
  await assertTeam(ctx, gathering.id, mayDecide);
  return { items: await listTicketTypes(ctx, gathering.sourceId), nextCursor: null };
}

/** Changes the ticket types of an event as a whole. */
export async function saveAtEvent(
  ctx: Ctx,
  source: string,
  types: readonly TicketTypeInput[],
  overbook?: boolean,
): Promise<{ items: TicketType[]; nextCursor: null }> {
  const gathering = await pick(ctx, source);
  await assertTeam(ctx, gathering.id, mayDecide);
  await inTx(ctx, (tctx) => saveTicketTypes(tctx, gathering, types, overbook));
  return { items: await listTicketTypes(ctx, gathering.sourceId), nextCursor: null };
}

/** Adds a free ticket type to an event, after those it has. */
export const addTicketType = (
  tctx: TxCtx,
  sourceId: string,
  type: Pick<repo.NewTicketType, "name"> & Partial<repo.NewTicketType>,
): Promise<string> => repo.insertTicketType(tctx.db, sourceId, { ...usual, ...type }, tctx.now());

const usual = { description: "", side: "any", capacity: null, maxParty: 10, allowsSeveral: false } as const;

export type NewTicketType = repo.NewTicketType;

/** The ticket types of an event as another one could have them, without their prices and windows. */
export const listNewTicketTypes = (tctx: TxCtx, sourceId: string): Promise<NewTicketType[]> =>
  repo.listTicketTypes(tctx.db, sourceId);

/** Gives an event the ticket types of another. */
export async function copyTicketTypes(tctx: TxCtx, from: string, to: string): Promise<void> {
  for (const type of await listNewTicketTypes(tctx, from)) await addTicketType(tctx, to, type);
}

/** Removes the ticket types of a draft, which nobody can hold yet. */
export const forgetTicketTypes = (tctx: TxCtx, sourceId: string): Promise<void> =>
  repo.deleteTicketTypes(tctx.db, sourceId);
