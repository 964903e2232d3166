import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { TicketTypeRow } from "#server/modules/registrations/repo/sale.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface NewTicketType {
  name: string;
  description: string;
  side: Side | "any";
  capacity: number | null;
  /** Left out by older templates. */
  maxParty?: number;
  allowsSeveral?: boolean;
}

export async function insertTicketType(
  tx: Tx,
  sourceId: string,
  type: Required<NewTicketType>,
  now: Date,
): Promise<string> {
  const id = randomUUIDv7();
  await sql`insert into ticket_types (id, source_id, name, description, side, capacity, max_per_order,
      allows_several, position, created_at)
    select ${id}, ${sourceId}, ${type.name}, ${type.description}, ${type.side}, ${type.capacity}::integer,
      ${type.maxParty}::integer, ${type.allowsSeveral}::boolean, coalesce(max(position), 0) + 1, ${now} from ticket_types where source_id = ${sourceId}`.execute(
    tx,
  );
  return id;
}

export function listTicketTypes(tx: Tx, sourceId: string): Promise<NewTicketType[]> {
  return tx
    .selectFrom("ticket_types")
    .select(["name", "description", "capacity", "max_per_order as maxParty", "allows_several as allowsSeveral"])
    .select(sql<NewTicketType["side"]>`side`.as("side"))
    .where("source_id", "=", sourceId)
    .where("retired_at", "is", null)
    .orderBy("position")
    .execute();
}

export async function deleteTicketTypes(tx: Tx, sourceId: string): Promise<void> {
  await tx.deleteFrom("ticket_types").where("source_id", "=", sourceId).execute();
}

export async function listTypes(db: Db, sourceId: string): Promise<TicketTypeRow[]> {
  const { rows } =
    await sql<TicketTypeRow>`select id, name, description, price_minor as "priceMinor", currency, side, capacity,
      opens_at as "opensAt", closes_at as "closesAt", max_per_order as "maxParty", allows_several as "allowsSeveral"
    from ticket_types where source_id = ${sourceId} and retired_at is null order by position, id`.execute(db);
  return rows;
}

export type TypeToSave = Omit<TicketTypeRow, "priceMinor" | "currency"> & { position: number };

export async function upsertTypes(tx: Tx, sourceId: string, types: readonly TypeToSave[], now: Date): Promise<void> {
  await sql`insert into ticket_types (id, source_id, name, description, side, capacity, opens_at, closes_at, max_per_order,
      allows_several, position, created_at)
    select id, ${sourceId}::uuid, name, description, side, capacity, "opensAt", "closesAt", "maxParty", "allowsSeveral", position, ${now}
    from jsonb_to_recordset(${JSON.stringify(types)}::jsonb) as t (id uuid, name text, description text, side text,
      capacity integer, "opensAt" timestamptz, "closesAt" timestamptz, "maxParty" integer, "allowsSeveral" boolean, position integer)
    on conflict (id) do update set name = excluded.name, description = excluded.description, side = excluded.side,
      capacity = excluded.capacity, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
      max_per_order = excluded.max_per_order, allows_several = excluded.allows_several, position = excluded.position
    where ticket_types.source_id = excluded.source_id`.execute(tx);
}

/** Which of these types somebody has, or ever had. */
export async function listHeldTypes(tx: Tx, ids: readonly string[]): Promise<{ id: string; isLiving: boolean }[]> {
  const { rows } = await sql<{ id: string; isLiving: boolean }>`select ticket_type_id as id,
      bool_or(status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')) as "isLiving"
    from registrations where ticket_type_id = any(${ids}::uuid[]) group by ticket_type_id`.execute(tx);
  return rows;
}

/** Takes types off the shelf; what people once had keeps its name. */
export async function retireTypes(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await sql`update ticket_types set retired_at = ${now} where id = any(${ids}::uuid[])`.execute(tx);
}

export async function listGatherings(db: Db, sourceId: string): Promise<string[]> {
  const rows = await db.selectFrom("gatherings").select("id").where("source_id", "=", sourceId).orderBy("id").execute();
  return rows.map(({ id }) => id);
}
