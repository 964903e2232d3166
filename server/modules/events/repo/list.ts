import { sql } from "kysely";

import type { TeamRole } from "#domain/entitlement/doors.ts";
import {
  around,
  bestRole,
  type CardRow,
  cardParts,
  hostsOf,
  type PeopleRow,
  peopleCounts,
} from "#server/modules/events/repo/event.ts";
import { meantFirst, overAt } from "#server/modules/gatherings/service/reading.ts";
import type { Db } from "#server/platform/db.ts";

export type OrganizedRow = CardRow & PeopleRow & { role: TeamRole | null };

/** Whose events: those of some organizers, and those that one account is named for. */
export interface Scope {
  organizerIds: readonly string[];
  /** Whose role is told; and, where `isNamed`, whose other events are meant too. */
  userId: string;
  isNamed: boolean;
}

const within = ({ organizerIds, userId, isNamed }: Scope) =>
  isNamed
    ? sql`e.id in (select id from events where organizer_id = any(${organizerIds}::uuid[])
        union select g.source_id from gathering_roles r join gatherings g on g.id = r.gathering_id
        where r.user_id = ${userId})`
    : sql`e.organizer_id = any(${organizerIds}::uuid[])`;

export interface OrganizedSearch {
  /** Null for everybody's. */
  scope: Scope | null;
  now: Date;
  words: readonly string[];
  show: "all" | "in_review" | "drafts" | "upcoming" | "past" | "cancelled";
  after: { at: string; id: string } | null;
  limit: number;
}

const shown = {
  all: sql`true`,
  in_review: sql`e.status = 'in_review'`,
  drafts: sql`e.status in ('draft', 'in_review')`,
  upcoming: sql`e.status = 'published' and not g."isOver"`,
  past: sql`e.status = 'published' and g."isOver"`,
  cancelled: sql`e.status = 'cancelled'`,
};

/** Where a row stands in the list: what is still to come by its beginning, all else by its last change. */
export const placeOf = (show: OrganizedSearch["show"], row: OrganizedRow): [at: string, id: string] => [
  ((show === "upcoming" && row.startTime) || row.updatedAt).toISOString(),
  row.id,
];

/** The events of an organizer or of all, whatever their state, with how many people come. */
export async function listOrganized(db: Db, search: OrganizedSearch): Promise<OrganizedRow[]> {
  const { now, after, words, scope } = search;
  const [order, isAfter] =
    search.show === "upcoming"
      ? [sql`g.start_time, e.id`, sql`(g.start_time, e.id) >`]
      : [sql`e.updated_at desc, e.id desc`, sql`(e.updated_at, e.id) <`];
  const { rows } =
    await sql<OrganizedRow>`select ${cardParts(now)}, people.*, ${bestRole(scope?.userId ?? null)} as role
    from events e ${around}
    join lateral (select *, coalesce(${overAt} <= ${now}, false) as "isOver" from gatherings g
      where source_id = e.id and kind = 'occurrence' order by ${meantFirst(now)} limit 1) as g on true
    join lateral (select ${peopleCounts} from registrations r join gatherings m on m.id = r.gathering_id
      where m.source_id = e.id and (m.id = g.id or m.end_time > ${now})) as people on true
    where ${shown[search.show]} ${scope ? sql`and ${within(scope)}` : sql``}
      ${words.length > 0 ? sql`and e.search @@ to_tsquery('simple', ${words.map((word) => `'${word}':*`).join(" & ")})` : sql``}
      ${after ? sql`and ${isAfter} (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by ${order}
    limit ${search.limit}`.execute(db);
  return rows;
}

export interface OrganizedCounts {
  drafts: number;
  upcoming: number;
  past: number;
  registrations: number;
}

export async function countOrganized(db: Db, scope: Scope, now: Date): Promise<OrganizedCounts> {
  const { rows } = await sql<OrganizedCounts>`select
      count(*) filter (where ${shown.drafts}) as drafts,
      count(*) filter (where ${shown.upcoming}) as upcoming,
      count(*) filter (where ${shown.past}) as past,
      coalesce(sum((select count(*) from registrations r join gatherings m on m.id = r.gathering_id
        where m.source_id = e.id and r.status = 'confirmed' and m.end_time > ${now})), 0)::integer as registrations
    from events e
    join lateral (select coalesce(${overAt} <= ${now}, false) as "isOver" from gatherings g
      where source_id = e.id and kind = 'occurrence' order by ${meantFirst(now)} limit 1) as g on true
    where ${within(scope)}`.execute(db);
  return rows[0] ?? { drafts: 0, upcoming: 0, past: 0, registrations: 0 };
}

export interface ConflictRow {
  occurrenceId: string;
  hostId: string;
  hostName: string;
  title: string;
  otherOrganizerId: string;
  startTime: Date;
  endTime: Date;
  timeZone: string;
}

const mostConflicts = 20;

/** What the hosts of an event have elsewhere at its times to come, drafts' times too; the soonest first. */
export async function listConflicts(db: Db, eventId: string, now: Date): Promise<ConflictRow[]> {
  const { rows } =
    await sql<ConflictRow>`select mine.id as "occurrenceId", u.id as "hostId", u.name as "hostName", other.title,
      other.organizer_id as "otherOrganizerId", other.start_time as "startTime", other.end_time as "endTime",
      other.time_zone as "timeZone"
    from gatherings mine
    join lateral (${hostsOf(eventId)}) as host on true
    join busy_ranges b on b.user_id = host.id and b.during && tstzrange(mine.start_time, mine.end_time)
    join gatherings other on other.id = b.gathering_id and other.source_id <> mine.source_id
    join users u on u.id = host.id
    where mine.source_id = ${eventId} and mine.status <> 'cancelled' and mine.end_time > ${now}
    order by other.start_time, other.id, u.id limit ${mostConflicts}`.execute(db);
  return rows;
}
