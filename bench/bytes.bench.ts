import { ask, makeAccount, publishEvent } from "#bench/people.ts";
import { startProduct } from "#bench/product.ts";
import { type Figure, report } from "#bench/report.ts";
import type { SlotDays } from "#contract/scheduling-public.ts";
import { dateAt } from "#domain/time/wall.ts";

/** What a browser loads for each public page before anybody touches it: scripts, fonts, styles, gzipped. */
export async function run(): Promise<void> {
  const product = await startProduct({});
  const [url = ""] = product.urls;
  try {
    const { cookie } = await makeAccount(product.db, "Bench");
    const { slug } = await publishEvent(url, cookie);
    const type = await ask(url, cookie, "/events/event-types", { name: "Intro call", duration: 30 });
    const booking = `/${type.organizerSlug}/${type.eventTypeSlug}`;
    const own = `/booking/${await book(url, type)}`;
    const figures: Figure[] = [];
    const pages = {
      "/": "/",
      "/events": "/events",
      "/events/{slug}": `/events/${slug}`,
      "/events/{slug}/register": `/events/${slug}/register`,
      "/{organizer}/{event type}": booking,
      "/booking/{link}/manage": `${own}/manage`,
      "/booking/{link}/move": `${own}/move`,
      "/sign-in": "/sign-in",
      "/sign-up": "/sign-up",
    };
    for (const [shown, path] of Object.entries(pages)) {
      const html = await (await fetch(url + path)).text();
      const goal = { atMost: 130 };
      figures.push({ what: `${shown} scripts`, value: await kilobytes(url, scriptsOf(html)), unit: "kB gz", goal });
    }
    const html = await (await fetch(url)).text();
    const [style = ""] = matches(html, /<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g);
    const css = await (await fetch(url + style)).text();
    const fonts = [...new Set(matches(css, /url\(["']?(\/[^)"']+\.woff2)/g))];
    figures.push({ what: "styles", value: await kilobytes(url, [style]), unit: "kB gz" });
    figures.push({
      what: `fonts (${fonts.length})`,
      value: await kilobytes(url, fonts, false),
      unit: "kB",
      goal: { atMost: 120 },
    });
    report("Bytes of the public pages", figures);
  } finally {
    await product.stop();
  }
}

/** Books the first time that is free, and gives the secret of its link. */
async function book(url: string, { organizerSlug, eventTypeSlug }: Record<string, unknown>): Promise<string> {
  const dateIn = (days: number) => dateAt(new Date(Date.now() + days * 86_400_000), "UTC");
  const range = `start_date=${dateIn(1)}&end_date=${dateIn(14)}`;
  const reply = await fetch(`${url}/api/v1/events/slots/${organizerSlug}/${eventTypeSlug}?${range}`);
  const { days } = (await reply.json()) as SlotDays;
  const startTime = days[0]?.slots[0]?.startTime;
  const invitee = { inviteeName: "Ivy", inviteeEmail: "ivy@example.org" };
  const asked = { organizerSlug, eventTypeSlug, startTime, ...invitee };
  return String((await ask(url, "", "/events/bookings/create", asked)).accessToken);
}

const scriptsOf = (html: string): string[] => [
  ...new Set([
    ...matches(html, /<link[^>]+rel="modulepreload"[^>]+href="([^"]+)"/g),
    ...matches(html, /import(?: \* as \w+ from)? "(\/assets\/[^"]+\.js)"/g),
    ...matches(html, /<script[^>]+src="([^"]+)"/g),
  ]),
];

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? "");

async function kilobytes(url: string, paths: readonly string[], zipped = true): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    // As it travels: packed by the build, for whoever takes gzip.
    const headers = { "accept-encoding": zipped ? "gzip" : "identity" };
    const reply = await fetch(url + path, { headers });
    const length = reply.headers.get("content-length");
    if (!length) throw new Error(`${path} does not say how long it is.`);
    bytes += Number(length);
  }
  return bytes / 1000;
}
