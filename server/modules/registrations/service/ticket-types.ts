import * as repo from "#server/modules/registrations/repo/ticket-types.ts";
import type { TxCtx } from "#server/platform/ctx.ts";

/** Adds a free ticket type to an event, after those it has. */
export const addTicketType = (
  tctx: TxCtx,
  sourceId: string,
  type: { name: string; description?: string; side?: repo.NewTicketType["side"]; capacity?: number | null },
): Promise<string> =>
  repo.insertTicketType(
    tctx.db,
    sourceId,
    { name: type.name, description: type.description ?? "", side: type.side ?? "any", capacity: type.capacity ?? null },
    tctx.now(),
  );

/** Gives an event the ticket types of another, without their prices and windows. */
export async function copyTicketTypes(tctx: TxCtx, from: string, to: string): Promise<void> {
  for (const type of await repo.listTicketTypes(tctx.db, from)) {
    await repo.insertTicketType(tctx.db, to, type, tctx.now());
  }
}

/** Removes the ticket types of a draft, which nobody can hold yet. */
export const forgetTicketTypes = (tctx: TxCtx, sourceId: string): Promise<void> =>
  repo.deleteTicketTypes(tctx.db, sourceId);
