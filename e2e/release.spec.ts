import { expect, type Page, test } from "@playwright/test";

import { password, publish, signUp } from "#e2e/steps.ts";

/** As after a new release: a module of the old build is gone for whoever asks. */
const forget = (page: Page, name: string) =>
  page.route(new RegExp(`/assets/${name}-[^/]*\\.js$`), (route) => route.fulfill({ status: 404 }));

test("in a tab of an old build, a click and a form lead to where they would have led", async ({ browser, page }) => {
  const other = await browser.newContext();
  const { email } = await signUp(other, "Una Updated");
  await other.close();
  const loads: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  await page.goto("/events");

  await forget(page, "sign-in-page");
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome back");
  await page.waitForLoadState("networkidle");
  expect(loads).toEqual(["/events", "/sign-in"]);

  await page.unrouteAll();
  await page.goto("/sign-in");
  await forget(page, "me-page");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/me");
  await page.waitForLoadState("networkidle");
  expect(loads).toEqual(["/events", "/sign-in", "/sign-in", "/me"]);
});

test("a part that an old build's page has still to fetch comes with the whole page, asked for once", async ({
  context,
  page,
}) => {
  await signUp(context, "Piet Part");
  const { slug } = await publish(context, { title: "Parts", format: "virtual" });
  const here = `/events/${slug}`;
  const loads: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  await page.route(/\/assets\/event-join-button-[^/]*\.js$/, (route) =>
    loads.length === 1 ? route.fulfill({ status: 404 }) : route.continue(),
  );

  await page.goto(here);
  await expect.poll(() => loads).toEqual([here, here]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parts");
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parts");

  // What the newest build lacks too comes by no reload.
  loads.length = 0;
  await page.goto(here);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This is our mistake");
  await page.waitForLoadState("networkidle");
  expect(loads).toEqual([here]);
});
