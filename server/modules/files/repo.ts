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

// Of an event `e` and a file `f`.
const shows = sql`(e.cover_id = f.id
  or e.speakers <> '[]' and e.speakers @> jsonb_build_array(jsonb_build_object('pictureId', f.id)))`;

/** A file, and the event that shows it: whether that is there for all to see, else one gathering whose door decides. */
export async function findFor(db: Db, id: string) {
  const { rows } = await sql<{
    ownerId: string | null;
    purpose: FileRow["purpose"];
    storageKey: string;
    isShown: boolean;
    gatheringId: string | null;
  }>`select f.owner_id as "ownerId", f.purpose, f.storage_key as "storageKey",
      f.purpose not in ('cover', 'speaker') or exists (select from events e where ${shows}
        and e.status in ('published', 'cancelled') and e.visibility <> 'private') as "isShown",
      (select g.id from events e join gatherings g on g.source_id = e.id where ${shows} limit 1) as "gatheringId"
    from files f where f.id = ${id}`.execute(db);
  return rows[0];
}

const isUnused = sql`not exists (select from events e where ${shows})
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
