import { expect, test } from "@playwright/test";

import { anAddress, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

test.use({ javaScriptEnabled: false });

test("a guest takes two seats, opens the ticket from the letter and gives it back, without any script", async ({
  browser,
  page,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Olive Organizer");
  const event = await publish(organizer, { title: "Quiet reading" });
  const ada = anAddress("ada");
  const grace = anAddress("grace");

  await page.goto(`/events/${event.slug}`);
  await page.getByRole("link", { name: "Take a seat" }).click();
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByRole("button", { name: "Bring somebody else" }).click();
  await expect(page.getByLabel("Your name")).toHaveValue("Ada Lovelace");
  await page.getByLabel("Your e-mail address").fill(ada);
  await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
  await page.getByLabel("E-mail address", { exact: true }).fill(grace);
  await page.getByRole("button", { name: "Take 2 seats" }).last().click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await expect(page.getByText(ada)).toBeVisible();

  const letter = await letterTo(organizer.request, ada, /Quiet reading/);
  await letterTo(organizer.request, grace, /Quiet reading/);
  await page.goto(linkIn(letter, /^\/t\//));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet reading");
  await expect(page.getByRole("img", { name: /code of this ticket/ })).toBeVisible();
  await expect(page.getByText("Ada Lovelace")).toBeVisible();

  await page.getByText("Give back my seat").click();
  await page.getByRole("button", { name: "Yes, give it back" }).click();
  await expect(page.getByText("You gave this seat back")).toBeVisible();
  await organizer.close();
});

test("what was typed is still there after a mistake", async ({ browser, page }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Otto Organizer");
  const event = await publish(organizer, { title: "Careful typing" });

  await page.goto(`/events/${event.slug}/register`);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Your e-mail address").fill("ada@nowhere");
  await page.getByRole("button", { name: "Take my seat" }).last().click();

  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Ada Lovelace");
  await expect(page.getByLabel("Your e-mail address")).toHaveValue("ada@nowhere");
  await expect(page.getByText("Write an address like ada@example.org.")).toBeVisible();
  await organizer.close();
});

test("a torn link is met kindly and leads to a new one", async ({ browser, page }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Oda Organizer");
  const event = await publish(organizer, { title: "Lost and found" });
  const ada = anAddress("ada");
  const taken = await organizer.request.post(`/api/v1/events/${event.id}/register`, {
    data: { attendees: [{ name: "Ada", email: ada }] },
  });
  expect(taken.ok(), await taken.text()).toBe(true);
  const first = await letterTo(organizer.request, ada, /Lost and found/);

  const answer = await page.goto(`${linkIn(first, /^\/t\//).slice(0, -3)}xyz`);
  expect(answer?.status()).toBe(410);
  await page.getByLabel("Your e-mail address").fill(ada);
  await page.getByRole("button", { name: "Send me a new link" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await expect
    .poll(async () => (await (await organizer.request.get(`/dev/mail.json?to=${ada}`)).json()).items.length)
    .toBe(2);
  await organizer.close();
});
