import { sql } from "kysely";

import type { Db } from "#server/platform/db.ts";

const columns = [
  "id",
  "kind",
  "to_address as to",
  "to_name as toName",
  "subject",
  "text",
  "html",
  "status",
  "created_at as createdAt",
  "attachments",
] as const;

export const listLetters = (
  db: Db,
  { to, before, most }: { to: string | undefined; before: string | undefined; most: number },
) =>
  db
    .selectFrom("letters")
    .select(columns)
    .$if(Boolean(to), (query) => query.where(sql<boolean>`strpos(to_address, lower(${to ?? ""})) > 0`))
    .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
    .orderBy("id", "desc")
    .limit(most)
    .execute();

export const findLetter = (db: Db, id: string) =>
  db.selectFrom("letters").select(columns).where("id", "=", id).executeTakeFirst();
