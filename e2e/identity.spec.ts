import { expect, test } from "@playwright/test";
import sharp from "sharp";

import { anAddress, expectAccessible, letterTo, linkIn, password, signUp } from "#e2e/steps.ts";

test("without script: sign up on the way somewhere, confirm by the letter's link, sign out and in", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const email = anAddress("ada");
  await page.goto("/me/settings");
  await expect(page).toHaveURL(/sign-in\?next=%2Fme%2Fsettings$/);
  await page.getByRole("link", { name: "Make an account" }).click();
  await expect(page).toHaveURL(/\/sign-up/);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mailbox");
  await page.goto("/sign-in?next=/me/settings");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/verify$/);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One step is left");

  await page.goto(linkIn(await letterTo(context.request, email, /code/), /^\/verify$/));
  await page.getByRole("button", { name: "Confirm and sign in" }).click();

  await expect(page).toHaveURL(/\/me\/settings$/);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Ada Lovelace");
  await page.getByRole("button", { name: /^Your menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not right");
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/me$/);
  await context.close();
});

test("with the code from the letter, after a wrong one", async ({ page, request }) => {
  const email = anAddress("grace");
  await page.goto("/sign-up?next=/events");
  await page.getByLabel("Your name").fill("Grace Hopper");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText("Please write at least 8 characters.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign up" }).click();
  const code = (await letterTo(request, email, /code/)).subject.slice(0, 6);
  await expect(page).toHaveURL(/\/verify$/);
  await page.goto("/dev/mail");
  await page.goBack();
  await page.getByLabel("Code").fill(code === "000000" ? "111111" : "000 000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert")).toContainText("used up or too old");

  await page.getByLabel("Code").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole("button", { name: "Confirm" }).click();

  await expect(page).toHaveURL(/\/events$/);
  await page.goto("/me/settings");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
});

test("a way out of the house is no place to go on to", async ({ page, context }) => {
  await signUp(context, "Lin");

  for (const next of [
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(/\/me$/);
  }
});

test("a session that is ended elsewhere is dead at once", async ({ browser }) => {
  const [here, there] = [
    await browser.newContext(),
    await browser.newContext({ userAgent: "Mozilla/5.0 (iPhone) Safari/604.1" }),
  ];
  const { email } = await signUp(here, "Mary");
  await there.request.post("/api/v1/auth/login", { data: { email, password } });
  const [desk, phone] = [await here.newPage(), await there.newPage()];
  await phone.goto("/me/settings");
  await desk.goto("/me/sessions");
  await expectAccessible(desk);

  await desk.getByRole("button", { name: "Sign out Safari on iPhone" }).click();
  await expect(desk.getByText("Safari on iPhone")).toBeHidden();

  await phone.reload();
  await expect(phone).toHaveURL(/sign-in/);
  await here.close();
  await there.close();
});

test("a new password by letter ends what was open", async ({ page, context, browser }) => {
  const { email } = await signUp(context, "Rosa");
  const elsewhere = await browser.newContext();
  const fresh = await elsewhere.newPage();
  await fresh.goto("/sign-in");
  await fresh.getByRole("link", { name: "Forgot it?" }).click();
  await expect(fresh).toHaveURL(/\/forgot$/);
  await fresh.getByLabel("E-mail address").fill(email);
  await fresh.getByRole("button", { name: "Send the link" }).click();
  await expect(fresh.getByRole("heading", { level: 1 })).toHaveText("Look into your mailbox");

  const link = linkIn(await letterTo(elsewhere.request, email, /new password/), /^\/reset$/);
  await fresh.goto(link);
  await fresh.getByLabel("New password").fill("another quiet place");
  await fresh.getByRole("button", { name: "Save and sign in" }).click();

  await expect(fresh).toHaveURL(/\/me$/);
  await page.goto("/me/settings");
  await expect(page).toHaveURL(/sign-in/);
  // Whoever types before the page has come to life loses nothing.
  const { promise: untilTyped, resolve: wake } = Promise.withResolvers<void>();
  await fresh.route("**/*.js", async (route) => {
    await untilTyped;
    await route.continue();
  });
  await fresh.goto(link, { waitUntil: "commit" });
  await fresh.getByLabel("New password").fill("once more");
  wake();
  await expect(fresh.getByRole("button", { name: "Show the password" })).toBeVisible();
  await fresh.getByRole("button", { name: "Save and sign in" }).click();
  await expect(fresh.getByRole("heading", { level: 1 })).toHaveText("This link is too old");
  await elsewhere.close();
});

test("a picture, a name and a public page of one's own", async ({ page, context }) => {
  await signUp(context, "Nora");
  const picture = { create: { width: 300, height: 200, channels: 3, background: "teal" } } as const;
  const file = { name: "me.png", mimeType: "image/png", buffer: await sharp(picture).png().toBuffer() };
  await page.goto("/me/settings");
  await page.getByLabel("Picture").setInputFiles(file);
  await page.getByRole("button", { name: "Use this picture" }).click();
  await expect(page.getByRole("button", { name: "Remove the picture" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Nora N.");
  await page.getByRole("button", { name: "Save" }).click();
  // That the picture was saved is still said, in the same words.
  await expect(page).toHaveURL(/done=profile$/);
  await expect(page.getByText("Saved.")).toBeVisible();

  await context.request.post("/api/v1/events", { data: { title: "A first thought" } });
  await page.goto("/organize/settings");
  await page.getByLabel("Address").fill("events");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  const slug = anAddress("nora").split("@")[0] ?? "";
  await page.getByLabel("Address").fill(slug);
  await page.getByLabel("About you").fill("We read.\n<script>alert(1)</script>");
  await page.getByLabel("Rose").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "See the page" }).click();
  await expect(page).toHaveURL(new RegExp(`/${slug}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nora N.");
  await expect(page.getByText("<script>alert(1)</script>")).toBeVisible();
  await expectAccessible(page);
});

test("the mailbox shows letters as they are read, and runs nothing of theirs", async ({ page, request }) => {
  const email = anAddress("eve");
  await request.post("/api/v1/auth/register", { data: { name: "<img src=x onerror=alert(1)>", email, password } });
  await letterTo(request, email, /code/);

  await page.goto(`/dev/mail?to=${encodeURIComponent(email)}`);

  const letter = page.frameLocator("iframe");
  await expect(letter.getByRole("heading", { level: 1 })).toHaveText("Confirm your address");
  await expect(letter.getByText(/^Hello <img src=x onerror=alert\(1\)>/).last()).toBeVisible();
  await page.getByRole("link", { name: "As plain text" }).click();
  await expect(page.getByRole("link", { name: /\/verify\?token=/ })).toBeVisible();
  await expectAccessible(page);
});

test("a session that ended elsewhere takes nothing that was typed", async ({ page, context }) => {
  const { email } = await signUp(context, "Ada Lovelace");
  await page.goto("/me/settings");
  await context.clearCookies();
  await page.getByLabel("Name", { exact: true }).fill("Ada King");
  await page.getByRole("button", { name: "Save" }).first().click();

  await expect(page.getByRole("alert")).toContainText("Everything you typed is still here.");
  const opened = context.waitForEvent("page");
  await page.getByRole("alert").getByRole("link").click();
  const tab = await opened;
  await tab.getByLabel("E-mail address").fill(email);
  await tab.getByLabel("Password", { exact: true }).fill(password);
  await tab.getByRole("button", { name: "Sign in" }).click();
  await expect(tab).toHaveURL(/\/me$/);
  await page.getByRole("button", { name: "Save" }).first().click();

  await expect(page).toHaveURL(/done=/);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Ada King");
});

test("signing out in one tab is signing out in all", async ({ page, context }) => {
  const { email } = await signUp(context, "Ada Lovelace");
  const other = await context.newPage();
  const showsSomebody = async () => {
    // The menu hears of it as soon as its bell has come to life.
    const bell = other.waitForEvent("websocket");
    await other.goto("/me/settings");
    await bell;
    await page.goto("/me");
  };
  await showsSomebody();
  await page.getByRole("button", { name: /^Your menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/sign-in\?next=%2Fme%2Fsettings$/);

  await context.request.post("/api/v1/auth/login", { data: { email, password } });
  await showsSomebody();
  // As the browser itself sends it, before the page has come to life.
  await page.locator("form[action='/sign-out']").evaluate((form: HTMLFormElement) => form.submit());
  await expect(other).toHaveURL(/sign-in\?next=%2Fme%2Fsettings$/);
});
