import { expect, test } from "@playwright/test";
import { expectAccessible, publish, signUp } from "#e2e/steps.ts";
import { pixel } from "#ops/attack/pixel.ts";

test("an event says who speaks, in the order that its host has chosen, and what comes when", async ({
  browser,
  page,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Ada Agenda");
  const [startTime, endTime] = ["2031-05-01T10:00", "2031-05-02T16:00"];
  const event = await publish(host, { title: "Two days of talks", kind: "panel_discussion", startTime, endTime });
  const desk = await host.newPage();
  await desk.goto(`/organize/events/${event.id}/agenda`);

  await desk.getByRole("button", { name: "Add a speaker" }).click();
  await expect(desk.getByLabel("Name")).toBeFocused();
  await desk.getByLabel("Name").fill("Jo Berg");
  await desk.getByRole("button", { name: "Add a speaker" }).click();
  const nour = desk.getByRole("group", { name: "New speaker" });
  await nour.getByLabel("What they are").fill("Architect");
  await nour.getByLabel("Name").fill("Nour Haddad");
  const up = desk.getByRole("button", { name: "Move Nour Haddad up" });
  await up.press("Enter");
  await expect(up).toHaveAttribute("aria-disabled", "true");
  await expect(up).toBeFocused();
  await desk.getByRole("button", { name: "Add an item" }).click();
  await desk.getByLabel("What happens").fill("Rooms that listen");
  await desk.getByLabel("At", { exact: true }).fill("09:30");
  await desk.getByLabel("Day", { exact: true }).selectOption("2031-05-02");
  await desk.getByText("Nour Haddad", { exact: true }).last().click();
  await desk.getByRole("button", { name: "Add an item" }).click();
  await desk.getByRole("group", { name: "New item" }).getByLabel("What happens").fill("Welcome");
  await desk.getByLabel("Day", { exact: true }).last().selectOption("2031-05-01");
  await desk.getByRole("button", { name: "Save changes" }).click();
  await expect(desk.getByText("Saved", { exact: true })).toBeVisible();

  const chosen = desk.waitForEvent("filechooser");
  await desk.getByRole("button", { name: "Choose a picture of Nour Haddad" }).click();
  await (await chosen).setFiles({ name: "nour.png", mimeType: "image/png", buffer: pixel });
  await expect(desk.getByRole("button", { name: "Remove the picture of Nour Haddad" })).toBeVisible();
  await expectAccessible(desk);

  await page.goto(`/events/${event.slug}`);
  await expect(page.getByText("Panel discussion")).toBeVisible();
  const speakers = page.getByRole("region", { name: "Speakers" });
  await expect(speakers.getByRole("heading", { level: 3 })).toHaveText(["Nour Haddad", "Jo Berg"]);
  await expect(speakers.locator("img")).toHaveJSProperty("naturalWidth", 1);
  const agenda = page.getByRole("region", { name: "Agenda" });
  await expect(agenda.getByRole("heading", { level: 3 })).toHaveText([/Thursday.*1/, /Friday.*2/]);
  await expect(agenda.getByText("9:30")).toBeVisible();
  const told = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "{}");
  expect(told.performer).toMatchObject([{ "@type": "Person", name: "Nour Haddad", jobTitle: "Architect" }, {}]);
  await expectAccessible(page);
  await host.close();
});
