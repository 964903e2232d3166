import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, letterTo, linkIn, signUp } from "#e2e/steps.ts";

test("a host shares what can be booked, and a stranger books, moves and cancels without an account", async ({
  browser,
  page,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Hanna Host");
  const desk = await host.newPage();
  await desk.goto("/event-types/new");
  await desk.getByLabel("Name", { exact: true }).fill("A first conversation");
  await desk.getByRole("button", { name: "Make it" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("A first conversation");
  await expectAccessible(desk);
  const link = await desk.getByLabel("Its link").inputValue();

  await page.goto(link);
  const month = page.getByRole("grid");
  await expect(month).toBeVisible();
  await expectAccessible(page);
  await month.getByRole("link").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("listitem").getByRole("link", { name: /:30/ }).first().click();
  await expect(page.getByText("Kept for you for")).toBeVisible();
  await expectAccessible(page);
  const email = anAddress("gustav");
  await page.getByLabel("Your name").fill("Gustav Guest");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await expectAccessible(page);

  await page.goto(linkIn(await letterTo(host.request, email, /./), /^\/booking\//));
  await page.getByRole("link", { name: "Move to another time" }).click();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).last().click();
  await page.getByRole("button", { name: "Move my booking here" }).click();
  await expect(page.getByText("Done.")).toBeVisible();

  await desk.goto("/bookings");
  await desk.getByRole("link", { name: "Gustav Guest" }).click();
  await expectAccessible(desk);

  await page.getByText("Cancel my booking").click();
  await page.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(page.getByText("Cancelled", { exact: true })).toBeVisible();
  await desk.goto("/availability");
  await expectAccessible(desk);
  await host.close();
});

test("a time is booked on a phone without any script", async ({ browser }) => {
  const host = await browser.newContext();
  await signUp(host, "Hilde Host");
  const made = await host.request.post("/api/v1/events/event-types", {
    data: { name: "Tea", timeZone: "Europe/Berlin" },
  });
  const { url } = (await made.json()) as { url: string };
  const guest = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await guest.newPage();
  await page.goto(url);
  await page.getByRole("grid").getByRole("link").last().click();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).first().click();
  await page.getByLabel("Your name").fill("Greta Guest");
  await page.getByLabel("Your e-mail address").fill(anAddress("greta"));
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await guest.close();
  await host.close();
});
