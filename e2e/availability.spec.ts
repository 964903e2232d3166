import { expect, test } from "@playwright/test";

import { expectAccessible, signUp } from "#e2e/steps.ts";

test("a host draws their week, gives one date its own hours, and asks why a time is not offered", async ({
  browser,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Vera Available");
  await host.request.post("/api/v1/events/event-types", { data: { name: "A quiet half hour", duration: 30 } });
  const page = await host.newPage();
  await page.goto("/availability");
  const week = page.getByRole("group", { name: "The week" });
  await week.scrollIntoViewIfNeeded();
  const box = await week.boundingBox();
  if (!box) throw new Error("The week is not to be seen.");
  const saturday = box.x + (box.width * 6.5) / 7;
  await page.mouse.move(saturday, box.y + (box.height * 10) / 24);
  await page.mouse.down();
  await page.mouse.move(saturday, box.y + (box.height * 12) / 24, { steps: 4 });
  await page.mouse.up();

  const drawn = week.getByRole("button", { name: "Saturday, 10:00 to 12:00" });
  await drawn.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(week.getByRole("button", { name: "Saturday, 10:00 to 12:15" })).toBeFocused();
  await expect(page.getByLabel("Saturday, to (1)")).toHaveValue("12:15");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Next month" }).click();
  await page.getByRole("grid").getByRole("link").first().click();
  await page.getByRole("button", { name: "Set this date" }).click();
  await expect(page.getByRole("grid").getByRole("link", { name: /: Closed$/ })).toHaveCount(1);

  await page.reload();
  await expect(week.getByRole("button", { name: "Saturday, 10:00 to 12:15" })).toBeVisible();
  const first = await page.getByRole("grid").getByRole("link").first().getAttribute("data-date");
  await page.getByLabel("Date and time").fill(`${first}T10:00`);
  await page.getByRole("button", { name: "Tell me why" }).click();
  await expect(page.getByText("are not open then")).toBeVisible();
  await expectAccessible(page);
});
