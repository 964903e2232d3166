import { expect, test } from "@playwright/test";

import { anAddress, letterTo, linkIn, publish, signUp } from "#e2e/steps.ts";

test.use({ javaScriptEnabled: false });

test("a guest takes two seats, both keep to what is asked of them, one gives theirs back, without any script", async ({
  browser,
  page,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Olive Organizer");
  const event = await publish(organizer, {
    title: "Quiet reading",
    conduct: "We do not read aloud.",
    minimumAge: 16,
  });
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
  await page.getByLabel("I have read the code of conduct").check();
  await page.getByLabel("I am at least 16 years old; so is everybody I bring.").check();
  await page.getByRole("button", { name: "Take 2 seats" }).last().click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await expect(page.getByText(ada)).toBeVisible();

  const letter = await letterTo(organizer.request, ada, /Quiet reading/);
  const graces = await letterTo(organizer.request, grace, /Quiet reading/);
  await page.goto(linkIn(graces, /^\/t\//));
  await expect(page.getByText("We do not read aloud.")).toBeVisible();
  await page.getByRole("button", { name: "I accept" }).click();
  await expect(page.getByRole("button", { name: "I accept" })).toHaveCount(0);
  await page.goto(linkIn(letter, /^\/t\//));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quiet reading");
  await expect(page.getByRole("img", { name: /code of this ticket/ })).toBeVisible();
  await expect(page.getByText("We do not read aloud.")).toHaveCount(0);
  await expect(page.getByText("Ada Lovelace")).toBeVisible();

  // What is refused stands in sight at the form that was sent, and at none of the others.
  await page.getByText("Hand my seat on").click();
  await page.getByLabel("Their name").fill("Nobody");
  await page.getByLabel("Their e-mail address").fill("nobody@nowhere");
  await page.getByRole("button", { name: "Hand it on and send their ticket" }).click();
  await expect(page.getByText("Write an address like ada@example.org.")).toBeVisible();
  await expect(page.locator("[data-problem]")).toHaveCount(1);

  await page.getByText("Give back my seat").click();
  await page.getByRole("button", { name: "Yes, give it back" }).click();
  await expect(page.getByText("You gave this seat back")).toBeVisible();
  await organizer.close();
});

test("a seat handed on by link is taken by who accepts what is asked, and is told at its field what changed meanwhile", async ({
  browser,
  page,
}) => {
  const [organizer, buyer] = [await browser.newContext(), await browser.newContext()];
  await signUp(organizer, "Olive Organizer");
  await signUp(buyer, "Bea Buyer");
  const asked = { conduct: "We do not read aloud.", minimumAge: 16 };
  const event = await publish(organizer, { title: "Handed reading", ...asked });
  const bought = await buyer.request.post(`/api/v1/events/${event.slug}/register`, {
    data: { unnamed: 1, acceptsConduct: true, confirmsAge: 16 },
  });
  const { seats } = await bought.json();

  await page.goto(new URL(seats[0].claimUrl).pathname);
  await expect(page.getByText("We do not read aloud.")).toBeVisible();
  await organizer.request.patch(`/api/v1/events/${event.id}`, { data: { minimumAge: 18 } });
  await page.getByLabel("Your name").fill("Nell New");
  await page.getByLabel("Your e-mail address").fill(anAddress("nell"));
  await page.getByLabel("I have read the code of conduct").check();
  await page.getByLabel("I am at least 16 years old.").check();
  await page.getByRole("button", { name: "Take this seat" }).click();

  await expect(page.getByText("The minimum age was raised a moment ago.")).toBeVisible();
  await expect(page.getByLabel("I have read the code of conduct")).toBeChecked();
  await expect(page.getByLabel("Your name")).toHaveValue("Nell New");
  const age = page.getByLabel("I am at least 18 years old.");
  await expect(age).not.toBeChecked();
  await age.check();
  await page.getByRole("button", { name: "Take this seat" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  await organizer.close();
  await buyer.close();
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
