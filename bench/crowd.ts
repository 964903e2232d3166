import { randomUUIDv7 } from "node:crypto";
import type { Pool, PoolClient } from "pg";

const syllables = [
  "ba",
  "ce",
  "di",
  "fo",
  "gu",
  "ha",
  "je",
  "ki",
  "lo",
  "mu",
  "na",
  "pe",
  "ri",
  "so",
  "tu",
  "ve",
  "wi",
  "xo",
  "yu",
  "za",
];
const written = 50_000;
/** Words that nobody has to invent: the n-th of them. */
export function wordOf(n: number): string {
  const at = (power: number) => syllables[Math.floor((n * 7919) / syllables.length ** power) % syllables.length];
  return `${at(0)}${at(1)}${at(2)}${at(3)}`;
}
export const commonWord = wordOf(1);
/** Stands in some hundred of a million. */
export const townOf = (n: number) => `${wordOf(60_000 + n)}stadt`;

const paragraphs = 2000;
const wordsEach = 30;
const towns = 400;
/** Events of one organizer, so that a page of theirs is as full among few as among many. */
const eventsEach = 200;
const batch = 20_000;

/**
 * A user and as many published events as asked, spread over 540 days, written by SQL with all triggers at rest: what
 * they would list is put together from texts whose words are split once.
 */
export async function fill(db: Pool, count: number, log: (line: string) => void): Promise<void> {
  const host = await makeHosts(db, Math.ceil(count / eventsEach));
  await makeTexts(db);
  const { rows } = await db.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'listings' and indexname not like '%_pkey'`,
  );
  for (const { name } of rows) await db.query(`drop index ${name}`);
  const starts = Array.from({ length: Math.ceil(count / batch) }, (_, n) => n * batch);
  const began = Date.now();
  const work = async (client: PoolClient) => {
    await client.query("set synchronous_commit = off; set session_replication_role = replica");
    for (let first = starts.shift(); first !== undefined; first = starts.shift()) {
      await makeEvents(client, host, { first, end: Math.min(count, first + batch), count });
      log(`${first + batch} events after ${Math.round((Date.now() - began) / 1000)} s`);
    }
    await client.query("set session_replication_role = origin; set maintenance_work_mem = '1GB'");
    for (let index = rows.pop(); index !== undefined; index = rows.pop()) await client.query(index.definition);
  };
  const clients = await Promise.all([db.connect(), db.connect()]);
  try {
    await Promise.all(clients.map(work));
    log(`indexed after ${Math.round((Date.now() - began) / 1000)} s`);
  } finally {
    for (const client of clients) client.release(true);
  }
  await db.query(`insert into listed_words select distinct word from (select unnest(lexemes) as word from bench_texts
    union all select word from bench_words union all select 'en~' || word from bench_words
    union all select town from bench_towns) as said where word !~ '^[=#+^@]' on conflict do nothing`);
  await db.query("vacuum analyze");
}

async function makeHosts(db: Pool, houses: number): Promise<string> {
  const id = randomUUIDv7();
  await db.query(
    `insert into users (id, email, name, verified_at, created_at, updated_at) values ($1, 'host@example.org', 'Host', now(), now(), now())`,
    [id],
  );
  await db.query(
    `insert into organizers (id, slug, name, hue, time_zone, created_at, updated_at)
    select gen_random_uuid(), 'house-' || n, 'House ' || n, n % 360, 'UTC', now(), now() from generate_series(0, $1::integer - 1) as n`,
    [houses],
  );
  return id;
}

const spoken = ["en", "de", "fr", "pt"];

async function makeTexts(db: Pool): Promise<void> {
  const table = (name: string, values: readonly string[]) =>
    db.query(`create table ${name} as select n - 1 as n, word from unnest($1::text[]) with ordinality as w(word, n)`, [
      values,
    ]);
  // A few words stand almost everywhere and most hardly anywhere, as in any language.
  const pick = () => wordOf(Math.floor(4000 * Math.random() ** 4));
  const texts = Array.from({ length: paragraphs }, () => Array.from({ length: wordsEach }, pick).join(" "));
  await table(
    "bench_words",
    Array.from({ length: written }, (_, n) => wordOf(n)),
  );
  await table("bench_bodies", texts);
  await table(
    "bench_towns",
    Array.from({ length: towns }, (_, n) => townOf(n)),
  );
  await db.query("alter table bench_towns rename word to town");
  await db.query(
    `create table bench_texts as select n, language, word as body, words_in(word) || stems_of(language, word) as lexemes
    from bench_bodies, unnest($1::text[]) as language`,
    [spoken],
  );
  for (const on of ["words (n)", "texts (language, n)", "towns (n)"]) await db.query(`create index on bench_${on}`);
  await db.query("analyze");
}

async function makeEvents(
  client: PoolClient,
  host: string,
  { first, end, count }: { first: number; end: number; count: number },
): Promise<void> {
  await client.query(
    `with picked as materialized (
      select n, gen_random_uuid() as id, gen_random_uuid() as gathering_id,
        (array['virtual', 'virtual', 'in_person', 'hybrid'])[1 + n % 4] as format,
        (array['en', 'en', 'en', 'en', 'de', 'de', 'de', 'fr', 'fr', 'pt'])[1 + n / 32 % 10] as language,
        n / 320 % 20 = 0 as paid,
        floor(random() * ${written})::integer as w1, floor(random() * ${written})::integer as w2,
        floor(random() * 4000)::integer as w3, floor(power(random(), 2) * ${towns})::integer as town,
        floor(random() * ${paragraphs})::integer as t1, floor(random() * ${paragraphs})::integer as t2,
        date_trunc('minute', now() + interval '1 hour' + random() * interval '540 days') as start_time,
        date_trunc('milliseconds', now() - ($2::float / $4) * interval '400 days' - random() * interval '1 day') as published_at
      from generate_series($2::integer, $3::integer - 1) as n),
    houses as materialized (select id, row_number() over (order by slug) - 1 as n from organizers),
    kinds as materialized (select id, slug, position - 1 as n from categories),
    whole as materialized (
      select p.*, h.id as organizer_id, k.id as category_id, k.slug as category, array[a.word, b.word, c.word] as titled,
        x.body, x.lexemes || y.lexemes as lexemes, case when p.format <> 'virtual' then w.town end as town_name
      from picked p join houses h on h.n = p.n % (select count(*) from houses) join kinds k on k.n = p.n / 4 % 8
        join bench_words a on a.n = p.w1 join bench_words b on b.n = p.w2 join bench_words c on c.n = p.w3
        join bench_texts x on x.language = p.language and x.n = p.t1 join bench_texts y on y.language = p.language and y.n = p.t2
        join bench_towns w on w.n = p.town),
    made as (
      insert into events (id, organizer_id, slug, title, summary, hue, category_id, format, visibility, language,
        status, place_name, place_address, created_by, published_at, created_at, updated_at)
      select id, organizer_id, 'event-' || n, array_to_string(titled, ' '), left(body, 120), n % 360, category_id, format, 'public',
        language, 'published', case when town_name is null then '' else 'Hall' end, coalesce(town_name, ''), $1, published_at,
        now(), now() from whole),
    held as (
      insert into gatherings (id, kind, source_id, organizer_id, title, status, format, visibility, start_time, end_time,
        wall_start, wall_end, time_zone, settings, created_at, updated_at)
      select gathering_id, 'occurrence', id, organizer_id, 'Event', 'scheduled', format, 'public', start_time,
        start_time + interval '2 hours', '-', '-', 'UTC', '{}', now(), now() from whole),
    sold as (
      insert into ticket_types (id, source_id, name, side, price_minor, position, created_at)
      select gen_random_uuid(), id, 'Admission', 'any', case when paid then 1500 else 0 end, 0, now() from whole)
    insert into listings (gathering_id, event_id, organizer_id, start_time, end_time, published_at, words)
      select gathering_id, id, organizer_id, start_time, start_time + interval '2 hours', published_at, array_to_tsvector(
        lexemes || titled || array(select language || '~' || word from unnest(titled) as word)
        || array(select '^' || word from unnest(titled) as word)
        || case when town_name is null then '{}' else array[town_name, '@' || town_name, 'hall', '@hall'] end
        || array(select c || f || l || p from unnest(array['', '=c/' || category]) as c,
             unnest(array['', '=f/' || format]) as f, unnest(array['', '=l/' || language]) as l,
             unnest(array['', case when paid then '=p/paid' else '=p/free' end]) as p where c || f || l || p <> '')
        || spans_of('#', start_time) || spans_of('+', published_at)) from whole`,
    [host, first, end, count],
  );
}
