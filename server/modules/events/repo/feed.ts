import { sql } from "kysely";

import type { Format } from "#domain/registrations/places.ts";
import { placeOf } from "#server/modules/gatherings/service/reading.ts";
import type { Db } from "#server/platform/db.ts";

/** A listed time of an event, as feeds tell of it. */
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
}

/** What an organizer has listed and is not over: by when it begins, or the one last published first. */
export async function listFed(
  db: Db,
  feed: { organizerId: string; now: Date; newestFirst: boolean; limit: number },
): Promise<FeedRow[]> {
  const { rows } =
    await sql<FeedRow>`select l.gathering_id as "gatheringId", e.slug, coalesce(g.own_title, e.title) as title, e.summary, e.format,
      ${placeOf}, g.sequence, g.time_zone as "timeZone", e.language, l.start_time as "startTime",
      l.end_time as "endTime", l.published_at as "publishedAt", greatest(e.updated_at, g.updated_at) as "updatedAt"
    from listings l join events e on e.id = l.event_id join gatherings g on g.id = l.gathering_id
    where l.organizer_id = ${feed.organizerId} and l.end_time > ${feed.now}
    order by ${feed.newestFirst ? sql`l.published_at desc, l.gathering_id desc` : sql`l.start_time, l.gathering_id`}
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
