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
  await page.getByRole("link", { name: "Take a seat" }).tap();

  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Your e-mail address").fill(ada);
  await page.getByText("In person", { exact: true }).tap();
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
