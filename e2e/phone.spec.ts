import { expect, type Page, test } from "@playwright/test";

import { anAddress, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Nothing sticks out at the side, and what is pressed is big enough for a thumb. */
async function expectToFit(page: Page): Promise<void> {
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(spill, page.url()).toBe(0);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a[href], input:not([type=hidden]), select, summary")]
      .filter(
        (one) =>
          one.checkVisibility() &&
          getComputedStyle(one).display !== "inline" &&
          !one.closest("[aria-hidden=true], [href='#content']"),
      )
      .map((one) => ({ text: one.innerText || one.getAttribute("aria-label"), box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 1 && box.height < 43.5)
      .map(({ text, box }) => `${text} ${Math.round(box.height)}`),
  );
  expect(small, page.url()).toEqual([]);
}

test("a guest's whole way on a phone, from the event to the ticket", async ({ browser, page }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Petra Phone");
  const event = await publish(organizer, { title: "Thumbs only", format: "hybrid", capacity: 12 });
  const ada = anAddress("ada");

  await page.goto(`/events/${event.slug}`);
  await expectToFit(page);
  // The way in is at the thumb without any scrolling.
  await expect(page.getByRole("link", { name: "Take a seat" })).toBeInViewport();
  await page.getByRole("button", { name: "Share …" }).tap();
  const last = page.getByRole("link", { name: "QR code (PNG)" });
  // The bar at the thumb lies on nothing that is open.
  const isOnTop = (link: Element) => {
    const { x, y, width, height } = link.getBoundingClientRect();
    return link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  };
  await expect.poll(() => last.evaluate(isOnTop)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(last).toBeHidden();
  await page.getByRole("link", { name: "Take a seat" }).tap();

  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Your e-mail address").fill(ada);
  await page.getByText("In person").tap();
  await expectToFit(page);
  await page.getByRole("button", { name: "Take my seat" }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await expectToFit(page);

  const letter = await letterTo(organizer.request, ada, /Thumbs only/);
  await page.goto(linkIn(letter, /^\/t\//));
  await expectToFit(page);
  const code = page.getByRole("img", { name: /code of this ticket/ });
  await expect(code).toBeInViewport({ ratio: 0.95 });
  const box = await code.boundingBox();
  expect(box?.width).toBeGreaterThan(300);
  await organizer.close();
});

test("in German and on the narrowest phones nothing is wider than its place", async ({ browser }) => {
  const organizer = await browser.newContext({ locale: "de-DE", viewport: { width: 320, height: 640 } });
  await signUp(organizer, "Petra Phone");
  const first = { title: "Vorstellungsrunde", description: "", placeName: "", speakerIds: [] };
  const agenda = [{ ...first, startsAfterMinutes: 0, durationMinutes: 30 }];
  const event = await publish(organizer, { title: "Ein Abend mit Tee", agenda });
  const page = await organizer.newPage();
  const parts = ["", "/times", "/edit", "/agenda", "/questions", "/people", "/letters", "/team"];
  const paths = [...parts.map((part) => `/organize/events/${event.id}${part}`), "/bookings", "/availability", "/me"];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect.soft(await tooWide(page), path).toEqual([]);
  }

  const guest = await browser.newPage({ locale: "de-DE" });
  for (const width of [320, 360]) {
    await guest.setViewportSize({ width, height: 640 });
    await guest.goto("/events");
    const name = await guest.getByRole("banner").getByText("Plenary").boundingBox();
    expect.soft(name?.height, `the name at ${width} px`).toBeLessThan(30);
  }
  await Promise.all([guest.close(), organizer.close()]);
});

/** What ends in the margin of the page, neither before it nor at the edge of the window; a hair's breadth is let pass. */
const tooWide = (page: Page): Promise<string[]> =>
  page.getByRole("main").evaluate((main) => {
    const scrolls = (one: Element): boolean =>
      one !== main && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement ?? main));
    return [...main.querySelectorAll("*")]
      .filter((one) => one.checkVisibility() && !scrolls(one.parentElement ?? main))
      .map((one) => ({ tag: `${one.tagName}.${one.className}`, right: one.getBoundingClientRect().right }))
      .filter(({ right }) => right > innerWidth - 11 && right < innerWidth - 0.5)
      .map(({ tag, right }) => `${tag} ${right}`);
  });
