import { type BrowserContext, expect, test } from "@playwright/test";

import type { EventView } from "#contract/events.ts";
import { publish, signUp } from "#e2e/steps.ts";

let organizer: BrowserContext;
let event: EventView;
let booking: string;

test.beforeAll(async ({ browser }) => {
  organizer = await browser.newContext();
  await signUp(organizer, "Pia Policy");
  event = await publish(organizer, { title: "Behind bars", format: "hybrid", capacity: 5 });
  const made = await organizer.request.post("/api/v1/events/event-types", { data: { name: "By appointment" } });
  const { organizerSlug, eventTypeSlug } = await made.json();
  booking = `/${organizerSlug}/${eventTypeSlug}`;
});

test.afterAll(() => organizer.close());

/** What strangers see, and what only those see who are signed in. */
const rounds = () => [
  {
    who: undefined,
    pages: [
      "/",
      "/events",
      `/events/${event.slug}`,
      `/events/${event.slug}/register`,
      `/${event.organizer.slug}`,
      booking,
      "/sign-in",
      "/sign-up",
      "/nowhere",
      "/api/docs",
      "/dev/mail",
    ],
  },
  {
    who: organizer,
    pages: [
      `/events/${event.slug}`,
      "/me",
      "/me/settings",
      "/organize",
      `/organize/events/${event.id}`,
      `/organize/events/${event.id}/edit`,
      `/organize/events/${event.id}/people`,
      `/organize/events/${event.id}/door`,
    ],
  },
];

test("every page runs and wears only what is ours, and asks nobody else for anything", async ({ browser }) => {
  for (const { who, pages } of rounds()) {
    const context = await browser.newContext({ storageState: await who?.storageState() });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|hydrat|Minified React error/i.test(message.text())) {
        refused.push(`${page.url()} ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => refused.push(`${page.url()} ${error}`));
    page.on("request", (request) => {
      if (!/^(data|blob):|^http:\/\/localhost:/.test(request.url())) refused.push(`${page.url()} ${request.url()}`);
    });
    for (const path of pages) {
      const answer = await page.goto(path);
      const headers = answer?.headers() ?? {};
      const policy = headers["content-security-policy"] ?? "";
      expect.soft(policy, path).not.toContain("unsafe-inline");
      expect.soft(policy, path).toMatch(/script-src [^;]*'nonce-[\w+/=]{20,}'.*frame-ancestors 'none'/);
      expect.soft(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": expect.stringMatching(/^(strict-origin|origin|no-referrer|same-origin)/),
        "permissions-policy": expect.stringContaining("geolocation=()"),
      });
      expect.soft((await answer?.text()) ?? "", path).not.toMatch(/<[^<>]* style="/);
      await page.waitForLoadState("networkidle");
    }
    expect.soft(refused).toEqual([]);
    await context.close();
  }
});

test("whatever is no page runs nothing when it is opened as one", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const script = /\/assets\/entry[^"]+\.js/.exec(page)?.[0] ?? "";
  const kinds = [
    "/robots.txt",
    "/sitemap.xml",
    "/manifest.webmanifest",
    `/${event.organizer.slug}/calendar.ics`,
    `/${event.organizer.slug}/feed.atom`,
    "/icons/apple-180.png",
    "/icon.svg",
    /\/assets\/[^"]+\.css/.exec(page)?.[0] ?? "",
    /\/assets\/[^"]+\.woff2/.exec(page)?.[0] ?? "",
    "/assets/nowhere.js",
  ];
  for (const path of kinds) {
    const headers = (await request.get(path)).headers();
    expect.soft(headers["content-security-policy"], path).toMatch(/^default-src 'none'; frame-ancestors 'none'/);
    expect.soft(headers["cross-origin-resource-policy"], path).toMatch(/^(same|cross)-origin$/);
    expect.soft(headers["x-content-type-options"], path).toBe("nosniff");
  }
  // What may run as a worker says what that may do, to a browser that only asks whether it has changed too.
  const first = await request.get(script);
  const again = await request.get(script, { headers: { "if-none-match": first.headers().etag ?? "" } });
  expect([first.status(), again.status()]).toEqual([200, 304]);
  for (const answer of [first, again])
    expect(answer.headers()["content-security-policy"]).toMatch(
      /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval';/,
    );
});

test("no two readers get the same nonce, of kept pages neither", async ({ request }) => {
  const nonceOf = async () =>
    /'nonce-([^']+)'/.exec(
      (await request.get(`/events/${event.slug}`)).headers()["content-security-policy"] ?? "",
    )?.[1];

  expect(new Set([await nonceOf(), await nonceOf(), await nonceOf()]).size).toBe(3);
});

test("cookies are out of scripts' reach, and stay at home", async () => {
  const [session] = (await organizer.cookies()).filter(({ name }) => name.endsWith("plenary_session"));

  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});
