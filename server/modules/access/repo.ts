import { sql } from "kysely";

import { type Db, prepared } from "#server/platform/db.ts";

/** The state of the gathering `g` for its doors: what its event `e` does not publish, or no longer, is only planned. */
export const doorStatus = sql`case when e.published_at is null and e.id is not null then 'planned' else g.status end`;

/** What decides over a gathering's doors, and what one caller is to it; both from one statement, so they fit together. */
export interface StandingRow {
  status: string;
  visibility: string;
  format: string;
  startTime: Date | null;
  endTime: Date | null;
  autoStartMinutes: number;
  hasWaitingRoom: boolean;
  needsConsent: boolean;
  conductVersion: string | null;
  minimumAge: number | null;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  roomStatus: string | null;
  isSuspended: boolean;
  registrationId: string | null;
  registrationStatus: string | null;
  side: string | null;
  displayName: string | null;
  registeredPersonId: string | null;
  /** Of all their registrations there. */
  acceptedConducts: (string | null)[] | null;
  confirmedAge: number | null;
  /** Only known where it matters: where there is something to accept, or a waiting room. */
  isInside: boolean;
  roles: string[];
  memberRole: string | null;
  admissions: string[];
  isAccountBanned: boolean;
  isInvited: boolean;
}

export interface Who {
  userId: string | null;
  personId: string | null;
  registrationIds: readonly string[];
  invitationIds: readonly string[];
}

const standings = prepared<
  StandingRow,
  [
    gatheringId: string,
    userId: string | null,
    personId: string | null,
    registrationIds: readonly string[],
    invitationIds: readonly string[],
  ]
>(
  (gatheringId, userId, personId, registrationIds, invitationIds) => sql`
    with mine as (
      select r.id, r.status, r.side, r.display_name, r.person_id,
        array_agg(r.conduct_accepted) over own as conducts, max(r.age_confirmed) over own as age
      from registrations r
      where r.gathering_id = ${gatheringId} and (r.person_id = ${personId}::uuid or r.id = any(${registrationIds}::uuid[]))
        and r.status in ('confirmed', 'offered', 'awaiting_payment', 'pending', 'waitlisted')
      window own as (partition by r.person_id)
      order by array_position(array['confirmed', 'offered', 'awaiting_payment', 'pending', 'waitlisted'], r.status),
        r.person_id is not distinct from ${personId}::uuid desc, r.created_at
      limit 1)
    select ${doorStatus} as status, g.visibility, g.format, g.start_time as "startTime", g.end_time as "endTime",
      coalesce((g.settings->'virtualConfig'->>'autoStartMinutes')::integer, 15) as "autoStartMinutes",
      coalesce((g.settings->'virtualConfig'->>'waitingRoomEnabled')::boolean, false) as "hasWaitingRoom",
      coalesce((g.settings->'virtualConfig'->>'recordingEnabled')::boolean
        and (g.settings->'virtualConfig'->>'recordingConsentRequired')::boolean, false) as "needsConsent",
      e.conduct_digest as "conductVersion", e.minimum_age as "minimumAge",
      e.registration_opens_at as "registrationOpensAt", e.registration_closes_at as "registrationClosesAt",
      room.status as "roomStatus", coalesce(room.suspended_at is not null, false) as "isSuspended",
      mine.id as "registrationId", mine.status as "registrationStatus", mine.side, mine.display_name as "displayName",
      mine.person_id as "registeredPersonId", mine.conducts as "acceptedConducts", mine.age as "confirmedAge",
      (e.conduct_digest is not null or e.minimum_age is not null
        or coalesce((g.settings->'virtualConfig'->>'waitingRoomEnabled')::boolean, false)) and exists (select from room_visits v where v.gathering_id = g.id
        and v.person_id in (${personId}::uuid, mine.person_id) and v.joined_at is not null and v.left_at is null) as "isInside",
      array(select role from gathering_roles where gathering_id = g.id and user_id = ${userId}::uuid) as roles,
      (select role from organizer_members where organizer_id = g.organizer_id and user_id = ${userId}::uuid) as "memberRole",
      array(select m.admission from room_members m where m.room_id = room.id
        and m.person_id in (${personId}::uuid, mine.person_id)) as admissions,
      exists (select from people p join users u on u.id = p.user_id
        where p.id in (${personId}::uuid, mine.person_id) and u.banned_at is not null) as "isAccountBanned",
      exists (select from invitations i where i.source_id = g.source_id and i.withdrawn_at is null
        and (i.person_id = ${personId}::uuid or i.id = any(${invitationIds}::uuid[]))) as "isInvited"
    from gatherings g
    left join events e on e.id = g.source_id
    left join rooms room on room.gathering_id = g.id and room.parent_id is null
    left join mine on true
    where g.id = ${gatheringId}`,
);

/** A code of conduct as it stands. */
export async function findConduct(db: Db, gatheringId: string) {
  const { rows } = await sql<{ text: string; language: string; version: string }>`select e.conduct as text, e.language,
      e.conduct_digest as version
    from gatherings g join events e on e.id = g.source_id
    where g.id = ${gatheringId} and e.conduct_digest is not null`.execute(db);
  return rows[0];
}

export async function findStanding(db: Db, gatheringId: string, who: Who): Promise<StandingRow | undefined> {
  const { userId, personId, registrationIds, invitationIds } = who;
  return (await standings(db, gatheringId, userId, personId, registrationIds, invitationIds))[0];
}
