import { type Browser, type BrowserContext, expect, test } from "@playwright/test";

import type { EventView } from "#contract/events.ts";
import type { RegistrationDetail } from "#contract/registrations.ts";
import { anAddress, expectAccessible, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

const looks = [
  { colorScheme: "light", width: 1280, height: 800 },
  { colorScheme: "dark", width: 320, height: 640 },
] as const;

let organizer: BrowserContext;
let attendee: BrowserContext;
let event: EventView;
let seat: RegistrationDetail;

test.beforeAll(async ({ browser }) => {
  organizer = await browser.newContext();
  await signUp(organizer, "Alix Access");
  event = await publish(organizer, { title: "For everybody", format: "hybrid", capacity: 5 });
  attendee = await browser.newContext();
  await signUp(attendee, "Ada Attendee");
  seat = await seatOf(attendee, event);
});

test.afterAll(async () => {
  await organizer.close();
  await attendee.close();
});

/** Each page comes once: in the light on a desk, then in the dark on the smallest phone. */
async function lookAt(browser: Browser, who: BrowserContext | null, paths: readonly string[]): Promise<void> {
  const context = await browser.newContext({ storageState: await who?.storageState() });
  const page = await context.newPage();
  for (const path of paths) {
    await page.goto(path);
    await expect.soft(page.locator("h1"), path).toHaveCount(1);
    await expect.soft(page.getByRole("main"), path).toHaveCount(1);
    for (const { colorScheme, ...size } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await expectAccessible(page);
      const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(spill, `${path} at ${size.width}`).toBeLessThanOrEqual(0);
    }
  }
  await context.close();
}

test("nothing keeps a visitor out", ({ browser }) =>
  lookAt(browser, null, [
    "/",
    "/events",
    `/events/${event.slug}`,
    `/events/${event.slug}/register`,
    "/sign-up",
    "/sign-in",
    "/nowhere",
  ]));

test("nothing keeps a guest out", async ({ browser }) => {
  const address = anAddress("guest");
  await organizer.request.post(`/api/v1/events/${event.id}/register`, {
    data: { attendees: [{ name: "Gus Guest", email: address, side: "in_person" }] },
  });
  const link = linkIn(await letterTo(organizer.request, address, /For everybody/), /^\/t\//);
  await lookAt(browser, null, [`/events/${event.slug}/registered`, link, `/events/${event.slug}`, "/t/torn"]);
});

test("nothing keeps an attendee out", ({ browser }) =>
  lookAt(browser, attendee, [
    "/me",
    "/me/security",
    "/me/confirm",
    `/me/tickets/${seat.id}`,
    `/events/${event.slug}`,
    `/events/${event.slug}/register`,
    `/events/${event.slug}/registered?registration=${seat.id}`,
  ]));

test("nothing keeps an organizer out", ({ browser }) =>
  lookAt(browser, organizer, [
    "/organize",
    `/organize/events/${event.id}`,
    `/organize/events/${event.id}/people`,
    `/organize/events/${event.id}/people?ask=cancel&who=${seat.id}`,
    `/organize/events/${event.id}/door`,
    "/organize/events/nowhere",
  ]));

async function seatOf({ request }: BrowserContext, event: EventView): Promise<RegistrationDetail> {
  const taken = await request.post(`/api/v1/events/${event.id}/register`, { data: {} });
  expect(taken.ok(), await taken.text()).toBe(true);
  return taken.json();
}
