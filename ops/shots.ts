import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";

import { demoAccounts, demoPassword } from "#db/demo-people.ts";
import { findChromium } from "#ops/installed.ts";
import { startHouse } from "#ops/run-house.ts";
import routes from "#web/routes.ts";

const folder = join(import.meta.dirname, "../.shots");

/** `npm run shots -- de`: the language in which they are taken. */
const locale = process.argv[2] ?? "en";

const looks: Record<string, BrowserContextOptions> = {
  desktop: { locale, viewport: { width: 1280, height: 900 } },
  phone: { locale, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  dark: { locale, viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

/** A page as `web/routes.ts` lists it: its name, and the paths that lead to it. */
interface Kind {
  name: string;
  leads: RegExp;
}

type Entry = (typeof routes)[number];

function kindsOf(entries: readonly Entry[], prefix = ""): Kind[] {
  return entries.flatMap(({ path = "", index, file, children }) => {
    const whole = [prefix, path].filter(Boolean).join("/");
    const below = children ? kindsOf(children, whole) : [];
    if (!file.endsWith("-page.tsx") || path === "*" || !(index || path)) return below;
    const leads = new RegExp(`^/${whole.replace(/:\w+/g, "[^/]+")}$`);
    return [{ name: file.replace(/^features\/|-page\.tsx$/g, "").replaceAll("/", "-"), leads }, ...below];
  });
}

const openOf = ({ leads }: Kind) => leads.source.split("[^/]+").length;

const doorways = ["/", "/events", "/sign-in", "/sign-up", "/forgot", "/me", "/organize", "/dev/mail", "/api/docs"];
const visitors = [undefined, ...demoAccounts.slice(0, 3).map(({ email }) => email)];

/** Walks from link to link as one visitor, and finds an address for each kind of page. */
async function explore(page: Page, kinds: readonly Kind[], starts: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set(starts);
  const queue = [...starts];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const kind = kinds.find(({ leads }) => leads.test(path.split(/[?#]/)[0] ?? ""));
    if (kind && found.has(kind.name)) continue;
    const answer = await page.goto(path, { waitUntil: "load" }).catch(() => null);
    if (!answer?.headers()["content-type"]?.includes("html")) continue;
    if (kind && answer.ok() && new URL(page.url()).pathname === path.split(/[?#]/)[0]) found.set(kind.name, path);
    for (const link of await linksOf(page)) {
      if (seen.has(link)) continue;
      seen.add(link);
      queue.push(link);
    }
  }
  return found;
}

/** Pages that no link leads to: from letters, or by a button. */
async function startsOf(url: string): Promise<string[]> {
  const read = async (path: string) => (await fetch(url + path)).json();
  const { occurrenceId } = (await read("/api/v1/events/open-house")) as { occurrenceId: string };
  const letters = JSON.stringify(await read("/dev/mail.json"));
  const links = [...letters.matchAll(/http:\/\/localhost:\d+(\/[\w/?=&.~-]*)/g)].map(([, path = "/"]) => path);
  const hidden = ["/organize/events/open-house/door", `/live/${occurrenceId}`, "/events/slow-run/registered"];
  return [...new Set([...doorways, ...hidden, ...links])];
}

async function linksOf(page: Page): Promise<string[]> {
  const addresses = await page
    .locator("a[href]")
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  const origin = new URL(page.url()).origin;
  return addresses
    .filter((address) => address.startsWith(origin) && !/\/(sign-out|api\/v1|assets)/.test(address))
    .map((address) => new URL(address).pathname + new URL(address).search);
}

async function openAs(browser: Browser, baseURL: string, email: string | undefined, look: BrowserContextOptions) {
  const context = await browser.newContext({ ...look, baseURL, permissions: ["camera", "microphone"] });
  if (email) {
    await context.request.post("/api/v1/auth/login", { data: { email, password: demoPassword } });
    // An account's own language goes before its browser's.
    await context.request.patch("/api/v1/me", { data: { locale } });
  }
  return context;
}

async function shoot(
  browser: Browser,
  url: string,
  email: string | undefined,
  pages: Map<string, string>,
): Promise<void> {
  const who = email?.split("@")[0] ?? "stranger";
  for (const [look, options] of Object.entries(looks)) {
    const context = await openAs(browser, url, email, options);
    const page = await context.newPage();
    for (const [name, path] of pages) {
      await page.goto(path, { waitUntil: "networkidle" }).catch(() => page.goto(path));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) console.log(`${name} (${look}) is ${wider} pixels wider than its window.`);
      await page.screenshot({ path: join(folder, `${name}.${who}.${look}.png`), fullPage: true });
    }
    await context.close();
  }
}

// What names its own words leads before what fits any: `/live/…` is no page of an organizer.
const kinds = kindsOf(routes).toSorted((a, b) => openOf(a) - openOf(b));
const reached = new Set<string>();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const house = await startHouse({ env: { PLENARY_DEMO: "on" } });
// A letter that brings a link to verify an address, and one that brings a new password.
const post = (path: string, data: object) =>
  fetch(`${house.url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
  });
await post("/auth/register", { name: "Nova Reyes", email: "nova@example.org", password: demoPassword });
await post("/auth/password/forgot", { email: "jonas@example.org" });
await sleep(3_000);
const starts = await startsOf(house.url);
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"],
});
try {
  for (const email of visitors) {
    const context = await openAs(browser, house.url, email, looks.desktop ?? {});
    const pages = await explore(await context.newPage(), kinds, starts);
    await context.close();
    // What a stranger sees is shown once; others are shown what opens to them alone, the start and the room.
    const fresh = new Map([...pages].filter(([name]) => !reached.has(name) || /^(home|rooms)/.test(name)));
    for (const name of pages.keys()) reached.add(name);
    await shoot(browser, house.url, email, fresh);
    console.log(`${email ?? "a stranger"}: ${[...fresh.keys()].join(", ")}`);
  }
} finally {
  await browser.close();
  await house.stop();
}
const missed = kinds.map(({ name }) => name).filter((name) => !reached.has(name));
if (missed.length > 0) console.log(`No link leads a visitor to: ${missed.join(", ")}`);
console.log(`The pictures lie in ${folder}.`);
