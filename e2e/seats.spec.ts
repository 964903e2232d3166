import { expect, test } from "@playwright/test";

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
  await team.getByRole("button", { name: "Undo" }).click();
  await expect(team.getByText("2 of 2 are as they were")).toBeVisible();
  // The button has gone with what it undid; the keyboard is where that stood.
  await expect(team.locator("main :focus")).toHaveCount(1);
  await Promise.all([other.close(), organizer.close()]);
});
