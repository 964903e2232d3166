import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";

import { expectAccessible, publish, signUp } from "#e2e/steps.ts";

test.use({ javaScriptEnabled: false });

test("somebody searches, narrows, looks at a host and follows them, without any script", async ({
  browser,
  page,
  context,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Hanna Host");
  const word = `lantern${randomBytes(3).toString("hex").replace(/\d/g, "x")}`;
  const town = `Town${randomBytes(3).toString("hex").replace(/\d/g, "x")}`;
  const event = await publish(host, { title: `An evening of ${word}`, placeName: town });
  await publish(host, { title: `Online ${word}`, format: "virtual" });

  await page.goto("/events");
  await page.getByLabel("Search events").fill(word);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`q=${word}`));
  await expect(page.getByRole("heading", { level: 3 })).toHaveCount(2);

  await page.getByRole("link", { name: "In person", exact: true }).click();
  await expect(page).toHaveURL(/format=in_person/);
  await expect(page.getByRole("status")).toHaveText("1 event");
  await page.getByRole("link", { name: "Remove In person" }).click();
  await expect(page.getByRole("status")).toHaveText("2 events");

  await page.getByLabel("Place").fill(town);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("1 event");
  expect((await context.cookies()).find(({ name }) => name === "plenary_near")?.value).toBe(town);

  await signUp(context, "Fiona Follower");
  const seeing = await (await browser.newContext({ javaScriptEnabled: true })).newPage();
  for (const path of [`/events?q=${word}&format=in_person`, `/${event.organizer.slug}`]) {
    await seeing.goto(path);
    await expectAccessible(seeing);
  }
  await seeing.context().close();

  await page.goto(`/${event.organizer.slug}`);
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(page.getByRole("button", { name: "Follow no longer" })).toBeVisible();
  await page.goto("/me/following");
  await expect(page.getByRole("link", { name: "Hanna Host" })).toBeVisible();
  await page.getByRole("button", { name: "Follow Hanna Host no longer" }).click();
  await expect(page.getByText("You follow nobody yet")).toBeVisible();
  await host.close();
});
