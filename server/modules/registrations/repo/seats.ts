import { sql } from "kysely";

import type { Terms } from "#domain/entitlement/terms.ts";
import type { Db, Tx } from "#server/platform/db.ts";

interface Locked {
  codeVersion: number;
  personId: string | null;
  status: string;
}

/** Holds a registration's row and says whose it is now, and which version its code has. */
export async function lockSeat(tx: Tx, id: string): Promise<Locked | undefined> {
  await sql`select 1 from registrations where id = ${id} for no key update`.execute(tx);
  // Read after the lock: what a lock has waited for is seen of its own row only.
  const { rows } =
    await sql<Locked>`select coalesce(t.code_version, 0) as "codeVersion", r.person_id as "personId", r.status
    from registrations r left join tickets t on t.id = r.ticket_id where r.id = ${id}`.execute(tx);
  return rows[0];
}

/** Corrects a name; what its holder chose to be called by the others is theirs. */
export async function renameSeat(tx: Tx, id: string, name: string, now: Date): Promise<void> {
  await sql`update registrations set name = ${name}, updated_at = ${now},
      display_name = case when display_name = name then ${name} else display_name end
    where id = ${id}`.execute(tx);
}

/**
 * Gives a seat to somebody, with what they have accepted: what was printed or sent for it before is void, and it no longer tells of whom it came with.
 * Who took it along sees the name among their party.
 */
export async function giveSeat(
  tx: Tx,
  seat: { id: string; personId: string; name: string; locale: string } & Terms,
  now: Date,
): Promise<void> {
  const { id, personId, name, locale, conduct, minimumAge } = seat;
  await sql`with taker as (
      update registrations own set others = own.others || ${name}::text
      from registrations seat where seat.id = ${id} and seat.person_id is null and own.person_id = seat.registered_by
        and own.gathering_id = seat.gathering_id and own.id <> seat.id
        and own.status in ('pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')),
    ticket as (
      update tickets set holder_id = ${personId}, code_version = code_version + 1
      where id = (select ticket_id from registrations where id = ${id}))
    update registrations set person_id = ${personId}, name = ${name}, display_name = ${name}, locale = ${locale},
      others = '{}', link_version = link_version + 1, repeatable = true, is_listed = false, conduct_accepted = ${conduct},
      age_confirmed = ${minimumAge},
      updated_at = ${now}
    where id = ${id}`.execute(tx);
}

/** Makes what was printed for a seat void, and the links that hand it on. */
export async function raiseCode(tx: Tx, id: string): Promise<void> {
  await sql`update tickets set code_version = code_version + 1
    where id = (select ticket_id from registrations where id = ${id})`.execute(tx);
}

/** What somebody who hands a seat on is called. */
export async function findGiver(db: Db, id: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select coalesce(own.name, p.name, r.name) as name
    from registrations r left join people p on p.id = coalesce(r.person_id, r.registered_by)
      left join lateral (select name from registrations o where o.person_id = coalesce(r.person_id, r.registered_by)
        and o.gathering_id = r.gathering_id order by o.created_at limit 1) own on true
    where r.id = ${id}`.execute(db);
  return rows[0]?.name ?? "";
}
