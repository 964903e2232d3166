import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, publish, signUp } from "#e2e/steps.ts";

test("the console says in each tab which event it is of, of whole days no hour, and who may come", async ({
  context,
  page,
}) => {
  await signUp(context, "Tilda Title");
  const event = await publish(context, {
    title: "Paper Lanterns",
    format: "hybrid",
    startTime: "2031-01-10T23:00:00.000Z",
    endTime: "2031-01-11T23:00:00.000Z",
  });
  const base = `/organize/events/${event.id}`;
  const times = [{ startTime: "2031-02-10T23:00:00.000Z" }];
  const added = await context.request.post(`/api/v1/events/${event.id}/occurrences`, { data: { times } });
  expect(added.ok(), await added.text()).toBe(true);

  const titles = {
    "": "Paper Lanterns · Organize",
    "/edit": "Edit Paper Lanterns",
    "/agenda": "Paper Lanterns · Agenda",
    "/questions": "Paper Lanterns · Questions",
    "/times": "Paper Lanterns · Times",
    "/letters": "Paper Lanterns · Letters",
    "/people/import": "Paper Lanterns · Take in a table",
    "/team": "Paper Lanterns · Team",
    "/attendance": "Paper Lanterns · Attendance",
    "/invitations": "Paper Lanterns · Invitations",
  };
  for (const [path, title] of Object.entries(titles)) {
    await page.goto(base + path);
    await expect.soft(page).toHaveTitle(new RegExp(`^${title} · [^·]+$`));
  }

  await expect(page.getByText("Anybody can take a seat, invited or not.")).toBeVisible();
  await expectAccessible(page);
  // By a click the page in the tab changes too.
  await page.getByRole("link", { name: "People" }).click();
  await expect(page).toHaveTitle(/^Paper Lanterns · People · /);
  await expect(page.getByLabel("Which time?").getByRole("option")).toHaveText([
    "Sat, Jan 11, 2031, all day",
    "Tue, Feb 11, 2031, all day",
  ]);
});

test("a page that comes to life stays where it was scrolled to", async ({ context, page }) => {
  await signUp(context, "Sina Scroll");
  const event = await publish(context, { title: "A long way down", format: "virtual" });
  const live = Promise.withResolvers<void>();
  await page.route(/\.js$/, (route) => live.promise.then(() => route.continue()));
  await page.goto(`/organize/events/${event.id}/edit`, { waitUntil: "commit" });
  const box = page.getByRole("switch", { name: "Waiting room" });
  await box.check();
  const where = await page.evaluate(() => scrollY);

  live.resolve();
  await expect
    .poll(() => box.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__react"))))
    .toBe(true);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200))));

  // But for what is rounded.
  expect(Math.abs((await page.evaluate(() => scrollY)) - where)).toBeLessThan(10);
  await expect(box).toBeChecked();
});

test("only what is kept is sent, at no time gone by, and words about one change are none about the next", async ({
  browser,
}) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Wanda Writes");
  const event = await publish(organizer, { title: "Told once" });
  const attendees = [{ name: "Gil Guest", email: anAddress("gil") }];
  await organizer.request.post(`/api/v1/events/${event.id}/register`, { data: { attendees } });
  const desk = await organizer.newPage();
  await desk.goto(`/organize/events/${event.id}/letters?new`);
  await desk.getByLabel("Subject").fill("On Friday");
  await desk.getByLabel("Text").fill("Bring tea.");
  await desk.getByRole("button", { name: "Keep and preview" }).click();
  await expect(desk.getByRole("heading", { name: "Preview" })).toBeVisible();
  await desk.getByLabel("Text").fill("Bring no tea.");
  await expect(desk.getByRole("button", { name: "Send to 1 person now" })).toBeDisabled();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Keep changes" }).click();
  await expect(desk.getByRole("region", { name: "Preview" })).toContainText("Bring no tea.");
  await desk.getByLabel(/^Or later/).fill("2026-01-01T10:00");
  await desk.getByRole("button", { name: "Schedule" }).click();
  await expect(desk.getByText("Choose a time that is still to come.")).toBeVisible();
  await desk.reload();
  await desk.getByRole("button", { name: "Throw it away" }).click();
  await desk.getByRole("alertdialog").getByRole("button", { name: "Throw it away" }).click();
  await expect(desk.getByText("No letters yet")).toBeVisible();

  await desk.goto(`/organize/events/${event.id}/edit`);
  await desk.getByLabel("Place", { exact: true }).fill("The other hall");
  await desk.getByLabel("In your own words").fill("The roof leaks.");
  await desk.getByRole("button", { name: "Save changes" }).last().click();
  await expect(desk.getByText("Saved", { exact: true })).toBeVisible();
  await expect(desk.getByLabel("In your own words")).toHaveValue("");
  await organizer.close();
});
