import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, letterTo, linkIn, signUp } from "#e2e/steps.ts";

test("a time is booked every week: one that is taken is left out, one is moved, the rest is cancelled", async ({
  browser,
  page,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Mira Music");
  const weekly = { recurrenceType: "weekly", maxOccurrences: 6, timeZone: "UTC" };
  const made = await host.request.post("/api/v1/events/event-types", { data: { name: "Piano lesson", ...weekly } });
  const { url, organizerSlug, eventTypeSlug } = (await made.json()) as Record<string, string>;

  await page.goto(url ?? "");
  // From here on times are those of the reader's own clocks.
  await expect(page).toHaveURL(/zone=Europe/);
  await page.getByRole("grid").getByRole("link").last().click();
  const free = page.getByRole("listitem").getByRole("link", { name: /:00/ });
  await free.first().click();
  await expect(page).toHaveURL(/[?&]time=/);
  const start = Date.parse(new URL(page.url()).searchParams.get("time") ?? "");
  const invitee = { inviteeName: "Otto Other", inviteeEmail: anAddress("otto") };
  const startTime = new Date(start + 14 * 86_400_000).toISOString();
  const other = await host.request.post("/api/v1/events/bookings/create", {
    data: { organizerSlug, eventTypeSlug, startTime, ...invitee },
  });
  expect(other.status()).toBe(201);

  await page.getByLabel("Every week").fill("4");
  await page.getByRole("button", { name: "Show the dates" }).click();
  await expect(page.getByText("One of 4 times is not free.")).toBeVisible();
  await page.getByRole("radio", { name: "Leave it out" }).check();
  await expectAccessible(page);
  const email = anAddress("pia");
  await page.getByLabel("Your name").fill("Pia Player");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Book these times" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  const times = page.getByRole("region", { name: "All times of this booking" }).getByRole("listitem");
  await expect(times).toHaveCount(3);
  await expectAccessible(page);

  await page.goto(linkIn(await letterTo(host.request, email, /3 times/), /^\/booking\//));
  await page.getByRole("link", { name: "Move to another time" }).click();
  // The address is there before its page, and the page before it names times too.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Move to another time");
  const later = /\d+:00/.exec((await free.last().textContent()) ?? "")?.[0] ?? "no time";
  await free.last().click();
  await page.getByRole("button", { name: "Move my booking here" }).click();
  await expect(times.first()).toContainText(later);
  await expect(times.first()).toContainText("Moved");

  await page.getByText("Cancel my booking").click();
  await page.getByRole("radio", { name: "All that are to come" }).check();
  await page.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(times.getByText("Cancelled")).toHaveCount(3);
  await host.close();
});
