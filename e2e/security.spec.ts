import { expect, test } from "@playwright/test";
import { TOTP } from "otpauth";

import { expectAccessible, password, signUp } from "#e2e/steps.ts";

test("a second factor by its QR code, without script; then a passkey that needs neither", async ({ browser }) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const { email } = await signUp(plain, "Rosa");
  const page = await plain.newPage();
  await page.goto("/me/security");
  await page.getByRole("link", { name: "Set up: Second factor" }).click();
  await expect(page).toHaveURL(/\/me\/confirm/);
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("alert")).toContainText("That password is not right.");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Set it up" }).click();
  const uri = await page.getByRole("link", { name: /authenticator program scans/ }).getAttribute("href");
  const secret = new URL(uri ?? "").searchParams.get("secret") ?? "";
  await page.getByLabel("Code", { exact: true }).fill(new TOTP({ secret }).generate());
  await page.getByRole("button", { name: "Switch it on" }).click();
  const shown = page.getByRole("listitem").filter({ hasText: /^\w{5}-\w{5}$/ });
  await expect(shown).toHaveCount(10);
  const codes = await shown.allTextContents();
  await plain.clearCookies();
  await page.goto("/sign-in?next=/me/security");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\/second$/);
  await page.getByLabel("Code", { exact: true }).fill("000 000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not right");
  await page.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/^[^?]+\/me\/security$/);
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();

  const able = await browser.newContext({ storageState: await plain.storageState() });
  const phone = await able.newPage();
  const cdp = await able.newCDPSession(phone);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await phone.goto("/me/security/passkeys");
  if (phone.url().includes("/me/confirm")) {
    await phone.getByLabel("Password", { exact: true }).fill(password);
    await phone.getByRole("button", { name: "Go on" }).click();
  }
  await phone.getByLabel("Name of the new passkey").fill("My thumb");
  await phone.getByRole("button", { name: "Make a passkey" }).click();
  await expect(phone.getByRole("button", { name: "Remove My thumb" })).toBeVisible();
  await phone.getByRole("button", { name: "Rename My thumb" }).click();
  await phone.getByRole("textbox", { name: "Name", exact: true }).fill("  ");
  await phone.getByRole("button", { name: "Save" }).click();
  await expect(phone.getByRole("dialog").getByRole("alert")).toBeVisible();
  await phone.getByRole("textbox", { name: "Name", exact: true }).fill("Rosa's thumb");
  await phone.getByRole("button", { name: "Save" }).click();
  await expect(phone.getByRole("button", { name: "Remove Rosa's thumb" })).toBeVisible();
  await expectAccessible(phone);
  await able.clearCookies();
  // This device shows it as soon as the page offers passkeys in the list of its address field.
  await phone.goto("/sign-in?next=/me/security");
  await expect(phone).toHaveURL(/^[^?]+\/me\/security$/);
  await phone.goto("/me/confirm?next=/me/security/second-factor");
  await phone.getByRole("button", { name: "Use a passkey" }).click();
  await expect(phone).toHaveURL(/^[^?]+\/me\/security\/second-factor$/);
  await expectAccessible(phone);
  await phone.goto("/me/security");
  await expect(phone.getByText("1 passkey:")).toBeVisible();
  await expectAccessible(phone);
  await plain.close();
  await able.close();
});
