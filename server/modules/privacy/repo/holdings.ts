import { type RawBuilder, sql } from "kysely";

import type { Db } from "#server/platform/db.ts";

/** Whose data is meant. */
export interface Subject {
  userId: string;
  personId: string;
  email: string;
}

interface Holding {
  /** Which rows of the table, called `t`, are of somebody. */
  of: (who: Subject) => RawBuilder<unknown>;
  /** What opens something, or is about somebody else. */
  without?: readonly string[];
  orderBy?: string;
}

const byUser: Holding["of"] = ({ userId }) => sql`t.user_id = ${userId}`;
const byPerson: Holding["of"] = ({ personId }) => sql`t.person_id = ${personId}`;
const inMyTeams = ({ userId }: Subject) => sql`(select organizer_id from organizer_members where user_id = ${userId})`;
const myPlaces = ({ personId }: Subject) => sql`(select id from registrations where person_id = ${personId})`;

/**
 * What is whose, table by table: everything that goes into a file of somebody's data.
 *
 * The one place that reads every module's tables: what is kept is what is shown, whatever its module makes of it. A test holds
 * it to the columns that the migrations mark as personal.
 */
const holdings: Record<string, Holding> = {
  users: { of: ({ userId }) => sql`t.id = ${userId}`, without: ["password_hash", "credentials_version"] },
  people: { of: ({ userId }) => sql`t.user_id = ${userId}` },
  sign_ups: { of: ({ email }) => sql`t.email = ${email}`, without: ["password_hash"] },
  sessions: { of: byUser, without: ["token_hash"] },
  passkeys: { of: byUser, without: ["public_key", "credential_id"] },
  linked_accounts: { of: byUser },
  push_devices: { of: byUser, without: ["p256dh", "auth"] },
  second_factors: { of: byUser, without: ["secret", "last_step"], orderBy: "user_id" },
  steps: { of: ({ userId, email }) => sql`t.user_id = ${userId} or t.email = ${email}`, without: ["secret"] },
  former_addresses: { of: byUser },
  organizers: { of: (who) => sql`t.id in ${inMyTeams(who)}` },
  organizer_members: { of: byUser, orderBy: "organizer_id" },
  events: { of: ({ userId }) => sql`t.created_by = ${userId}`, without: ["search", "conduct_digest"] },
  event_reviews: { of: ({ userId }) => sql`t.by_user_id = ${userId}` },
  event_types: { of: ({ userId }) => sql`t.created_by = ${userId}` },
  schedules: { of: byUser },
  absences: { of: byUser },
  gathering_roles: { of: byUser, orderBy: "gathering_id" },
  registrations: {
    of: ({ personId }) => sql`t.person_id = ${personId} or t.registered_by = ${personId}`,
    without: ["link_version"],
  },
  tickets: { of: ({ personId }) => sql`t.holder_id = ${personId}`, without: ["code_version"] },
  waitlist_entries: { of: byPerson, without: ["position"] },
  invitations: { of: byPerson, without: ["link_version"] },
  team_invitations: {
    of: ({ personId, userId }) => sql`t.person_id = ${personId} or t.invited_by = ${userId}`,
    without: ["link_version"],
  },
  check_ins: { of: (who) => sql`t.registration_id in ${myPlaces(who)}` },
  question_sets: { of: ({ userId }) => sql`t.created_by = ${userId}` },
  question_answers: {
    of: (who) => sql`t.registration_id in ${myPlaces(who)}`,
    orderBy: "registration_id",
  },
  booking_attendees: { of: (who) => sql`t.id in ${myPlaces(who)}` },
  bookings: {
    of: (who) =>
      sql`${who.userId} = any(t.host_ids) or t.id in (select booking_id from booking_attendees where id in ${myPlaces(who)})`,
  },
  room_members: { of: byPerson, orderBy: "room_id" },
  room_visits: { of: byPerson, without: ["participant_sid"] },
  follows: { of: byUser },
  notices: { of: byUser },
  mutes: { of: byPerson, orderBy: "topic, way" },
  event_templates: { of: ({ userId }) => sql`t.created_by = ${userId}` },
  messages: { of: byPerson },
  channel_operations: {
    of: ({ personId }) => sql`t.body->>'personId' = ${personId}
      and t.channel in (select channel from messages where person_id = ${personId})`,
    orderBy: "channel, seq",
  },
  // Of letters the words, once; what opens something is taken out of them.
  letters: { of: ({ email }) => sql`t.to_address = ${email}`, without: ["html", "attachments", "key", "last_error"] },
  refused_addresses: { of: ({ email }) => sql`t.address = ${email}`, orderBy: "address" },
  files: { of: ({ userId }) => sql`t.owner_id = ${userId}`, without: ["storage_key"] },
  data_exports: { of: byUser },
  audit_entries: {
    of: ({ userId }) => sql`t.actor_id = ${userId} or t.subject_kind = 'user' and t.subject_id = ${userId}`,
    without: ["personal_digest"],
  },
  audit_personal: {
    of: ({ userId }) => sql`t.entry_id in (select id from audit_entries where actor_id = ${userId})`,
    without: ["salt"],
    orderBy: "entry_id",
  },
};

/** The tables that a file of somebody's data is made from. */
export const heldTables: readonly string[] = Object.keys(holdings);

/** What one table holds of somebody. */
export async function listHeld(db: Db, table: string, who: Subject): Promise<Record<string, unknown>[]> {
  const { of, without = [], orderBy = "id" } = holdings[table] as Holding;
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) - ${without}::text[] as row from ${sql.table(table)} t where ${of(who)} order by ${sql.raw(orderBy)}`.execute(
    db,
  );
  return rows.map(({ row }) => row);
}

/** Whose data it is, while they are here. */
export async function findSubject(
  db: Db,
  userId: string,
): Promise<(Subject & { name: string; locale: string }) | undefined> {
  const { rows } = await sql<Subject & { name: string; locale: string }>`select u.id as "userId", p.id as "personId",
      u.email, u.name, u.locale from users u join people p on p.user_id = u.id
    where u.id = ${userId} and u.left_at is null`.execute(db);
  return rows[0];
}
