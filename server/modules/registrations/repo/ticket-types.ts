import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { Tx } from "#server/platform/db.ts";

export interface NewTicketType {
  name: string;
  description: string;
  side: Side | "any";
  capacity: number | null;
}

export async function insertTicketType(tx: Tx, sourceId: string, type: NewTicketType, now: Date): Promise<string> {
  const id = randomUUIDv7();
  await sql`insert into ticket_types (id, source_id, name, description, side, capacity, position, created_at)
    select ${id}, ${sourceId}, ${type.name}, ${type.description}, ${type.side}, ${type.capacity}::integer,
      coalesce(max(position), 0) + 1, ${now} from ticket_types where source_id = ${sourceId}`.execute(tx);
  return id;
}

export function listTicketTypes(tx: Tx, sourceId: string): Promise<NewTicketType[]> {
  return tx
    .selectFrom("ticket_types")
    .select(["name", "description", "capacity"])
    .select(sql<NewTicketType["side"]>`side`.as("side"))
    .where("source_id", "=", sourceId)
    .where("retired_at", "is", null)
    .orderBy("position")
    .execute();
}

export async function deleteTicketTypes(tx: Tx, sourceId: string): Promise<void> {
  await tx.deleteFrom("ticket_types").where("source_id", "=", sourceId).execute();
}
