import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

test("the front page opens, reads well for everybody and asks nobody else for anything", async ({ page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "localhost") foreign.push(request.url());
  });

  await page.goto("/");

  await expect(page.locator("h1")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  expect(foreign).toEqual([]);
});
