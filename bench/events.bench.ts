import { spawn } from "node:child_process";
import { once } from "node:events";

import { type Ask, load, median } from "#bench/load.ts";
import { makeAccount, publishEvent } from "#bench/people.ts";
import { startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";
import { freePort } from "#server/platform/addresses.ts";

const core = 0;
const rounds = 5;
const seconds = 2;
const concurrency = 16;

/** Reading an event, as data and as a page, on one core; each held against a bare server in the same round. */
export async function run(): Promise<void> {
  const product = await startProduct({ core });
  const [url = ""] = product.urls;
  const bare = await startBare(product.databaseUrl);
  try {
    const { cookie } = await makeAccount(product.db, "Reader");
    const { slug } = await publishEvent(url, cookie, { capacity: 80 });
    const reader = await makeAccount(product.db, "Signed in");
    const at = (base: string, ask: (n: number) => Ask) => async () => {
      const measured = await load({ urls: [base], concurrency, seconds, ask });
      const odd = Object.keys(measured.statuses).filter((status) => status !== "200");
      if (odd.length > 0) throw new Error(`Answered ${odd.join(", ")}`);
      return measured.perSecond;
    };
    const api = `/api/v1/events/${slug}`;
    const figures = await inTurn({
      bareData: at(bare.url, () => ({ path: `/event/${slug}` })),
      data: at(url, () => ({ path: api })),
      signedIn: at(url, () => ({ path: api, headers: { cookie: reader.cookie } })),
      barePage: at(bare.url, () => ({ path: "/page" })),
      // Each address is a page that was never asked for.
      page: at(url, (n) => ({ path: `/events/${slug}?n=${Date.now()}-${n}` })),
      keptPage: at(url, () => ({ path: `/events/${slug}` })),
    });
    report("Reading an event, one core", [
      { what: "bare Fastify with the same query", value: figures.bareData.typical, unit: "per second" },
      { what: "GET event", value: figures.data.typical, unit: "per second" },
      { what: "GET event ÷ bare", value: ratio(figures.data, figures.bareData), unit: "", goal: { atLeast: 0.5 } },
      {
        what: "GET event signed in ÷ anonymous",
        value: ratio(figures.signedIn, figures.data),
        unit: "",
        goal: { atLeast: 0.35 },
      },
      { what: "bare page in the same framework", value: figures.barePage.typical, unit: "per second" },
      { what: "event page, rendered", value: figures.page.typical, unit: "per second", goal: { atLeast: 250 } },
      {
        what: "event page ÷ bare page",
        value: ratio(figures.page, figures.barePage),
        unit: "",
        goal: { atLeast: 0.35 },
      },
      { what: "event page, anonymous, kept", value: figures.keptPage.typical, unit: "per second" },
    ]);
  } finally {
    bare.stop();
    await product.stop();
  }
}

interface Series {
  typical: number;
  all: number[];
}

/** All in turn, several times over, so that a machine that slows down slows them alike. */
async function inTurn<K extends string>(runs: Record<K, () => Promise<number>>): Promise<Record<K, Series>> {
  const names = Object.keys(runs) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await runs[name](); // warm
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await runs[name]());
  }
  const series = names.map((name) => [name, { typical: median(results[name]), all: results[name] }]);
  return Object.fromEntries(series) as Record<K, Series>;
}

/** Round by round, the middle one. */
const ratio = (one: Series, other: Series): number => median(one.all.map((value, n) => value / (other.all[n] ?? 1)));

async function startBare(databaseUrl: string): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  const child = spawn("taskset", ["-c", String(core), process.execPath, "bench/bare.ts", databaseUrl, String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${url}/page`).catch(() => undefined)) break;
    await new Promise((later) => setTimeout(later, 100));
  }
  return {
    url,
    stop: () => {
      child.kill("SIGTERM");
      void once(child, "exit");
    },
  };
}
