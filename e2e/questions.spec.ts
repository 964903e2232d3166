import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, signUp } from "#e2e/steps.ts";

test("a host writes questions by keyboard alone, a stranger answers what depends on an answer, and the host reads it", async ({
  browser,
  page,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Hedda Host");
  const made = await host.request.post("/api/v1/events/event-types", { data: { name: "Dinner" } });
  const { id, url } = (await made.json()) as { id: string; url: string };
  const desk = await host.newPage();
  const press = async (...keys: string[]) => {
    for (const key of keys) await desk.keyboard.press(key);
  };
  const type = (text: string) => desk.keyboard.type(text);
  await desk.goto(`/event-types/${id}/questions`);

  await desk.getByRole("button", { name: "Add a question" }).focus();
  await press("Enter");
  await expect(desk.getByLabel("Question", { exact: true })).toBeFocused();
  await type("Which wine?");
  await desk.getByRole("button", { name: "Add a question" }).focus();
  await press("Enter");
  await expect(desk.getByLabel("Question", { exact: true })).toBeFocused();
  await type("Do you drink wine?");
  await press("Tab");
  await desk.keyboard.type("Yes or no");
  await expect(desk.getByLabel("Kind of answer")).toHaveValue("checkbox");
  // The later one comes first.
  await desk.getByRole("button", { name: "Move “Do you drink wine?”", exact: true }).focus();
  await press("Space");
  await expect(desk.getByText("“Do you drink wine?” is lifted.")).toBeAttached();
  // What is lifted can be moved as soon as the list has been measured, a moment later.
  await expect(async () => {
    await press("ArrowUp");
    await expect(desk.getByText("is at place 1 of 2")).toBeAttached({ timeout: 500 });
  }).toPass();
  await press("Space");
  await expect(desk.getByRole("button", { name: /^Edit/ }).first()).toHaveAccessibleName("Edit “Do you drink wine?”");
  await desk.getByRole("button", { name: "Edit “Which wine?”" }).focus();
  await press("Enter");
  await desk.getByText("When it is asked").focus();
  await press("Enter");
  await desk.getByRole("button", { name: "Add a condition" }).focus();
  await press("Enter");
  await expect(desk.getByLabel("Value")).toHaveValue("true");
  const preview = desk.getByRole("complementary", { name: "Preview" });
  await expect(preview.getByLabel("Which wine?")).toBeHidden();
  await preview.getByLabel("Do you drink wine?").focus();
  await press("Space");
  await expect(preview.getByLabel("Which wine?")).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Save", exact: true }).focus();
  await press("Enter");
  await expect(desk.getByText("Saved. From now on this is asked.")).toBeVisible();

  await page.goto(url);
  await page.getByRole("grid").getByRole("link").last().click();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).first().click();
  await page.getByLabel("Your name").fill("Gala Guest");
  await page.getByLabel("Your e-mail address").fill(anAddress("gala"));
  await expect(page.getByLabel("Which wine?")).toBeHidden();
  await page.getByLabel("Do you drink wine?").check();
  await page.getByLabel("Which wine?").fill("Riesling");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await expect(page.getByText("Riesling")).toBeVisible();
  await page.getByText("Change my answers").click();
  await page.getByLabel("Which wine?").fill("Silvaner");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save my answers" }).click();
  await expect(page.getByText("Done.")).toBeVisible();

  await desk.goto("/bookings");
  await desk.getByRole("link", { name: "Gala Guest" }).click();
  await expect(desk.getByRole("definition").filter({ hasText: "Silvaner" })).toBeVisible();
  await host.close();
});
