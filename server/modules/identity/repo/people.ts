import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface PersonRow {
  id: string;
  email: string;
  userId: string | null;
  isBanned: boolean;
}

/** The people with these addresses whom somebody has named before. */
export async function findPeople(db: Db, emails: readonly string[]): Promise<PersonRow[]> {
  return (await known(emails.map((email) => ({ email }))).execute(db)).rows;
}

/** Finds the people with these addresses, making those whom nobody has named before. */
export async function upsertPeople(
  tx: Tx,
  people: readonly { id?: string; email: string; name: string }[],
  now: Date,
): Promise<PersonRow[]> {
  // In one order everywhere: two transactions that make the same people wait for each other's addresses.
  const rows = [...new Map(people.map((person) => [person.email, person])).values()]
    .toSorted((a, b) => (a.email < b.email ? -1 : 1))
    .map((person) => ({ id: randomUUIDv7(), ...person }));
  const given = JSON.stringify(rows);
  const { rows: found } = await sql<PersonRow>`with fresh as (
      insert into people (id, email, name, created_at)
      select id, email, name, ${now} from jsonb_to_recordset(${given}::jsonb) as p (id uuid, email text, name text)
      on conflict (email) do nothing
      returning id, email)
    select id, email, null::uuid as "userId", false as "isBanned" from fresh union all (${known(rows)})`.execute(tx);
  if (found.length === rows.length) return found;
  // Somebody named one of them in the meantime: they are seen from the next statement on.
  return (await known(rows).execute(tx)).rows;
}

const known = (people: readonly { email: string }[]) => sql<PersonRow>`select p.id, p.email, p.user_id as "userId",
    coalesce(u.banned_at is not null, false) as "isBanned"
  from people p left join users u on u.id = p.user_id
  where p.email = any(${people.map(({ email }) => email)}::text[])`;
