import { type RawBuilder, sql } from "kysely";

import { around, type CardRow, cardParts, isUuid } from "#server/modules/events/repo/event.ts";
import { type Db, prepared } from "#server/platform/db.ts";

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

/** From here on scripts say much with one sign or two (kana, ideographs, Hangul). */
const shortWords = "\u3041";
/** Words that begin like one lie before it with the last letter at its end; before it with the first lies only itself. */
const [firstLetter, lastLetter] = [sql`chr(1)`, sql`chr(1114111)`];

const lookUps = prepared<KnownWord, [text: string, languages: readonly string[]]>(
  (text, languages) => sql`select typed.word, looked.*, case when begun || looked.stems <> '{}' then '{}' else
      array(select k.word from listed_words k where k.word % typed.word and k.word !~ '~'
        order by similarity(k.word, typed.word) desc, abs(length(k.word) - length(typed.word)), k.word limit 3) end as alike
    from unnest(words_in(${text})) with ordinality as typed(word, place)
    cross join lateral (select
      array(select k.word::text from listed_words k where k.word !~ '~' and k.word >= typed.word and k.word < typed.word
          || case when length(typed.word) > 2 or typed.word collate "C" >= ${sql.lit(shortWords)} then ${lastLetter} else ${firstLetter} end
        order by length(k.word), k.word limit 24) as begun,
      array(select k.word::text from listed_words k where k.word = any (array(
        select stem from unnest(${languages}::text[]) as language, unnest(stems_of(language, typed.word)) as stem)))
        as stems,
      exists (select from unnest(${languages}::text[]) as language
        where stemmer_of(language) is not null and stems_of(language, typed.word) = '{}') as "isEmpty"
      -- Else all of it is looked up once more to know whether anything was found.
      offset 0) as looked
    where place <= ${sql.lit(mostWords)} order by place`,
);

/** Looks each word of a text up among the words that were ever listed. */
export const lookUpWords = (db: Db, text: string, languages: readonly string[]): Promise<KnownWord[]> =>
  lookUps(db, text, languages);

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

/** Looked at in order first: whatever many events fulfil is among them. */
const probe = sql.lit(400);
/** How much further than its probe a search looks by its words at most, before it looks everywhere. */
const widening = sql.lit(60);
/** How many more than are asked for should lie within what it looks at. */
const ease = sql.lit(2.5);
/** An index of words is slow with many blocks of days. */
const mostBlocks = sql.lit(4);

const keys = {
  soonest: {
    at: sql.ref("l.start_time"),
    id: sql.ref("l.gathering_id"),
    by: sql`l.start_time, l.gathering_id`,
    isDescending: false,
    mark: "#",
  },
  newest: {
    at: sql.ref("l.published_at"),
    id: sql.ref("l.event_id"),
    by: sql`l.published_at desc, l.event_id desc`,
    isDescending: true,
    mark: "+",
  },
};

/**
 * Finds listings, each event once with its first time, in the order asked for.
 *
 * What many events fulfil is found by walking a little way along the order; what few fulfil by its words, within the
 * next days, and only what hardly any fulfils everywhere. So no search looks at more than some thousand rows.
 */
export function findListed(db: Db, search: Search): Promise<Found[]> {
  const { words, organizerId, isOn, order, now, from, until, after, limit } = search;
  if (words === "" || organizerId !== null || isOn) return walk(db, search);
  const { at, id } = after ?? edges[order];
  const begin = after?.at ?? (order === "soonest" ? from : now);
  return byWords[order](db, words, from, until ?? "infinity", at, id, begin, limit);
}

async function walk(db: Db, search: Search): Promise<Found[]> {
  const { by } = keys[search.order];
  const { rows } = await sql<Found>`select * from (${running(search)}
      ${
        search.isOn
          ? sql``
          : sql`union all (select ${columns(search.order)} from listings l
        where ${inOrder(search)} ${fulfilling(search.words)} and ${isFirst(search.from)} order by ${by} limit ${search.limit})`
      }) as found
    order by at ${direction(search)}, id ${direction(search)} limit ${search.limit}`.execute(db);
  return rows;
}

const direction = ({ order }: Search) => (order === "soonest" ? sql`asc` : sql`desc`);

const columns = (order: Search["order"]) =>
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
const running = (search: Search) => sql`(select ${columns(search.order)} from listings l
  where tstzrange(l.start_time, l.end_time) @> ${search.from}::timestamptz
    ${search.isOn ? sql`` : search.order === "soonest" ? sql`and l.start_time < ${search.from}` : sql`and false`} and ${beyond(search)} ${ofOrganizer(search)} ${fulfilling(search.words)} and ${isFirst(search.from)}
  order by ${keys[search.order].by} limit ${search.limit})`;

const inOrder = (search: Search) => sql`${beyond(search)} ${ofOrganizer(search)}
  and ${search.order === "soonest" ? sql`l.start_time >= ${search.from}` : sql`l.end_time > ${search.from}`}
  ${search.until ? sql`and l.start_time < ${search.until}` : sql``}`;

const isFirst = (
  from: Date | RawBuilder<unknown>,
) => sql`not exists (select from listings m where m.event_id = l.event_id
  and m.end_time > ${from}::timestamptz and (m.start_time, m.gathering_id) < (l.start_time, l.gathering_id))`;

/** What comes before everything. */
const edges = {
  soonest: { at: "-infinity", id: "00000000-0000-0000-0000-000000000000" },
  newest: { at: "infinity", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" },
};

type Asked = [
  words: string,
  from: Date,
  until: Date | "infinity",
  at: string,
  id: string,
  begin: Date | string,
  limit: number,
];

/**
 * All steps in one statement: each looks for words that are null where the step before it found enough, and then reads
 * nothing. By the index of words alone: a planner that saw the order would rather walk, past everything else, and one that
 * plans for all values takes every stretch of time for a short one.
 */
const searchInOrder = (order: "soonest" | "newest") =>
  prepared<Found, Asked>((words, from, until, at, id, begin, limit) => {
    const { at: key, by, isDescending, mark } = keys[order];
    const [direction, sign] = isDescending ? [sql`desc`, sql`-`] : [sql`asc`, sql`+`];
    const most = sql`${limit}::integer`;
    const since = sql`${from}::timestamptz`;
    const isLater = (instant: RawBuilder<unknown>, own: RawBuilder<unknown>) =>
      sql`(${key}, ${keys[order].id}) ${isDescending ? sql`<` : sql`>`} (${instant}, ${own})`;
    const isAfter = isLater(sql`${at}::timestamptz`, sql`${id}::uuid`);
    // One bound, not two: the index is read from the first of them on.
    const begins = isLater(
      sql`greatest(${at}::timestamptz, ${since})`,
      sql`case when ${at}::timestamptz < ${since} then ${sql.lit(edges.soonest.id)} else ${id} end::uuid`,
    );
    const inOrder = sql`${isDescending ? sql`${isAfter} and l.end_time > ${since}` : begins} and l.start_time < ${until}::timestamptz`;
    const kept = sql`l.gathering_id, l.event_id, l.start_time, l.end_time, l.published_at`;
    const dayOf = (instant: RawBuilder<unknown>) => sql`extract(epoch from ${instant}::timestamptz) / 86400`;
    // In order before each is asked whether it is its event's first: that stops with the last one asked for.
    const firsts = (
      hits: RawBuilder<unknown>,
    ) => sql`select ${columns(order)} from (select * from (${hits}) as l order by ${by}) as l
      where ${isFirst(from)} order by ${by} limit ${most}`;
    const hits = (query: RawBuilder<unknown>) =>
      sql`select * from (select ${kept} from listings l where l.words @@ (select query from ${query}) offset 0) as l where ${inOrder}`;
    return sql`with running as materialized (select ${columns(order)} from (select * from listings l
          where ${sql.lit(!isDescending)} and tstzrange(l.start_time, l.end_time) @> ${since} offset 0) as l
        where l.start_time < ${since} and ${isAfter} and l.words @@ ${words}::tsquery and ${isFirst(from)}),
      looked as materialized (select ${kept}, l.words @@ ${words}::tsquery as hit from listings l
        where ${inOrder} order by ${by} limit ${probe}),
      probed as materialized (${firsts(sql`select * from looked where hit`)}),
      state as materialized (select found, found >= ${most} or looked < ${probe} as "isDone", ${dayOf(begin)} as first,
          ${dayOf(begin)} ${sign} abs(${dayOf(sql`"end"`)} - ${dayOf(begin)})
            * case when found = 0 then ${widening} else least(${widening}, ${ease} * ${most} / found) end as last
        from (select (select count(*) from running) + (select count(*) from probed) as found) as probing,
          -- Read on to its end only where that much of the probe was not enough.
          lateral (select count(*) as looked, ${isDescending ? sql`min` : sql`max`}(${key}) as "end" from looked l
            where found < ${most}) as probe),
      near_query as materialized (select ${words}::tsquery && string_agg(format('%L', ${sql.lit(mark)} || span || '/' || block), '|')::tsquery as query
        from (select span, floor(first / span)::bigint as one, floor(last / span)::bigint as other
          from state, unnest(array[1, 8, 64]) as span
          where not "isDone" and abs(floor(first / span) - floor(last / span)) < ${mostBlocks} order by span limit 1) as reach,
        generate_series(least(one, other), greatest(one, other)) as block),
      near as materialized (${firsts(hits(sql`near_query`))}),
      whole_query as materialized (select ${words}::tsquery as query from state
        where not "isDone" and (select count(*) from running) + (select count(*) from near) < ${most}),
      whole as materialized (${firsts(hits(sql`whole_query`))})
    select * from (select * from running
      union all select * from probed where (select "isDone" from state)
      union all select * from near where not (select "isDone" from state) and not exists (select from whole_query)
      union all select * from whole) as found
    order by at ${direction}, id ${direction} limit ${most}`;
  });

const byWords = { soonest: searchInOrder("soonest"), newest: searchInOrder("newest") };

const cards = prepared<CardRow, [gatheringIds: readonly string[], now: Date]>(
  (gatheringIds, now) => sql`select ${cardParts(now)}
    from unnest(${gatheringIds}::uuid[]) with ordinality as named(id, place)
    join gatherings g on g.id = named.id join events e on e.id = g.source_id ${around}
    order by named.place`,
);

/** The cards of gatherings, in the order in which they are named. */
export const listCards = async (db: Db, gatheringIds: readonly string[], now: Date): Promise<CardRow[]> =>
  gatheringIds.length === 0 ? [] : cards(db, gatheringIds, now);

export async function findOrganizerId(db: Db, name: string): Promise<string | undefined> {
  const lower = name.toLowerCase();
  const by = isUuid.test(lower) ? "id" : "slug";
  const row = await db.selectFrom("organizers").select("id").where(by, "=", lower).executeTakeFirst();
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
