import { sql } from "kysely";

import type { Db } from "#server/platform/db.ts";

const isListed = sql`exists (select from listings where words @@ quote_literal(k.word)::tsquery)`;

/** Of the next words in their order, the last one and those that nothing says any more; none behind the last. */
export async function findUnsaid(
  db: Db,
  after: string,
  limit: number,
): Promise<{ last: string; unsaid: string[] } | undefined> {
  const { rows } = await sql<{ last: string | null; unsaid: string[] | null }>`
    select max(k.word) as last, array_agg(k.word::text) filter (where not ${isListed}) as unsaid
    from (select word from listed_words where word > ${after} order by word limit ${limit}) as k`.execute(db);
  const [row] = rows;
  return row?.last ? { last: row.last, unsaid: row.unsaid ?? [] } : undefined;
}

/**
 * Deletes those words that nothing says.
 *
 * Who lists an event adds only the words that are not there: until all have done so, and while we delete, nobody may.
 */
export const deleteUnsaid = (db: Db, words: readonly string[]): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = '1s'`.execute(tx);
    await sql`lock table listings in share mode`.execute(tx);
    await sql`delete from listed_words k where word = any(${words}::text[]) and not ${isListed}`.execute(tx);
  });
