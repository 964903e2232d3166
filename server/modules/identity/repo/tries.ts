import { sql } from "kysely";

import type { Db } from "#server/platform/db.ts";

/** Counts one more try within the window, or the first of a new one. */
export async function countTry(
  db: Db,
  { subject, kind, now, minutes }: { subject: string; kind: string; now: Date; minutes: number },
): Promise<{ count: number; since: Date }> {
  const open = new Date(now.getTime() - minutes * 60_000);
  const { rows } = await sql<{ count: number; since: Date }>`
    insert into tries (subject, kind, count, window_start) values (${subject}, ${kind}, 1, ${now})
    on conflict (subject, kind) do update set
      count = case when tries.window_start <= ${open} then 1 else tries.count + 1 end,
      window_start = case when tries.window_start <= ${open} then excluded.window_start else tries.window_start end
    returning count, window_start as since`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("A try was not counted.");
  return row;
}

/** Takes a try back that turned out to be none. */
export async function forgetTry(db: Db, subject: string, kind: string): Promise<void> {
  await db
    .updateTable("tries")
    .set((eb) => ({ count: eb("count", "-", 1) }))
    .where("subject", "=", subject)
    .where("kind", "=", kind)
    .where("count", ">", 0)
    .execute();
}

export async function deleteTriesBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("tries").where("window_start", "<", before).execute();
}
