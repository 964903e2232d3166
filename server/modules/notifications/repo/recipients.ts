import { sql } from "kysely";

import type { Topic } from "#domain/notifications/topics.ts";
import type { Db } from "#server/platform/db.ts";

/** Somebody with an account who is to be told, and of what. */
export interface Recipient {
  userId: string;
  eventId: string | null;
  gatheringId: string | null;
  registrationId: string | null;
  /** Of a booking, which no event leads to. */
  organizerId?: string | null;
}

const wants = (topic: Topic) => sql`u.banned_at is null and u.left_at is null and 2 > (
  select count(*) from mutes m where m.person_id = p.id and m.topic = ${topic} and m.way in ('notice', 'push'))`;

const registered = sql`from registrations r
  join people p on p.id = r.person_id
  join users u on u.id = p.user_id
  join gatherings g on g.id = r.gathering_id`;

const source = sql`case when g.kind <> 'booking' then g.source_id end as "eventId",
  case when g.kind = 'booking' then g.organizer_id end as "organizerId", g.id as "gatheringId"`;
const ofRegistration = sql`u.id as "userId", ${source}, r.id as "registrationId"`;

/** Who holds these registrations, if they have an account and still stand like that. */
export async function listHolders(
  db: Db,
  topic: Topic,
  registrationIds: readonly string[],
  statuses: readonly string[],
): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select ${ofRegistration} ${registered}
    where r.id = any(${registrationIds}::uuid[]) and r.status = any(${statuses}::text[]) and ${wants(topic)}`.execute(
    db,
  );
  return rows;
}

/**
 * Who comes to a gathering, or wishes to, each once; part by part, in the order of their accounts. Whoever booked is told
 * by the letters of their booking.
 */
export async function listComing(
  db: Db,
  topic: Topic,
  at: { gatheringId: string; statuses: readonly string[]; after: string | null; limit: number },
): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select distinct on (u.id) ${ofRegistration} ${registered}
    where r.gathering_id = ${at.gatheringId} and g.kind <> 'booking' and r.status = any(${at.statuses}::text[])
      ${at.after === null ? sql`` : sql`and u.id > ${at.after}`} and ${wants(topic)}
    order by u.id, r.created_at limit ${at.limit}`.execute(db);
  return rows;
}

/** The registrations of a party that waited. */
export async function listParty(db: Db, entryId: string): Promise<string[]> {
  const rows = await db.selectFrom("registrations").select("id").where("waitlist_entry_id", "=", entryId).execute();
  return rows.map(({ id }) => id);
}

export interface Newcomer {
  eventId: string;
  gatheringId: string;
  userId: string | null;
  cancelledBy: string | null;
  isCalledOff: boolean;
  needsApproval: boolean;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** What there is to know about somebody who registered. */
export async function findNewcomer(db: Db, registrationId: string): Promise<Newcomer | undefined> {
  const { rows } = await sql<Newcomer>`select e.id as "eventId", g.id as "gatheringId", p.user_id as "userId",
      r.cancelled_by as "cancelledBy", g.status = 'cancelled' as "isCalledOff", e.needs_approval as "needsApproval",
      r.created_at as "createdAt", r.confirmed_at as "confirmedAt"
    from registrations r join gatherings g on g.id = r.gathering_id join events e on e.id = g.source_id
    left join people p on p.id = r.person_id where r.id = ${registrationId}`.execute(db);
  return rows[0];
}

/** Who decides over the people of a gathering, but for one of them. */
export async function listHosts(db: Db, gatheringId: string, but: string | null): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select u.id as "userId", g.source_id as "eventId", g.id as "gatheringId",
      null::uuid as "registrationId"
    from gatherings g join users u on true join people p on p.user_id = u.id
    where g.id = ${gatheringId} and u.id is distinct from ${but}::uuid
      and u.id in (select user_id from organizer_members where organizer_id = g.organizer_id
        union select user_id from gathering_roles where gathering_id = g.id and role in ('owner', 'cohost'))
      and ${wants("hosting")}`.execute(db);
  return rows;
}

export interface Waiting {
  gatheringId: string;
  userId: string | null;
  createdAt: Date;
}

/** Somebody who waits for seats of a session. */
export async function findWaiting(db: Db, entryId: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`select b.id as "gatheringId", p.user_id as "userId", r.created_at as "createdAt"
    from waitlist_entries w join registrations r on r.waitlist_entry_id = w.id join bookings b on b.id = w.gathering_id
      join people p on p.id = w.person_id
    where w.id = ${entryId} and w.status in ('waiting', 'offered')`.execute(db);
  return rows[0];
}

/** Who hosts a booking, but for one of them. */
export async function listBooked(db: Db, gatheringId: string, but: string | null): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select u.id as "userId", ${source}, null::uuid as "registrationId"
    from bookings b join gatherings g on g.id = b.id join users u on u.id = any(b.host_ids) join people p on p.user_id = u.id
    where b.id = ${gatheringId} and u.id is distinct from ${but}::uuid and ${wants("hosting")}`.execute(db);
  return rows;
}

const ofEvent = sql`u.id as "userId", e.id as "eventId", null::uuid as "gatheringId", null::uuid as "registrationId"`;

/** Who answers for an event. */
export async function listTeam(db: Db, eventId: string): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select ${ofEvent}
    from events e join users u on true join people p on p.user_id = u.id
    where e.id = ${eventId} and exists (select from organizer_members m
      where m.organizer_id = e.organizer_id and m.user_id = u.id and (m.role in ('owner', 'admin') or u.id = e.created_by))
      and ${wants("hosting")}`.execute(db);
  return rows;
}

/** Who looks at events before they are public. */
export async function listAdmins(db: Db, eventId: string): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select ${ofEvent}
    from events e join users u on u.role = 'admin' join people p on p.user_id = u.id
    where e.id = ${eventId} and ${wants("hosting")}`.execute(db);
  return rows;
}

/** Who follows the organizer of an event that anybody may find, and is not of its team; part by part, as above. */
export async function listFollowers(
  db: Db,
  { eventId, now, after, limit }: { eventId: string; now: Date; after: string | null; limit: number },
): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select ${ofEvent}
    from events e join follows f on f.organizer_id = e.organizer_id
    join users u on u.id = f.user_id join people p on p.user_id = u.id
    where e.id = ${eventId} and exists (select from listings l where l.event_id = e.id and l.end_time > ${now})
      and not exists (select from organizer_members m where m.organizer_id = e.organizer_id and m.user_id = u.id)
      ${after === null ? sql`` : sql`and u.id > ${after}`} and ${wants("following")}
    order by u.id limit ${limit}`.execute(db);
  return rows;
}

/** When a gathering begins, if it does; bookings have their own reminders. */
export async function findStart(db: Db, gatheringId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("gatherings")
    .select("start_time as startTime")
    .where("id", "=", gatheringId)
    .where("status", "=", "scheduled")
    .where("kind", "<>", "booking")
    .executeTakeFirst();
  return row?.startTime ?? undefined;
}

/** The step of a review. */
export async function findStep(db: Db, stepId: string): Promise<string | undefined> {
  const row = await db.selectFrom("event_reviews").select("step").where("id", "=", stepId).executeTakeFirst();
  return row?.step;
}

/** Those of these accounts that want to hear of what they host. */
export async function listWilling(db: Db, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select u.id from users u join people p on p.user_id = u.id
    where u.id = any(${userIds}::uuid[]) and ${wants("hosting")}`.execute(db);
  return rows.map(({ id }) => id);
}

/** An invitation to a team: who gave it, and the account that was invited, if there is one. */
export async function findTeamInvitation(db: Db, id: string) {
  const { rows } = await sql<{
    organizerId: string;
    eventId: string | null;
    role: string;
    invitedBy: string;
    userId: string | null;
    sentAt: Date;
    acceptedAt: Date | null;
    isClosed: boolean;
  }>`select i.organizer_id as "organizerId", i.event_id as "eventId", i.role, i.invited_by as "invitedBy",
      p.user_id as "userId", i.sent_at as "sentAt", i.accepted_at as "acceptedAt",
      num_nonnulls(i.accepted_at, i.declined_at, i.withdrawn_at) > 0 as "isClosed"
    from team_invitations i join people p on p.id = i.person_id where i.id = ${id}`.execute(db);
  return rows[0];
}

/** The owners of an organizer. */
export async function listOwners(db: Db, organizerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("organizer_members")
    .select("user_id as userId")
    .where("organizer_id", "=", organizerId)
    .where("role", "=", "owner")
    .execute();
  return rows.map(({ userId }) => userId);
}
