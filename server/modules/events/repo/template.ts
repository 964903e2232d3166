import { sql } from "kysely";

import type { TemplateContent } from "#contract/event-input.ts";
import type { NewTicketType } from "#server/modules/registrations/service/ticket-types.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface TemplateRow {
  id: string;
  organizerId: string;
  name: string;
  content: TemplateContent;
  minutes: number | null;
  ticketTypes: NewTicketType[];
  createdBy: string;
  createdAt: Date;
}

const columns = sql`id, organizer_id as "organizerId", name, content, minutes, ticket_types as "ticketTypes",
  created_by as "createdBy", created_at as "createdAt"`;

export async function list(db: Db, organizerId: string): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`select ${columns} from event_templates
    where organizer_id = ${organizerId} order by created_at desc, id`.execute(db);
  return rows;
}

export async function find(db: Db, id: string): Promise<TemplateRow | undefined> {
  const { rows } = await sql<TemplateRow>`select ${columns} from event_templates where id = ${id}`.execute(db);
  return rows[0];
}

export async function insert(tx: Tx, row: TemplateRow): Promise<void> {
  await sql`insert into event_templates (id, organizer_id, name, content, minutes, ticket_types, created_by, created_at)
    values (${row.id}, ${row.organizerId}, ${row.name}, ${JSON.stringify(row.content)}::jsonb, ${row.minutes},
      ${JSON.stringify(row.ticketTypes)}::jsonb, ${row.createdBy}, ${row.createdAt})`.execute(tx);
}

export async function remove(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("event_templates").where("id", "=", id).execute();
}
