import { expect, test } from "@playwright/test";

import { aMember, aPlayer, comeIn } from "#e2e/cast.ts";
import { reads, seesTheOther, write } from "#e2e/room.ts";
import { anAddress, expectAccessible, letterTo, linkIn } from "#e2e/steps.ts";

test.afterEach(({ browser }) => Promise.all(browser.contexts().map((context) => context.close())));

test("a host books for somebody, outside of their hours, and both meet in its room", async ({ browser }) => {
  const host = await aMember(browser, "Hedda Host");
  const { page: desk, context } = host;
  await context.request.post("/api/v1/events/event-types", { data: { name: "Advice", timeZone: "Europe/Berlin" } });

  await desk.goto("/bookings/new");
  await expectAccessible(desk);
  const soon = new Date(Date.now() + 3 * 60_000);
  const wall = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Berlin" });
  const [date = "", time = ""] = wall.format(soon).split(" ");
  await desk.getByLabel(/^When, in/).fill(`${date}T${time}`);
  await desk.getByRole("button", { name: "Take this time" }).click();
  const email = anAddress("gro");
  await desk.getByLabel("Their name").fill("Gro Guest");
  await desk.getByLabel("Their e-mail address").fill(email);
  await desk.getByRole("button", { name: "Book this time" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Gro Guest");
  const gatheringId = new URL(desk.url()).pathname.split("/").at(-1) ?? "";
  const hostsLetter = await letterTo(context.request, host.email, /Gro Guest/);
  expect(linkIn(hostsLetter, /^\/live\//)).toBe(`/live/${gatheringId}`);

  const guest = await aPlayer(browser, "Gro Guest");
  await guest.page.goto(linkIn(await letterTo(guest.context.request, email, /./), /^\/booking\//));
  const room = { id: "", gatheringId };
  await comeIn(host, room);
  await comeIn(guest, room);
  await seesTheOther(host);
  await guest.page.getByRole("button", { name: /^Open the chat/ }).click();
  await write(host, "Good to see you.");
  await reads(guest, "Good to see you.");

  await desk.goto(`/bookings/${gatheringId}`);
  const ledger = desk.getByRole("region", { name: "Who was in the room" });
  await expect(ledger.getByText("Gro Guest")).toBeVisible();
  await expectAccessible(desk);
  const torn: Error[] = [];
  desk.on("pageerror", (error) => torn.push(error));
  for (const view of ["list", "agenda", "week", "month"]) {
    // The week or the month may end before it begins.
    await desk.goto(`/bookings?view=${view}&date=${date}`);
    await expect(desk.getByRole("link", { name: /Gro Guest/ }).first()).toBeVisible();
    await expectAccessible(desk);
  }
  await desk.goto("/analytics");
  await expectAccessible(desk);
  expect(torn).toEqual([]);
});
