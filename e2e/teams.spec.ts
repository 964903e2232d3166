import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, letterTo, linkIn, password, publish, signUp } from "#e2e/steps.ts";

test("somebody without an account is invited to a team, comes in by the letter, and sees what the team runs", async ({
  browser,
  page,
  context,
}) => {
  await signUp(context, "Olga Owner");
  await publish(context, { title: "The shared evening" });
  const email = anAddress("nadia");

  await page.goto("/organize");
  await page.getByRole("link", { name: "Team", exact: true }).click();
  await expect(page).toHaveURL(/\/organize\/team$/);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("radio", { name: "Member" }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`The invitation to ${email} is on its way.`)).toBeVisible();
  await expect(page.getByRole("row", { name: email })).toContainText("Invited");
  await expectAccessible(page);

  const invited = await browser.newContext();
  const desk = await invited.newPage();
  await desk.goto(linkIn(await letterTo(context.request, email, /Olga Owner invites you/), /^\/team-invite\//));
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Join the team of Olga Owner");
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "Create an account" }).click();
  await expect(desk.getByLabel("E-mail")).toHaveValue(email);
  await desk.getByLabel("Your name").fill("Nadia New");
  await desk.getByLabel("Password", { exact: true }).fill(password);
  await desk.getByRole("button", { name: "Sign up" }).click();
  await expect(desk).toHaveURL(/\/verify$/);
  await desk.goto(linkIn(await letterTo(context.request, email, /code for Plenary/), /^\/verify/));
  await desk.getByRole("button", { name: "Confirm and sign in" }).click();
  await desk.getByRole("button", { name: "Accept" }).click();

  await expect(desk).toHaveURL(/\/organize\?joined=1$/);
  await expect(desk.getByRole("link", { name: "The shared evening" })).toBeVisible();
  await expectAccessible(desk);

  await desk.getByRole("link", { name: "The shared evening" }).click();
  await desk.getByRole("link", { name: "Times", exact: true }).click();
  const adding = desk.getByRole("region", { name: "Add times" });
  await adding.getByLabel("Begins").fill("2039-05-03T19:00");
  await adding.getByLabel("How often?").selectOption("Monthly");
  await adding.getByLabel("On which day").selectOption("On the first Tuesday");
  await adding.getByLabel("Ends after").fill("3");
  await expect(adding.getByText("Tue, Jul 5")).toBeVisible();
  await expectAccessible(desk);
  await adding.getByRole("button", { name: "Add" }).click();
  const times = desk.getByRole("listitem").filter({ hasText: "Change" });
  await expect(times).toHaveCount(4);
  await expect(adding.getByLabel("Begins")).toHaveValue("");
  await adding.getByRole("button", { name: "Undo" }).click();
  await desk.getByRole("button", { name: "Cancel these 3 times" }).click();
  await expect(times).toHaveCount(1);
  await invited.close();
});
