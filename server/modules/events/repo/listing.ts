import { type RawBuilder, sql } from "kysely";

import { allOf, anyOf } from "#domain/events/search.ts";
import { around, type CardRow, cardParts } from "#server/modules/events/repo/event.ts";
import type { Db } from "#server/platform/db.ts";

/** What was typed, word by word, with all that is to be found for each. */
export interface KnownWord {
  /** Without accents and case. */
  word: string;
  /** Words that were listed and begin like it, itself among them. */
  begun: string[];
  /** Its stems in the languages asked for, as far as they were listed. */
  stems: string[];
  /** Says nothing in one of these languages, such as "the". */
  isEmpty: boolean;
  /** Words that look like it, the nearest first; asked only where nobody wrote it. */
  alike: string[];
}

const mostWords = 8;

/** Looks each word of a text up among the words that were ever listed. */
export async function lookUpWords(db: Db, text: string, languages: readonly string[]): Promise<KnownWord[]> {
  const { rows } =
    await sql<KnownWord>`select typed.word, looked.*, case when begun || looked.stems <> '{}' then '{}' else
      array(select k.word from listed_words k where k.word % typed.word and k.word !~ '~'
        order by similarity(k.word, typed.word) desc, abs(length(k.word) - length(typed.word)), k.word limit 3) end as alike
    from unnest(words_in(${text})) with ordinality as typed(word, place)
    cross join lateral (select
      array(select k.word::text from listed_words k where k.word >= typed.word and k.word !~ '~'
        and (k.word = typed.word or (length(typed.word) > 2 and k.word < typed.word || chr(1114111)))
        order by length(k.word), k.word limit 24) as begun,
      array(select k.word::text from listed_words k where k.word = any (array(
        select stem from unnest(${languages}::text[]) as language, unnest(stems_of(language, typed.word)) as stem)))
        as stems,
      exists (select from unnest(${languages}::text[]) as language
        where stemmer_of(language) is not null and stems_of(language, typed.word) = '{}') as "isEmpty"
      -- Else all of it is looked up once more to know whether anything was found.
      offset 0) as looked
    where place <= ${mostWords} order by place`.execute(db);
  return rows;
}

/** Which listings are asked for. */
export interface Search {
  now: Date;
  /** Times that are not over by then. */
  from: Date;
  /** Times that begin before. */
  until: Date | null;
  /** Only what is on at `from`. */
  isOn: boolean;
  /** What their words must fulfil, in the language of `tsquery`; empty where anything will do. */
  words: string;
  organizerId: string | null;
  order: "soonest" | "newest";
  after: { at: string; id: string } | null;
  limit: number;
}

/** One listing that was found; `at` and `id` are what it is ordered by. */
export interface Found {
  gatheringId: string;
  at: Date;
  id: string;
}

const day = 86_400_000;
/** Looked at in order first: whatever many events fulfil is among them. */
const probe = 400;
/** How much further than its probe a search looks by its words at most, before it looks everywhere. */
const widening = 60;
/** How many more than are asked for should lie within what it looks at. */
const ease = 2.5;
/** The blocks of days that listings are marked with. */
const spans = [1, 8, 64];
/** An index of words is slow with many of them. */
const mostBlocks = 4;

const keys = {
  soonest: { at: sql.ref("l.start_time"), id: sql.ref("l.gathering_id"), by: sql`l.start_time, l.gathering_id` },
  newest: { at: sql.ref("l.published_at"), id: sql.ref("l.event_id"), by: sql`l.published_at desc, l.event_id desc` },
};

/**
 * Finds listings, each event once with its first time, in the order asked for.
 *
 * What many events fulfil is found by walking a little way along the order; what few fulfil by its words, within the
 * next days, and only what hardly any fulfils everywhere. So no search looks at more than some thousand rows.
 */
export async function findListed(db: Db, search: Search): Promise<Found[]> {
  if (search.words === "" || search.organizerId !== null) return walk(db, search);
  const { found, looked, end } = await probeListed(db, search);
  if (found.length >= search.limit || looked < probe || end === null || search.isOn) return found;
  // As far as they are sown where the probe looked; twice as thin does no harm, and what is rarer is few at all.
  const times = found.length === 0 ? widening : Math.min(widening, (ease * search.limit) / found.length);
  const days = daysBeyond(search, end, times);
  const near = days === null ? [] : await findByWords(db, search, days);
  return near.length >= search.limit ? near : findByWords(db, search);
}

/** The blocks of days, as words, from where a search begins to so many times as far as its probe went; null where they are too many. */
function daysBeyond({ order, from, now, after }: Search, end: Date, times: number): string | null {
  const sign = order === "soonest" ? 1 : -1;
  const begin = after ? new Date(after.at) : order === "soonest" ? from : now;
  const far = begin.getTime() + sign * Math.abs(end.getTime() - begin.getTime()) * times;
  for (const span of spans) {
    const blockOf = (at: number) => Math.floor(at / day / span);
    const first = Math.min(blockOf(begin.getTime()), blockOf(far));
    const count = Math.max(blockOf(begin.getTime()), blockOf(far)) - first + 1;
    const mark = `${order === "soonest" ? "#" : "+"}${span}/`;
    if (count <= mostBlocks) return anyOf(Array.from({ length: count }, (_, n) => `${mark}${first + n}`));
  }
  return null;
}

async function walk(db: Db, search: Search): Promise<Found[]> {
  const { by } = keys[search.order];
  const { rows } = await sql<Found>`select * from (${running(search)}
      ${
        search.isOn
          ? sql``
          : sql`union all (select ${columns(search)} from listings l
        where ${inOrder(search)} ${fulfilling(search.words)} and ${isFirst(search)} order by ${by} limit ${search.limit})`
      }) as found
    order by at ${direction(search)}, id ${direction(search)} limit ${search.limit}`.execute(db);
  return rows;
}

/** By the index of words alone: a planner that saw the order and the limit would rather walk, past everything else. */
async function findByWords(db: Db, search: Search, days = ""): Promise<Found[]> {
  const words = allOf([search.words, days]);
  const { by } = keys[search.order];
  // In order before each is asked whether it is its event's first: that stops with the last one asked for.
  const { rows } = await sql<Found>`with hits as materialized (
      select gathering_id, event_id, organizer_id, start_time, end_time, published_at from listings l
      where true ${fulfilling(words)} and ${inOrder(search)})
    select * from (${running(search)}
      union all (select ${columns(search)} from (select * from hits l order by ${by}) as l
        where ${isFirst(search)} order by ${by} limit ${search.limit})) as found
    order by at ${direction(search)}, id ${direction(search)} limit ${search.limit}`.execute(db);
  return rows;
}

async function probeListed(db: Db, search: Search): Promise<{ found: Found[]; looked: number; end: Date | null }> {
  const { by } = keys[search.order];
  const { rows } = await sql<{
    found: { gatheringId: string; at: string; id: string }[];
    looked: number;
    end: Date | null;
  }>`
    with probed as materialized (select * from listings l where ${inOrder(search)} order by ${by} limit ${probe}),
    found as (select * from (${running(search)}
      ${
        search.isOn
          ? sql``
          : sql`union all (select ${columns(search)} from probed l
        where true ${fulfilling(search.words)} and ${isFirst(search)} order by ${by} limit ${search.limit})`
      }) as either
      order by at ${direction(search)}, id ${direction(search)} limit ${search.limit})
    select coalesce((select json_agg(found) from found), '[]') as found, count(*) as looked,
      ${search.order === "soonest" ? sql`max(start_time)` : sql`min(published_at)`} as "end" from probed`.execute(db);
  const { found = [], looked = 0, end = null } = rows[0] ?? {};
  return { found: found.map((row) => ({ ...row, at: new Date(row.at) })), looked, end };
}

const direction = ({ order }: Search) => (order === "soonest" ? sql`asc` : sql`desc`);

const columns = ({ order }: Search) =>
  sql`l.gathering_id as "gatheringId", ${keys[order].at} as at, ${keys[order].id} as id`;

const fulfilling = (words: string): RawBuilder<unknown> =>
  words === "" ? sql`` : sql`and l.words @@ ${words}::tsquery`;

const beyond = ({ order, after }: Search) => {
  if (!after) return sql`true`;
  const { at, id } = keys[order];
  return sql`(${at}, ${id}) ${order === "soonest" ? sql`>` : sql`<`} (${after.at}::timestamptz, ${after.id}::uuid)`;
};

const ofOrganizer = ({ organizerId }: Search) =>
  organizerId === null ? sql`` : sql`and l.organizer_id = ${organizerId}`;

/** What had begun when the time asked for begins; there are never many. In the order by age, the walk meets it anyway. */
const running = (search: Search) => sql`(select ${columns(search)} from listings l
  where tstzrange(l.start_time, l.end_time) @> ${search.from}::timestamptz
    ${search.isOn ? sql`` : search.order === "soonest" ? sql`and l.start_time < ${search.from}` : sql`and false`} and ${beyond(search)} ${ofOrganizer(search)} ${fulfilling(search.words)} and ${isFirst(search)}
  order by ${keys[search.order].by} limit ${search.limit})`;

const inOrder = (search: Search) => sql`${beyond(search)} ${ofOrganizer(search)}
  and ${search.order === "soonest" ? sql`l.start_time >= ${search.from}` : sql`l.end_time > ${search.from}`}
  ${search.until ? sql`and l.start_time < ${search.until}` : sql``}`;

const isFirst = ({ from }: Search) => sql`not exists (select from listings m where m.event_id = l.event_id
  and m.end_time > ${from} and (m.start_time, m.gathering_id) < (l.start_time, l.gathering_id))`;

/** The cards of gatherings, in the order in which they are named. */
export async function listCards(db: Db, gatheringIds: readonly string[], now: Date): Promise<CardRow[]> {
  if (gatheringIds.length === 0) return [];
  const { rows } = await sql<CardRow>`select ${cardParts(now)}
    from unnest(${gatheringIds}::uuid[]) with ordinality as named(id, place)
    join gatherings g on g.id = named.id join events e on e.id = g.source_id ${around}
    order by named.place`.execute(db);
  return rows;
}

export async function findOrganizerId(db: Db, slug: string): Promise<string | undefined> {
  const row = await db.selectFrom("organizers").select("id").where("slug", "=", slug).executeTakeFirst();
  return row?.id;
}

/** Lets go of listings that are over: nobody finds them any more. */
export async function removeOver(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("listings").where("end_time", "<=", now).execute();
}

/** Public times of an organizer that are over, each event with its last one, the last first; events that go on are not among them. */
export async function findPast(
  db: Db,
  { organizerId, now, after, limit }: Pick<Search, "now" | "after" | "limit"> & { organizerId: string },
): Promise<Found[]> {
  const { rows } = await sql<Found>`select g.id as "gatheringId", g.start_time as at, g.id
    from gatherings g join events e on e.id = g.source_id
    where g.organizer_id = ${organizerId} and g.kind = 'occurrence' and g.status = 'scheduled'
      and g.visibility = 'public' and g.end_time <= ${now} and e.status = 'published' and e.visibility = 'public'
      and not exists (select from gatherings m where m.source_id = e.id and m.kind = 'occurrence'
        and m.status = 'scheduled' and (m.start_time, m.id) > (g.start_time, g.id))
      ${after ? sql`and (g.start_time, g.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by g.start_time desc, g.id desc limit ${limit}`.execute(db);
  return rows;
}
