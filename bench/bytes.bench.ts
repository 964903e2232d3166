import { ask, makeAccount, publishEvent } from "#bench/people.ts";
import { startProduct } from "#bench/product.ts";
import { type Figure, report } from "#bench/report.ts";

/** What a browser loads for each public page before anybody touches it: scripts, fonts, styles, gzipped. */
export async function run(): Promise<void> {
  const product = await startProduct({});
  const [url = ""] = product.urls;
  try {
    const { cookie } = await makeAccount(product.db, "Bench");
    const { slug } = await publishEvent(url, cookie);
    const type = await ask(url, cookie, "/events/event-types", { name: "Intro call", duration: 30 });
    const booking = `/${type.organizerSlug}/${type.eventTypeSlug}`;
    const figures: Figure[] = [];
    const pages = ["/", "/events", `/events/${slug}`, `/events/${slug}/register`, booking, "/sign-in", "/sign-up"];
    for (const path of pages) {
      const html = await (await fetch(url + path)).text();
      const shown = path === booking ? "/{organizer}/{event type}" : path.replace(slug, "{slug}");
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
