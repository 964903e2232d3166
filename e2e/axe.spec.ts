import { type BrowserContext, expect, test } from "@playwright/test";

import type { EventView } from "#contract/events.ts";
import type { RegistrationDetail } from "#contract/registrations.ts";
import { anAddress, expectAccessible, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

/** Every page of the story with somebody in it, in the light, in the dark and on a phone. */
test("nothing on the story's pages keeps anybody out", async ({ browser }) => {
  test.setTimeout(240_000);
  const organizer = await browser.newContext();
  await signUp(organizer, "Alix Access");
  const event = await publish(organizer, { title: "For everybody", format: "hybrid", capacity: 5 });
  const attendee = await browser.newContext();
  await signUp(attendee, "Ada Attendee");
  const { id } = await seatOf(attendee, event);
  const guest = anAddress("guest");
  await organizer.request.post(`/api/v1/events/${event.id}/register`, {
    data: { attendees: [{ name: "Gus Guest", email: guest, side: "in_person" }] },
  });
  const link = linkIn(await letterTo(organizer.request, guest, /For everybody/), /^\/t\//);

  const pages: [who: BrowserContext | null, path: string][] = [
    [null, "/"],
    [null, "/events"],
    [null, `/events/${event.slug}`],
    [null, `/events/${event.slug}/register`],
    [null, `/events/${event.slug}/registered`],
    [null, link],
    [null, "/t/torn"],
    [null, "/sign-up"],
    [null, "/sign-in"],
    [null, "/nowhere"],
    [attendee, "/me"],
    [attendee, `/me/tickets/${id}`],
    [attendee, `/events/${event.slug}`],
    [attendee, `/events/${event.slug}/registered?registration=${id}`],
    [organizer, "/organize"],
    [organizer, `/organize/events/${event.id}`],
    [organizer, `/organize/events/${event.id}/people`],
    [organizer, `/organize/events/${event.id}/people?ask=cancel&who=${id}`],
    [organizer, `/organize/events/${event.id}/door`],
  ];
  for (const [who, path] of pages) await test.step(path, () => lookAt(who, path));

  async function lookAt(who: BrowserContext | null, path: string): Promise<void> {
    const looks = [
      { colorScheme: "light" as const, viewport: { width: 1280, height: 800 } },
      { colorScheme: "dark" as const, viewport: { width: 320, height: 640 } },
    ];
    for (const look of looks) {
      const context = await browser.newContext({ ...look, storageState: await who?.storageState() });
      const page = await context.newPage();
      await page.goto(path);
      await expect.soft(page.locator("h1"), path).toHaveCount(1);
      await expectAccessible(page);
      const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(spill, `${path} at ${look.viewport.width}`).toBeLessThanOrEqual(0);
      await context.close();
    }
  }
});

async function seatOf({ request }: BrowserContext, event: EventView): Promise<RegistrationDetail> {
  const taken = await request.post(`/api/v1/events/${event.id}/register`, { data: {} });
  expect(taken.ok(), await taken.text()).toBe(true);
  return taken.json();
}
