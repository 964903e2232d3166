import { type BrowserContext, expect, type Page, test } from "@playwright/test";

import { anAddress, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

test("a guest chooses German without any script, and reads it on pages, in refusals and in the letter", async ({
  browser,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Olive Organizer");
  const event = await publish(organizer, { title: "Quiet reading", language: "en" });
  const guest = await browser.newContext({ javaScriptEnabled: false });
  const page = await guest.newPage();

  await page.goto(`/events/${event.slug}?lang=en`);
  await page.getByRole("contentinfo").getByRole("button", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page).toHaveURL(`/events/${event.slug}`);
  await expect(page.locator("link[rel=manifest]")).toHaveAttribute("crossorigin", "use-credentials");
  expect(await (await guest.request.get("/manifest.webmanifest")).json()).toMatchObject({ lang: "de" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Platz nehmen" }).click();

  const ada = anAddress("ada");
  await page.getByLabel("Dein Name").fill("Ada Lovelace");
  await page.getByLabel("Deine E-Mail-Adresse").fill("ada@nowhere");
  await page.getByRole("button", { name: "Meinen Platz nehmen" }).last().click();
  await expect(page.getByText("Schreib eine Adresse wie ada@example.org.")).toBeVisible();
  await page.getByLabel("Deine E-Mail-Adresse").fill(ada);
  await page.getByRole("button", { name: "Meinen Platz nehmen" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Schau in dein Postfach");
  const letter = await letterTo(organizer.request, ada, /^Dein Ticket für Quiet reading/);
  await page.goto(linkIn(letter, /^\/t\//));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet reading");

  await page.goto("/sign-in");
  await page.getByLabel("E-Mail-Adresse").fill(ada);
  await page.getByLabel("Passwort", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Einloggen", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Die Adresse oder das Passwort stimmt nicht.");
  await guest.close();
  await organizer.close();
});

test("dates stand as they are written where the reader is, with the year of another year", async ({ browser }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Rhea Region");
  const year = new Date().getFullYear() + 2;
  const [startTime, endTime] = [`${year}-01-03T17:00:00Z`, `${year}-01-03T19:00:00Z`];
  const event = await publish(organizer, { title: "Far ahead", startTime, endTime });
  const written = [
    { locale: "en-US", says: /Jan\s3, \d{4}, 6:00\sPM/, whole: /6:00\s?–\s?\u20608:00\sPM/ },
    { locale: "en-GB", says: /3\sJan \d{4}, 18:00/, whole: /18:00\s?–\s?\u206020:00/ },
    { locale: "de-AT", says: /3\.\sJän\. \d{4}, 18:00\sUhr/, whole: /18:00–\u206020:00\sUhr/ },
  ];
  for (const { locale, says, whole } of written) {
    const reader = await browser.newContext({ locale });
    const page = await reader.newPage();
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    // A kept page is made when it is asked for again.
    for (let times = 0; times < 3; times++) {
      await page.goto(`/events/${event.slug}`);
      expect.soft(await page.getByRole("main").locator("time").first().textContent(), locale).toMatch(whole);
    }
    await page.goto("/events?q=Far+ahead");
    expect.soft(await page.getByRole("main").locator("time").first().textContent(), locale).toMatch(says);
    await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
    expect.soft(faults, locale).toEqual([]);
    await reader.close();
  }
  const { headers } = { headers: (await organizer.request.get("/events")).headers() };
  expect(headers.vary).toBe("accept-language, cookie");
  await organizer.close();
});

test("pages stand mirrored where words run from right to left", async ({ browser }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Omar Organizer");
  const said = { summary: "We read.", placeNotes: "Ring twice.", accessibility: "A lift.", conduct: "Be kind." };
  const event = await publish(organizer, { title: "Both ways.", format: "hybrid", capacity: 5, ...said });
  const sizes = [
    { width: 1280, height: 800 },
    { width: 320, height: 640 },
  ];
  const paths = [
    "/",
    "/events",
    `/events/${event.slug}`,
    `/events/${event.slug}/register`,
    "/me",
    `/organize/events/${event.id}/edit`,
  ];
  const page = await organizer.newPage();
  for (const path of [...paths, ...(await bookingPaths(organizer)), "/nowhere"]) {
    await page.goto(`${path}?lang=ar-XB`);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect.soft(page.getByRole("main"), path).toContainText("\u202e");
    expect.soft(await strayStops(page), path).toEqual([]);
    for (const size of sizes) {
      await page.setViewportSize(size);
      const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(spill, `${path} at ${size.width}`).toBeLessThanOrEqual(0);
      const start = await page.getByRole("banner").getByRole("link").first().boundingBox();
      expect.soft(start?.x, `${path} begins at the right`).toBeGreaterThan(size.width / 2 - 60);
    }
  }
  await organizer.close();
});

/** What people wrote left to right whose full stop would stand at its beginning. */
const strayStops = (page: Page): Promise<string[]> =>
  page.getByRole("main").evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const text = textContent?.trim() ?? "";
      const isOwn = /[a-z]\.$/.test(text) && !text.includes("\u202e") && !parentElement?.closest("script, textarea");
      if (isOwn && parentElement && getComputedStyle(parentElement).unicodeBidi !== "plaintext") found.push(text);
    }
    return found;
  });

/** Where a time is chosen, and where one that was booked is changed. */
async function bookingPaths({ request }: BrowserContext): Promise<string[]> {
  const questions = [{ questionText: "Why?", helpText: "In a word.", questionType: "text" }];
  const data = { name: "A talk", description: "Bring a cup.", timeZone: "UTC", questions };
  const type = await (await request.post("/api/v1/events/event-types", { data })).json();
  const startTime = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 48 * 3_600_000).toISOString();
  const wish = {
    eventTypeId: type.id,
    startTime,
    anyTime: true,
    inviteeName: "Ina",
    inviteeEmail: anAddress("ina"),
    notes: "I am late.",
  };
  const made = await request.post("/api/v1/events/bookings", { data: wish });
  expect(made.status(), await made.text()).toBe(201);
  const manage = linkIn(await letterTo(request, wish.inviteeEmail, /A talk/), /^\/booking\//);
  return [new URL(type.url).pathname, manage, `/bookings/${(await made.json()).id}`, "/bookings", "/availability"];
}

test("a page says nothing but what the catalogue says, and what people wrote", async ({ browser }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Omar Organizer");
  const event = await publish(organizer, { title: "Both ways" });
  const own = ["/me", "/me/settings", "/me/security", "/me/notifications", "/me/data", "/me/following", "/bookings"];
  const making = ["/organize/events/new", "/event-types/new", "/availability", "/organize/settings", "/organize/team"];
  const parts = ["", "/edit", "/questions", "/people", "/letters", "/attendance"];
  // A first schedule gets its name when it is made.
  const written = /Plenary|Omar Organizer|Both ways|Alte Druckerei|Working hours|@|UTC/;
  const page = await organizer.newPage();
  for (const path of [...own, ...making, ...parts.map((part) => `/organize/events/${event.id}${part}`), "/offline"]) {
    await page.goto(`${path}?lang=ar-XB`);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    const foreign = (await plainWords(page)).filter((text) => !written.test(text));
    expect.soft(foreign, path).toEqual([]);
  }
  await organizer.close();
});

/** Words that no catalogue has said: the mirrored language turns around each of its own. */
const plainWords = (page: Page): Promise<string[]> =>
  page.locator("body").evaluate((body) => {
    const notSaid = "script, style, code, option, textarea, body [lang]";
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const text = textContent?.trim() ?? "";
      if (/[a-z]{3}/i.test(text) && !text.includes("\u202e") && !parentElement?.closest(notSaid)) found.push(text);
    }
    return found;
  });
