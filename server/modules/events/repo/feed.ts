import { sql } from "kysely";

import type { Format } from "#domain/registrations/places.ts";
import { placeOf } from "#server/modules/gatherings/service/reading.ts";
import type { Db } from "#server/platform/db.ts";

/** A time of an event that is listed, or was until it was called off, as feeds tell of it. */
export interface FeedRow {
  gatheringId: string;
  slug: string;
  title: string;
  summary: string;
  format: Format;
  placeName: string;
  placeAddress: string;
  sequence: number;
  startTime: Date;
  endTime: Date;
  timeZone: string;
  language: string;
  publishedAt: Date;
  updatedAt: Date;
  isOff: boolean;
}

const told = sql`e.slug, coalesce(g.own_title, e.title) as title, e.summary, e.format, ${placeOf}, g.sequence,
  g.time_zone as "timeZone", e.language, greatest(e.updated_at, g.updated_at) as "updatedAt"`;

/**
 * What an organizer has listed and is not over, by when it begins or the one last published first; and until then what
 * was listed and is off, so that it does not go from somebody's calendar without a word.
 */
export async function listFed(
  db: Db,
  feed: { organizerId: string; now: Date; newestFirst: boolean; limit: number },
): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`select * from (
      select l.gathering_id as "gatheringId", ${told}, l.start_time as "startTime", l.end_time as "endTime",
        l.published_at as "publishedAt", false as "isOff"
      from listings l join events e on e.id = l.event_id join gatherings g on g.id = l.gathering_id
      where l.organizer_id = ${feed.organizerId} and l.end_time > ${feed.now}
      union all
      select g.id, ${told}, g.start_time, g.end_time, e.published_at, true
      from events e join gatherings g on g.source_id = e.id and g.kind = 'occurrence'
      where e.organizer_id = ${feed.organizerId} and e.published_at is not null and e.visibility = 'public'
        and e.status in ('published', 'cancelled') and g.status = 'cancelled' and g.end_time > ${feed.now}) as fed
    order by ${feed.newestFirst ? sql`"publishedAt" desc, "gatheringId" desc` : sql`"startTime", "gatheringId"`}
    limit ${feed.limit}`.execute(db);
  return rows;
}

/** The last event of each part of that many, by their ids; only listed ones count. */
export async function listPartEnds(db: Db, size: number): Promise<string[]> {
  const ends: string[] = [];
  for (let after: string | null = null; ; ) {
    const end: { last: string | null; count: number } | undefined = await findPartEnd(db, after, size);
    if (!end?.last || end.count < size) return ends;
    ends.push(end.last);
    after = end.last;
  }
}

async function findPartEnd(db: Db, after: string | null, size: number) {
  const { rows } = await sql<{ last: string | null; count: number }>`select count(*) as count,
      (array_agg(event_id order by event_id desc))[1] as last
    from (select distinct event_id from listings where ${after === null ? sql`true` : sql`event_id > ${after}`}
      order by event_id limit ${size}) as part`.execute(db);
  return rows[0];
}

interface ListedPage {
  slug: string;
  updatedAt: Date;
  organizerSlug: string;
}

/** The listed events of one part of the map. */
export async function listPart(
  db: Db,
  { after, now, limit }: { after: string | null; now: Date; limit: number },
): Promise<ListedPage[]> {
  const { rows } = await sql<ListedPage>`select e.slug, e.updated_at as "updatedAt", o.slug as "organizerSlug"
    from (select event_id, max(end_time) as over from listings
      where ${after === null ? sql`true` : sql`event_id > ${after}`} group by event_id order by event_id limit ${limit}) as part
    join events e on e.id = part.event_id join organizers o on o.id = e.organizer_id where part.over > ${now} order by part.event_id`.execute(
    db,
  );
  return rows;
}
