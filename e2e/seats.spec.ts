import { expect, test } from "@playwright/test";

import type { EventView } from "#contract/events.ts";
import { anAddress, expectAccessible, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

test("seats without a name change hands, sides change, and the team handles many at once", async ({
  browser,
  page,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Olga Organizer");
  const event = await publish(organizer, { title: "Two ways in", format: "hybrid", capacity: 4 });
  const [bea, nell] = [anAddress("bea"), anAddress("nell")];

  await page.goto(`/events/${event.slug}/register`);
  await page.getByLabel("Your name").fill("Bea Buyer");
  await page.getByLabel("Your e-mail address").fill(bea);
  await page.getByText("Further seats to name later").first().click();
  await page.getByLabel("Further seats to name later").fill("1");
  await page.getByRole("button", { name: "Take 2 seats" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  const letter = await letterTo(organizer.request, bea, /Two ways in/);
  await page.goto(linkIn(letter, /^\/t\//));
  await expectAccessible(page);

  const link = await page.getByLabel("Or hand on this link").first().inputValue();
  const other = await browser.newContext();
  const claim = await other.newPage();
  await claim.goto(new URL(link).pathname);
  await expect(claim.getByText("Bea Buyer hands you a seat")).toBeVisible();
  await expectAccessible(claim);
  await claim.getByLabel("Your name").fill("Nell New");
  await claim.getByLabel("Your e-mail address").fill(nell);
  await claim.getByRole("button", { name: "Take this seat" }).click();
  await expect(claim.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await claim.goto(linkIn(await letterTo(organizer.request, nell, /Two ways in/), /^\/t\//));
  await claim.getByText("Come online instead").click();
  await claim.getByRole("button", { name: "Yes, come online" }).click();
  await expect(claim.getByText("Come in person instead")).toBeVisible();
  await claim.getByRole("link", { name: "See the event" }).click();
  await claim.getByRole("link", { name: "Show my ticket" }).click();
  await expect(claim).toHaveURL(/\/me\/tickets\//);
  await expect(claim.getByText("Come in person instead")).toBeVisible();
  await claim.goto(new URL(link).pathname);
  await expect(claim.getByRole("heading", { level: 1 })).toHaveText("This seat is gone");

  const team = await organizer.newPage();
  await team.goto(`/organize/events/${event.slug}/people`);
  await expectAccessible(team);
  await team.getByLabel("These 2").check();
  await expect(team.getByText("2 chosen")).toBeVisible();
  await team.getByRole("button", { name: "Take back" }).click();
  await expectAccessible(team);
  await team.getByRole("button", { name: "Take them back and tell all 2" }).click();
  await expect(team.getByText("2 of 2 seats taken back.")).toBeVisible();
  await expect(team.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await expect(team.getByText("2 chosen")).toBeHidden();
  await team.getByRole("button", { name: "Undo" }).click();
  await expect(team.getByText("2 of 2 are as they were")).toBeVisible();
  // The button has gone with what it undid; the keyboard is where that stood.
  await expect(team.locator("main :focus")).toHaveCount(1);
  await Promise.all([other.close(), organizer.close()]);
});

test("a seat is taken at the time that was chosen, and a full side says so before anybody takes it", async ({
  browser,
  page,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Tilda Times");
  const over = { format: "hybrid" as const, inPersonCapacity: 1, hasWaitlist: true };
  const event = await publish(organizer, { title: "Twice and two ways", ...over });
  const startTime = new Date(Date.parse(event.startTime ?? "") + 7 * 86_400_000).toISOString();
  const added = await organizer.request.post(`/api/v1/events/${event.id}/occurrences`, { data: { startTime } });
  const times = ((await added.json()) as EventView).occurrences;
  const last = times.find((time) => Date.parse(time.startTime ?? "") === Date.parse(startTime))?.id;
  await signUp(page.context(), "Lena Later");

  await page.goto(`/events/${event.slug}`);
  const time = page.getByRole("region", { name: "Other times" }).getByRole("link").nth(1);
  const day = /\d+,/.exec(await time.innerText())?.[0] ?? "";
  await time.click();
  await expect(page).toHaveURL(new RegExp(`occurrence_id=${last}`));
  await page.getByRole("link", { name: "Take a seat" }).click();
  await expect(page.locator("main header")).toContainText(day);
  await page.getByRole("button", { name: "Take my seat" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have a seat");
  await expect(page.getByRole("region", { name: "What happens next" })).toContainText(day);
  const { items } = await (await page.request.get("/api/v1/registrations/me")).json();
  expect(items).toMatchObject([{ occurrenceId: last, side: "in_person" }]);

  await page.getByRole("link", { name: "Show my ticket" }).click();
  await page.getByRole("link", { name: "See the event" }).click();
  await expect(page).toHaveURL(new RegExp(`occurrence_id=${last}`));
  await expect(page.getByText("You have a seat")).toBeVisible();

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(`/events?q=Twice+and+two+ways&from=${startTime.slice(0, 10)}`);
  await guest.getByRole("link", { name: event.title, exact: true }).click();
  await expect(guest).toHaveURL(new RegExp(`occurrence_id=${last}`));
  await guest.goto(`/events/${event.slug}/register?occurrence_id=${last}`);
  await expect(guest.getByLabel("In person · waitlist")).not.toBeChecked();
  await expect(guest.getByRole("button", { name: "Take my seat" }).last()).toBeVisible();
  await guest.getByText("In person · waitlist").click();
  await expect(guest.getByRole("button", { name: "Put me on the waitlist" })).toBeVisible();
  await expectAccessible(guest);

  const team = await organizer.newPage();
  const base = `/organize/events/${event.id}`;
  await team.goto(`${base}/people`);
  await expect(team.getByText("Lena Later")).toBeHidden();
  await team.getByLabel("Which time?").selectOption({ value: last });
  await team.getByRole("button", { name: "Show", exact: true }).click();
  await expect(team.getByText("Lena Later")).toBeVisible();
  await expectAccessible(team);
  await team.goto(`${base}/people?occurrence_id=${last}&ask=add`);
  await team.getByLabel("Name", { exact: true }).fill("Nina Next");
  await team.getByLabel("E-mail address", { exact: true }).fill(anAddress("nina"));
  await team.getByText("Online", { exact: true }).click();
  await team.getByRole("button", { name: /^Add/ }).last().click();
  await expect(team.getByRole("table").getByText("Nina Next")).toBeVisible();
  await team
    .getByRole("row", { name: /Nina Next/ })
    .getByRole("button")
    .click();
  await expect(team.getByText("In person is full")).toBeVisible();
  await team.keyboard.press("Escape");
  await organizer.request.post(`/api/v1/events/${event.id}/occurrences/${event.occurrenceId}/cancel`, { data: {} });
  await team.getByRole("link", { name: "Letters" }).click();
  await expect(team.getByLabel("Which time?")).toHaveValue(last ?? "");
  await expect(team.getByLabel("Which time?").getByText("Cancelled")).toHaveCount(1);
  await team.getByRole("link", { name: "Write a letter" }).click();
  await team.getByLabel("Subject").fill("To those of the second time");
  await team.getByLabel("Text").fill("See you there.");
  await team.getByRole("button", { name: "Keep and preview" }).click();
  await expect(team.getByRole("heading", { name: "To those of the second time" }).first()).toBeVisible();
  const { items: letters } = await (
    await organizer.request.get(`/api/v1/events/${event.id}/mailings?occurrence_id=${last}`)
  ).json();
  expect(letters).toMatchObject([{ subject: "To those of the second time", counts: { meant: 2 } }]);
  await Promise.all([guest.context().close(), organizer.close()]);
});

test("a limit below what is taken is asked about at one time too, and a limit that binds is there to change", async ({
  context,
  page,
}) => {
  await signUp(context, "Lara Limits");
  const event = await publish(context, { title: "Too many already", format: "hybrid" });
  const startTime = new Date(Date.parse(event.startTime ?? "") + 7 * 86_400_000).toISOString();
  await context.request.post(`/api/v1/events/${event.id}/occurrences`, { data: { startTime } });
  for (const name of ["Ada One", "Ben Two"]) {
    const attendees = [{ name, email: anAddress("limit"), side: "in_person" }];
    await context.request.post(`/api/v1/events/${event.id}/register`, { data: { attendees } });
  }
  const base = `/organize/events/${event.id}`;

  await page.goto(`${base}/times`);
  const first = page.getByRole("article").first();
  await first.getByText("Change", { exact: true }).click();
  await first.getByLabel("Other number of seats").fill("1");
  await first.getByRole("button", { name: "Save this time" }).click();
  await expect(first.getByText("One seat more is taken than that")).toBeVisible();
  await expectAccessible(page);
  await first.getByRole("button", { name: "Set the limit all the same" }).click();
  await expect(first.getByText("1 seat", { exact: true })).toBeVisible();

  // What still binds can still be changed, where only one side is left.
  await context.request.patch(`/api/v1/events/${event.id}`, { data: { inPersonCapacity: 3, format: "in_person" } });
  await page.goto(`${base}/edit`);
  await expect(page.getByLabel("Seats in person")).toHaveValue("3");
});
