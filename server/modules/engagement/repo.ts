import { sql } from "kysely";

import type { GatheringSettings } from "#contract/gatherings.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface MessageRow {
  id: string;
  seq: number;
  personId: string;
  displayName: string;
  role: string;
  text: string;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

const columns = [
  "id",
  "seq",
  "person_id as personId",
  "display_name as displayName",
  "role",
  "text",
  "created_at as createdAt",
  "edited_at as editedAt",
  "deleted_at as deletedAt",
] as const;

export async function isChatOn(db: Db, gatheringId: string): Promise<boolean> {
  const row = await db.selectFrom("gatherings").select("settings").where("id", "=", gatheringId).executeTakeFirst();
  return (row?.settings as GatheringSettings | undefined)?.chat.enabled ?? false;
}

export async function findName(db: Db, personId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select coalesce(u.name, p.name) as name
    from people p left join users u on u.id = p.user_id where p.id = ${personId}`.execute(db);
  return rows[0]?.name ?? "";
}

/** Keeps what was said; nothing where this very message is kept already. */
export async function insertMessage(
  tx: Tx,
  message: Omit<MessageRow, "editedAt" | "deletedAt"> & { gatheringId: string; channel: string },
): Promise<boolean> {
  const row = await tx
    .insertInto("messages")
    .values({
      id: message.id,
      gathering_id: message.gatheringId,
      channel: message.channel,
      seq: message.seq,
      person_id: message.personId,
      display_name: message.displayName,
      role: message.role,
      text: message.text,
      created_at: message.createdAt,
    })
    .onConflict((oc) => oc.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export function findMessage(db: Db, gatheringId: string, id: string): Promise<MessageRow | undefined> {
  return db
    .selectFrom("messages")
    .select(columns)
    .where("id", "=", id)
    .where("gathering_id", "=", gatheringId)
    .executeTakeFirst();
}

export function lockMessage(tx: Tx, gatheringId: string, id: string): Promise<MessageRow | undefined> {
  return tx
    .selectFrom("messages")
    .select(columns)
    .where("id", "=", id)
    .where("gathering_id", "=", gatheringId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateText(tx: Tx, id: string, text: string, now: Date): Promise<void> {
  await tx.updateTable("messages").set({ text, edited_at: now }).where("id", "=", id).execute();
}

/** Takes the words away; that something was said, and when, stays. */
export async function emptyMessage(tx: Tx, id: string, by: string, now: Date): Promise<void> {
  await tx.updateTable("messages").set({ text: "", deleted_at: now, deleted_by: by }).where("id", "=", id).execute();
}

/** Newest first, those before a number. */
export function listMessages(
  db: Db,
  { channel, before, limit }: { channel: string; before: number | null; limit: number },
): Promise<MessageRow[]> {
  return db
    .selectFrom("messages")
    .select(columns)
    .where("channel", "=", channel)
    .$if(before !== null, (query) => query.where("seq", "<", before))
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
}

/** Takes a person's name from what they said; in which channels that was. */
export async function erasePerson(tx: Tx, personId: string, name: string): Promise<string[]> {
  const rows = await tx
    .updateTable("messages")
    .set({ display_name: name })
    .where("person_id", "=", personId)
    .returning("channel")
    .execute();
  return [...new Set(rows.map(({ channel }) => channel))];
}
