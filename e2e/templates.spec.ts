import { expect, test } from "@playwright/test";

import { publish, signUp } from "#e2e/steps.ts";

test("an event is kept as a template; what is refused is said where it was asked, and nowhere else", async ({
  context,
  page,
}) => {
  await signUp(context, "Tess Template");
  const event = await publish(context, { title: "Pottery for beginners", summary: "Bring old clothes." });
  await page.goto(`/organize/events/${event.id}`);

  await page.getByRole("button", { name: "Save as template" }).click();
  const keeping = page.getByRole("alertdialog", { name: "Save as a template" });
  const name = keeping.getByLabel("Name of the template");
  await name.fill("   ");
  await keeping.getByRole("button", { name: "Save template" }).click();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  // Nothing is there yet that could be left as it is.
  await keeping.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel event" }).click();
  const cancelling = page.getByRole("alertdialog", { name: "Cancel" });
  await expect(cancelling).toBeVisible();
  await expect(cancelling.getByRole("alert")).toHaveCount(0);
  await cancelling.getByRole("button", { name: "Leave it as it is" }).click();

  await page.getByRole("button", { name: "Save as template" }).click();
  await name.fill("A pottery evening");
  await keeping.getByRole("button", { name: "Save template" }).click();
  await page.getByRole("link", { name: "Begin an event" }).click();
  await expect(page.getByRole("link", { name: "A pottery evening" })).toHaveAttribute("aria-current", "true");
  for (const template of ["Support circle", "A pottery evening"]) {
    await page.getByRole("link", { name: template }).click();
    await expect(page.getByRole("link", { name: template })).toHaveAttribute("aria-current", "true");
    await expect(page.getByLabel("When does it begin?")).toHaveValue(/T19:00$/);
  }
  await page.getByLabel("What is it called?").fill("Pottery in May");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByLabel("In one sentence")).toHaveValue("Bring old clothes.");
});
