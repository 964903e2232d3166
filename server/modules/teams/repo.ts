import { type RawBuilder, sql } from "kysely";

import type { TeamInvitationStatus } from "#domain/organizers/invitations.ts";
import type { EventRole, MemberRole } from "#domain/organizers/team.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface NewInvitation {
  id: string;
  organizerId: string;
  eventId: string | null;
  personId: string;
  role: MemberRole | EventRole;
  isHandover: boolean;
  locale: string;
  invitedBy: string;
  now: Date;
  endsAt: Date;
}

/** An invitation with all that its letter, its page and the team's list say of it. */
export interface InvitationRow {
  id: string;
  organizerId: string;
  organizerSlug: string;
  organizerName: string;
  hue: number;
  eventId: string | null;
  eventTitle: string | null;
  personId: string;
  /** The account that has verified the address. */
  userId: string | null;
  email: string;
  name: string;
  locale: string;
  role: MemberRole | EventRole;
  isHandover: boolean;
  status: TeamInvitationStatus;
  invitedBy: string;
  inviterName: string;
  linkVersion: number;
  sentAt: Date;
  endsAt: Date;
  acceptedAt: Date | null;
}

const statusAt = (now: Date) => sql`case when i.accepted_at is not null then 'accepted'
  when i.withdrawn_at is not null then 'withdrawn' when i.declined_at is not null then 'declined'
  when i.ends_at <= ${now} then 'expired' else 'invited' end`;

const select = (now: Date) => sql`select i.id, i.organizer_id as "organizerId", o.slug as "organizerSlug",
    o.name as "organizerName", o.hue, i.event_id as "eventId", e.title as "eventTitle", i.person_id as "personId",
    p.user_id as "userId", coalesce(p.email, '') as email, coalesce(u.name, '') as name,
    coalesce(u.locale, i.locale) as locale, i.role, i.is_handover as "isHandover", ${statusAt(now)} as status,
    i.invited_by as "invitedBy", b.name as "inviterName",
    i.link_version as "linkVersion", i.sent_at as "sentAt", i.ends_at as "endsAt", i.accepted_at as "acceptedAt"
  from team_invitations i
  join organizers o on o.id = i.organizer_id left join events e on e.id = i.event_id
  join people p on p.id = i.person_id left join users u on u.id = p.user_id
  join users b on b.id = i.invited_by`;

/** Invites somebody, anew where an answer or its end lies behind; returns nothing while one is open. */
export async function put(tx: Tx, one: NewInvitation): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`insert into team_invitations (id, organizer_id, event_id, person_id, role,
      is_handover, locale, invited_by, created_at, sent_at, ends_at)
    values (${one.id}, ${one.organizerId}, ${one.eventId}, ${one.personId}, ${one.role}, ${one.isHandover}, ${one.locale},
      ${one.invitedBy}, ${one.now}, ${one.now}, ${one.endsAt})
    on conflict (organizer_id, event_id, person_id) do update set role = excluded.role,
      is_handover = excluded.is_handover, locale = excluded.locale, invited_by = excluded.invited_by,
      sent_at = excluded.sent_at, ends_at = excluded.ends_at, accepted_at = null, declined_at = null, withdrawn_at = null,
      link_version = team_invitations.link_version + 1
    where num_nonnulls(team_invitations.accepted_at, team_invitations.declined_at, team_invitations.withdrawn_at) = 1
      or team_invitations.ends_at <= ${one.now}
    returning id`.execute(tx);
  return rows[0];
}

export async function find(db: Db, id: string, now: Date): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`${select(now)} where i.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, and it stays so until the transaction ends. */
export async function lock(tx: Tx, id: string, now: Date): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`${select(now)} where i.id = ${id} for no key update of i`.execute(tx);
  return rows[0];
}

const most = 200;

const listWhere = async (db: Db, now: Date, where: RawBuilder<unknown>): Promise<InvitationRow[]> => {
  const { rows } = await sql<InvitationRow>`${select(now)}
    where ${where} and i.accepted_at is null and i.withdrawn_at is null
    order by i.sent_at desc, i.id desc limit ${most}`.execute(db);
  return rows;
};

/** Who is invited to a team and has not joined, the last one first. */
export const listOf = (db: Db, team: { organizerId: string; eventId: string | null }, now: Date) =>
  listWhere(
    db,
    now,
    sql`i.organizer_id = ${team.organizerId} and i.event_id is not distinct from ${team.eventId}::uuid`,
  );

/** The open invitations of one person. */
export const listFor = (db: Db, personId: string, now: Date) =>
  listWhere(db, now, sql`i.person_id = ${personId} and i.declined_at is null and i.ends_at > ${now}`);

/** How many of an organizer's invitations are open. */
export async function countOpen(db: Db, organizerId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from team_invitations i
    where i.organizer_id = ${organizerId} and ${statusAt(now)} = 'invited'`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Writes an answer, or that there is none any more. */
export async function settle(
  tx: Tx,
  id: string,
  outcome: "accepted" | "declined" | "withdrawn",
  now: Date,
): Promise<void> {
  const at = (one: string) => (one === outcome ? now : null);
  await tx
    .updateTable("team_invitations")
    .set({ accepted_at: at("accepted"), declined_at: at("declined"), withdrawn_at: at("withdrawn") })
    .where("id", "=", id)
    .execute();
}

export async function renew(tx: Tx, id: string, now: Date, endsAt: Date): Promise<void> {
  await tx.updateTable("team_invitations").set({ sent_at: now, ends_at: endsAt }).where("id", "=", id).execute();
}

/** Takes back what somebody has given who may not give it any more: at one event, at an organizer, or anywhere. */
export async function withdrawGiven(
  tx: Tx,
  { userId, ...at }: { userId: string; organizerId?: string; eventId?: string },
  now: Date,
): Promise<void> {
  await sql`update team_invitations set withdrawn_at = ${now}
    where invited_by = ${userId} and num_nonnulls(accepted_at, declined_at, withdrawn_at) = 0
      ${at.organizerId === undefined ? sql`` : sql`and organizer_id = ${at.organizerId}`}
      ${at.eventId === undefined ? sql`` : sql`and event_id = ${at.eventId}`}`.execute(tx);
}

export interface Reader {
  userId: string;
  email: string;
  name: string;
  locale: string;
}

/** The accounts that letters may be written to. */
export async function listReaders(db: Db, userIds: readonly string[]): Promise<Reader[]> {
  const { rows } = await sql<Reader>`select id as "userId", email, name, locale from users
    where id = any(${userIds}::uuid[]) and email is not null and banned_at is null and left_at is null`.execute(db);
  return rows;
}

/** What a change in a team is about. */
export async function findAbout(db: Db, organizerId: string, eventId: string | null) {
  const { rows } = await sql<{ organizerName: string; eventTitle: string | null }>`select o.name as "organizerName",
      (select title from events where id = ${eventId}::uuid) as "eventTitle"
    from organizers o where o.id = ${organizerId}`.execute(db);
  return rows[0];
}

export interface StepRow {
  id: string;
  at: Date;
  action: string;
  by: string | null;
  whom: string | null;
  role: string | null;
  event: string | null;
}

/** What was done in the team of an organizer and of its events, the newest first. */
export async function listSteps(
  db: Db,
  organizerId: string,
  { after, limit }: { after: string[] | undefined; limit: number },
): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`select a.id, a.at, a.action, b.name as by,
      coalesce(w.name, p.email) as whom, a.new->>'role' as role, e.title as event
    from audit_entries a
    left join users b on b.id = a.actor_id
    left join users w on w.id = (a.new->>'userId')::uuid
    left join team_invitations i on i.id = (a.new->>'invitationId')::uuid
    left join people p on p.id = i.person_id
    left join events e on e.id = (a.new->>'eventId')::uuid
    where a.subject_kind = 'organizer' and a.subject_id = ${organizerId} and split_part(a.action, '.', 1) = 'team'
      ${after ? sql`and (a.at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by a.at desc, a.id desc limit ${limit}`.execute(db);
  return rows;
}
