import { sql } from "kysely";

import type { Tx } from "#server/platform/db.ts";

/** Gives one person what another, who is the same, had: not where both were registered for the same. */
export async function movePerson(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  await sql`with places as (
      update registrations r set person_id = ${to} where r.person_id = ${from} and not exists (
        select from registrations own where own.person_id = ${to} and own.gathering_id = r.gathering_id
          and own.ticket_type_id is not distinct from r.ticket_type_id)),
    entries as (update waitlist_entries set person_id = ${to} where person_id = ${from}),
    held as (update tickets set holder_id = ${to} where holder_id = ${from})
    update registrations set registered_by = ${to} where registered_by = ${from} and person_id is distinct from ${from}`.execute(
    tx,
  );
}
