import { expect, test } from "@playwright/test";

import { violationsOn } from "#e2e/steps.ts";

test("the front page opens, reads well for everybody and asks nobody else for anything", async ({ page }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "localhost") foreign.push(request.url());
  });

  await page.goto("/");

  await expect(page.locator("h1")).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  expect(foreign).toEqual([]);
});
