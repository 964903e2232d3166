import { randomUUIDv7 } from "node:crypto";
import { type RawBuilder, sql } from "kysely";

import { placeOf } from "#server/modules/gatherings/service/reading.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface InvitationRow {
  id: string;
  sourceId: string;
  personId: string;
  name: string;
  email: string;
  /** Of their account, if they have one. */
  locale: string | null;
  /** Of who invited them. */
  inviterLocale: string;
  status: "invited" | "accepted" | "declined" | "withdrawn";
  linkVersion: number;
  sentAt: Date;
  createdAt: Date;
}

// Accepted is derived: who has a place there, asks for one or waits for one.
const status = sql`case when i.withdrawn_at is not null then 'withdrawn'
  when exists (select from registrations r join gatherings g on g.id = r.gathering_id
    where r.person_id = i.person_id and g.source_id = i.source_id
      and r.status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')) then 'accepted'
  when i.declined_at is not null then 'declined' else 'invited' end`;

const select = sql`select i.id, i.source_id as "sourceId", i.person_id as "personId", i.name,
    coalesce(p.email, '') as email, u.locale, b.locale as "inviterLocale", ${status} as status, i.link_version as "linkVersion",
    i.sent_at as "sentAt", i.created_at as "createdAt"
  from invitations i join people p on p.id = i.person_id left join users u on u.id = p.user_id
  join users b on b.id = i.invited_by`;

export async function findInvitation(db: Db, id: string): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`${select} where i.id = ${id}`.execute(db);
  return rows[0];
}

export interface InvitationFilter {
  q?: string;
  status?: InvitationRow["status"];
  after?: { at: Date; id: string };
  limit: number;
}

/** Who is invited to an event, newest first. */
export async function listInvitations(db: Db, sourceId: string, filter: InvitationFilter): Promise<InvitationRow[]> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : undefined;
  const conditions: RawBuilder<unknown>[] = [
    sql`i.source_id = ${sourceId}`,
    ...(like ? [sql`(i.name ilike ${like} or p.email ilike ${like})`] : []),
    ...(filter.status ? [sql`${status} = ${filter.status}`] : []),
    ...(filter.after ? [sql`(i.created_at, i.id) < (${filter.after.at}, ${filter.after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<InvitationRow>`${select} where ${sql.join(conditions, sql` and `)}
    order by i.created_at desc, i.id desc limit ${filter.limit}`.execute(db);
  return rows;
}

export async function countInvitations(db: Db, sourceId: string): Promise<Record<InvitationRow["status"], number>> {
  const { rows } = await sql<{
    status: InvitationRow["status"];
    n: number;
  }>`select ${status} as status, count(*)::integer as n
    from invitations i where i.source_id = ${sourceId} group by 1`.execute(db);
  const counts = { invited: 0, accepted: 0, declined: 0, withdrawn: 0 };
  for (const { status: one, n } of rows) counts[one] = n;
  return counts;
}

/** Invites people; those whose invitation was withdrawn are invited anew, those who are invited already stay as they are. */
export async function invite(
  tx: Tx,
  sourceId: string,
  people: readonly { personId: string; name: string }[],
  { by, now }: { by: string; now: Date },
): Promise<{ id: string; personId: string }[]> {
  const given = people.map((person) => ({ id: randomUUIDv7(), ...person }));
  const { rows } = await sql<{ id: string; personId: string }>`
    insert into invitations (id, source_id, person_id, name, invited_by, sent_at, created_at)
    select id, ${sourceId}, "personId", name, ${by}, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as p (id uuid, "personId" uuid, name text) order by "personId"
    on conflict (source_id, person_id) do update set withdrawn_at = null, declined_at = null, sent_at = ${now},
      invited_by = ${by}, link_version = invitations.link_version + 1
    where invitations.withdrawn_at is not null
    returning id, person_id as "personId"`.execute(tx);
  return rows;
}

export async function touchInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable("invitations").set({ sent_at: now, declined_at: null }).where("id", "=", id).execute();
}

/** Withdraws it, so that its link is void. */
export async function withdrawInvitation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql`update invitations set withdrawn_at = ${now}, link_version = link_version + 1
    where id = ${id} and withdrawn_at is null returning id`.execute(tx);
  return rows.length > 0;
}

export async function declineInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable("invitations").set({ declined_at: now }).where("id", "=", id).execute();
}

/** The addresses for which the caller is invited: by account, or by the invitations they have shown. */
export async function listInvitedAs(
  db: Db,
  sourceId: string,
  { personId, ids }: { personId: string | null; ids: readonly string[] },
): Promise<{ name: string; email: string }[]> {
  const { rows } = await sql<{ name: string; email: string }>`select i.name, p.email from invitations i
    join people p on p.id = i.person_id
    where i.source_id = ${sourceId} and i.withdrawn_at is null and p.email is not null
      and (i.person_id = ${personId}::uuid or i.id = any(${ids}::uuid[]))
    order by i.person_id is not distinct from ${personId}::uuid desc, i.created_at`.execute(db);
  return rows;
}

interface Occasion {
  eventId: string;
  gatheringId: string;
  slug: string;
  title: string;
  language: string;
  hue: number;
  coverId: string | null;
  format: "in_person" | "virtual" | "hybrid";
  gatheringStatus: "planned" | "scheduled" | "cancelled";
  cancelReason: string;
  startTime: Date;
  endTime: Date;
  timeZone: string;
  placeName: string;
  placeAddress: string;
  placeNotes: string;
  organizerName: string;
  organizerSlug: string;
}

/** What an invitation is for: the gathering of the event that comes next, as a letter tells of it. */
export async function findOccasion(db: Db, gatheringId: string): Promise<Occasion | undefined> {
  const { rows } =
    await sql<Occasion>`select e.id as "eventId", g.id as "gatheringId", e.slug, g.title, e.language, e.hue, e.cover_id as "coverId", g.format,
      g.status as "gatheringStatus", g.cancel_reason as "cancelReason", g.start_time as "startTime", g.end_time as "endTime",
      g.time_zone as "timeZone", ${placeOf},
      o.name as "organizerName", o.slug as "organizerSlug"
    from gatherings g join events e on e.id = g.source_id join organizers o on o.id = g.organizer_id
    where g.id = ${gatheringId} and g.start_time is not null`.execute(db);
  return rows[0];
}
