import type { Pool } from "pg";

import { commonWord, fill, townOf, wordOf } from "#bench/crowd.ts";
import { median } from "#bench/load.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";

const few = 1000;
const many = Number(process.env.DISCOVERY_EVENTS ?? 1_000_000);
const rounds = 60;

/** Lists of a thousand events and of a million, in turns; then searches among the million. */
export async function run(): Promise<void> {
  const [small, large] = [await startProduct({}), await startProduct({})];
  try {
    await fill(small.db, few, () => {});
    await fill(large.db, many, console.log);
    for (const { db } of [small, large]) await warm(db);
    await measureLists(small, large);
    await measureSearches(large);
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** As in a house that has been open for a while: what was just written may have left the memory. */
async function warm(db: Pool): Promise<void> {
  await db.query("create extension pg_prewarm");
  await db.query(`select pg_prewarm(oid) from pg_class
    where relkind in ('r', 'i') and relpersistence = 'p' and relname !~ '^bench_' order by relname ~ '^listings'`);
}

const lists: Record<string, string> = {
  soonest: "",
  newest: "sort=newest",
  category: "category=talks",
  "format, newest": "format=in_person&sort=newest",
  organizer: "organizer=house-2",
};

async function measureLists(small: Product, large: Product): Promise<void> {
  const figures = [];
  for (const [what, query] of Object.entries(lists)) {
    const times: Record<"small" | "large", number[]> = { small: [], large: [] };
    // Not the first page alone: each one leads to the next.
    const cursors: Record<"small" | "large", string | null> = { small: null, large: null };
    for (let n = 0; n < rounds + 5; n += 1) {
      for (const [name, product] of [
        ["small", small],
        ["large", large],
      ] as const) {
        const { ms, nextCursor } = await ask(product, query, n % 10 === 0 ? null : cursors[name]);
        cursors[name] = nextCursor;
        if (n >= 5) times[name].push(ms);
      }
    }
    const value = median(times.large) / median(times.small);
    figures.push({
      what: `${what}: ${many} ÷ ${few} (${median(times.large).toFixed(1)} ms)`,
      value,
      unit: "",
      goal: { atMost: 1.2 },
    });
  }
  report("Lists, the middle of the answers", figures);
}

const typo = (word: string) => `${word.slice(0, 3)}${word.slice(4)}`;
const searches: Record<string, (n: number) => string> = {
  "common word": () => `q=${commonWord}`,
  "common word, by relevance": () => `q=${commonWord}&sort=relevance`,
  "common word, newest": () => `q=${commonWord}&sort=newest`,
  "common words together": (n) => `q=${wordOf(1 + (n % 5))}+${wordOf(7 + (n % 5))}`,
  "word of the middle": (n) => `q=${wordOf(1500 + n * 31)}`,
  "rare word": (n) => `q=${wordOf(20_000 + n * 97)}`,
  "rare word, by relevance": (n) => `q=${wordOf(30_000 + n * 97)}&sort=relevance`,
  "a word begun": (n) => `q=${wordOf(n * 53).slice(0, 4)}`,
  "a word with a mistake": (n) => `q=${typo(wordOf(20_000 + n * 89))}`,
  place: (n) => `place=${townOf(n * 5)}`,
  "place with a mistake": (n) => `place=${typo(townOf(n * 5))}`,
  "filters together": (n) => `category=talks&format=hybrid&language=pt&price=free&place=${townOf(n)}`,
  "word and filters": (n) => `q=${wordOf(n * 17)}&category=support&language=de&format=in_person`,
  "range of days": (n) => `q=${wordOf(n * 3)}&start_date=2027-0${1 + (n % 9)}-10&end_date=2027-0${1 + (n % 9)}-20`,
};

async function measureSearches(product: Product): Promise<void> {
  const figures = [];
  const all: number[] = [];
  for (const [what, queryOf] of Object.entries(searches)) {
    const times: number[] = [];
    let found = 0;
    for (let n = 0; n < rounds + 3; n += 1) {
      const { ms, items } = await ask(product, queryOf(n), null);
      if (n >= 3) times.push(ms);
      found += items;
    }
    all.push(...times);
    figures.push({
      what: `${what} (${(found / (rounds + 3)).toFixed(0)} found)`,
      value: quantile(times, 0.95),
      unit: "ms",
      goal: { atMost: 50 },
    });
  }
  const deep: number[] = [];
  for (const query of [`q=${commonWord}`, "q=&category=talks&language=pt", `place=${townOf(1)}`]) {
    let cursor: string | null = null;
    for (let page = 0; page < 200; page += 1) {
      const { ms, nextCursor } = await ask(product, `${query}&limit=60`, cursor);
      if (page > 0) deep.push(ms);
      cursor = nextCursor;
      if (!cursor) break;
    }
  }
  all.push(...deep);
  figures.push({
    what: `pages far behind (${deep.length} pages of 60)`,
    value: quantile(deep, 0.95),
    unit: "ms",
    goal: { atMost: 50 },
  });
  figures.push({ what: "all searches", value: quantile(all, 0.95), unit: "ms", goal: { atMost: 50 } });
  report(`Searches among ${many} events, the database warm, 95 of 100 answers within`, figures);
}

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;

async function ask(
  { urls: [url = ""] }: Product,
  query: string,
  cursor: string | null,
): Promise<{ ms: number; items: number; nextCursor: string | null }> {
  const began = performance.now();
  const reply = await fetch(`${url}/api/v1/events?${query}${cursor ? `&cursor=${cursor}` : ""}`);
  const body = (await reply.json()) as { items: unknown[]; nextCursor: string | null };
  if (reply.status !== 200) throw new Error(`${query} answered ${reply.status}`);
  return { ms: performance.now() - began, items: body.items.length, nextCursor: body.nextCursor };
}
