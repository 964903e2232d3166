/**
 * The service worker: keeps a person's tickets and one page of comfort for when there is no line.
 *
 * What it keeps is paper: pages as the server rendered them, without any script, so that nothing in them can fail or ask.
 * Everything else goes to the house as if there were no worker. What it is rung with it shows, and opens.
 */
import type { Rung, Told } from "#web/offline/told.ts";

interface Waiting extends Event {
  waitUntil: (done: Promise<unknown>) => void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface Ringing extends Waiting {
  data: { json: () => Rung } | null;
}
interface Pressed extends Waiting {
  notification: Notification & { data: Pick<Rung, "path"> };
}
interface Page {
  url: string;
  focus: () => Promise<Page>;
  navigate: (path: string) => Promise<Page | null>;
}
/** What the types of pages do not know of a worker. */
interface Scope {
  skipWaiting: () => Promise<void>;
  clients: {
    claim: () => Promise<void>;
    matchAll: (which: { type: "window" }) => Promise<Page[]>;
    openWindow: (path: string) => Promise<unknown>;
  };
  registration: ServiceWorkerRegistration;
  addEventListener: {
    (name: "install" | "activate", hear: (event: Waiting) => void): void;
    (name: "fetch", hear: (event: Fetching) => void): void;
    (name: "push", hear: (event: Ringing) => void): void;
    (name: "notificationclick", hear: (event: Pressed) => void): void;
    (name: "message", hear: (event: Waiting & { data: Told }) => void): void;
  };
}
const scope = self as unknown as Scope;

/** What belongs to nobody, and what belongs to whoever is signed in. */
const [house, mine] = ["plenary-house", "plenary-mine"];
const noted = "/offline/noted";

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && /\/(sign-out|auth\/logout)(\.data)?$/.test(pathname)) {
    event.waitUntil(caches.delete(mine));
  }
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => paperFor(pathname)));
  else if (/\.(css|woff2)$/.test(pathname)) event.respondWith(fetch(request).catch(() => keptOrNothing(request)));
});

scope.addEventListener("push", (event) => {
  const { title, body, lang, tag, path } = event.data?.json() ?? { title: location.host };
  const icon = "/icons/icon-192.png";
  // The same notice told twice is one, and rings once.
  event.waitUntil(scope.registration.showNotification(title, { body, lang, tag, icon, badge: icon, data: { path } }));
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});

/** Opens a page of this house, in a window that is there already if it can be had. */
async function open(path = "/me/notices"): Promise<unknown> {
  const { origin, href } = new URL(path, location.origin);
  if (origin !== location.origin) return;
  const [page] = await scope.clients.matchAll({ type: "window" });
  const shown = await page?.navigate(href).catch(() => null);
  return shown ? shown.focus() : scope.clients.openWindow(href);
}

let last: Promise<unknown> = Promise.resolve();

scope.addEventListener("message", (event) => {
  // One after another: what was told later is truer.
  last = last.then(() => hear(event.data)).catch(() => undefined);
  event.waitUntil(last);
});

async function paperFor(pathname: string): Promise<Response> {
  const own = await (await caches.open(mine)).match(pathname);
  return own ?? (await (await caches.open(house)).match("/offline")) ?? Response.error();
}

const keptOrNothing = async (request: Request) => (await caches.match(request)) ?? Response.error();

async function hear({ who, lang, pages, isWhole }: Told): Promise<void> {
  const before = await readNote();
  // Whoever was here before has nothing to leave to the next.
  if (before?.who !== who) await caches.delete(mine);
  if (before?.who !== who || before.lang !== lang) await note({ who, lang });
  if (before?.lang !== lang) await keep(house, "/offline", `/offline?lang=${lang}`, "omit");
  if (!pages) return;
  if (isWhole) await forgetOthers(pages);
  for (const path of pages) await keep(mine, path, path, "same-origin");
}

async function readNote(): Promise<Pick<Told, "who" | "lang"> | undefined> {
  return (await (await caches.open(house)).match(noted))?.json();
}

const note = async (now: Pick<Told, "who" | "lang">) => (await caches.open(house)).put(noted, Response.json(now));

async function forgetOthers(pages: readonly string[]): Promise<void> {
  const cache = await caches.open(mine);
  for (const request of await cache.keys()) {
    if (!pages.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
}

/** Keeps a page as paper, with its sheets and faces; one that is no longer for this person takes all of theirs with it. */
async function keep(where: string, path: string, address: string, credentials: RequestCredentials): Promise<void> {
  const answer = await fetch(address, { credentials, headers: { accept: "text/html" } });
  if (answer.status >= 500) return;
  if (!answer.ok || answer.redirected) return void (await caches.delete(where));
  const html = await answer.text();
  const headers = { "content-type": "text/html; charset=utf-8" };
  const cache = await caches.open(where);
  await cache.put(path, new Response(paper(html), { headers }));
  for (const [sheet] of html.matchAll(/\/assets\/[\w.-]+\.css/g)) await keepSheet(cache, sheet);
}

/** Marked as such, so that its sheet leaves out what is true for a moment only. */
const paper = (html: string) =>
  html
    .replace(/<script\b[\s\S]*?<\/script>/g, "")
    .replace(/<link rel="modulepreload"[^>]*>/g, "")
    .replace("<html ", "<html data-paper ");

async function keepSheet(cache: Cache, path: string): Promise<void> {
  if (await cache.match(path)) return;
  const answer = await fetch(path);
  const faces = (await answer.clone().text()).matchAll(/\/assets\/[\w.-]+\.woff2/g);
  await cache.put(path, answer);
  await cache.addAll([...new Set([...faces].map(([face]) => face))]);
}
