import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface FileRow {
  id: string;
  ownerId: string | null;
  purpose: "cover" | "speaker" | "picture" | "logo";
  storageKey: string;
  bytes: number;
  width: number;
  height: number;
}

export async function insert(db: Db, file: FileRow, now: Date): Promise<void> {
  await db
    .insertInto("files")
    .values({
      id: file.id,
      owner_id: file.ownerId,
      purpose: file.purpose,
      storage_key: file.storageKey,
      media_type: "image/webp",
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      created_at: now,
    })
    .execute();
}

/** The events that show a file `f`. */
const showing = sql`(select id from events where cover_id = f.id
  union all select event_id from speaker_pictures where file_id = f.id)`;

/** A file, and the event that shows it: whether that is there for all to see, else one gathering whose door decides. */
export async function findFor(db: Db, id: string) {
  const { rows } = await sql<{
    ownerId: string | null;
    purpose: FileRow["purpose"];
    storageKey: string;
    isShown: boolean;
    gatheringId: string | null;
  }>`select f.owner_id as "ownerId", f.purpose, f.storage_key as "storageKey",
      f.purpose not in ('cover', 'speaker') or exists (select from ${showing} s join events e using (id)
        where e.status in ('published', 'cancelled') and e.visibility <> 'private') as "isShown",
      (select g.id from ${showing} s join gatherings g on g.source_id = s.id limit 1) as "gatheringId"
    from files f where f.id = ${id}`.execute(db);
  return rows[0];
}

const isUnused = sql`not exists ${showing}
  and not exists (select from users where picture_id = f.id) and not exists (select from organizers where logo_id = f.id)`;

/** Deletes a file that nothing shows any more; returns its storage key if it did. */
export async function deleteUnused(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ storageKey: string }>`delete from files f where f.id = ${id} and ${isUnused}
    returning storage_key as "storageKey"`.execute(tx);
  return rows[0]?.storageKey;
}

export async function listOwned(db: Db, ownerId: string): Promise<string[]> {
  const rows = await db.selectFrom("files").select("id").where("owner_id", "=", ownerId).execute();
  return rows.map(({ id }) => id);
}

/** Files that were taken in before some time and that nothing shows. */
export async function listUnused(db: Db, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from files f where created_at < ${before} and ${isUnused}
    limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
