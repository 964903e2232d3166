import { createHash } from "node:crypto";
import { schnorr } from "@noble/curves/secp256k1.js";
import { expect, test } from "@playwright/test";

import { expectAccessible, password, signUp } from "#e2e/steps.ts";

test.use({ serviceWorkers: "allow" });

interface Draft {
  kind: number;
  created_at: number;
  tags: string[][];
  content: string;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("a Nostr key is linked, opens the account and is let go; and a device that is rung opens the right page", async ({
  browser,
}) => {
  const { secretKey, publicKey } = schnorr.keygen();
  const sign = (draft: Draft) => {
    const { created_at, kind, tags, content } = draft;
    const pubkey = hex(publicKey);
    const id = createHash("sha256")
      .update(JSON.stringify([0, pubkey, created_at, kind, tags, content]))
      .digest();
    return { ...draft, pubkey, id: hex(id), sig: hex(schnorr.sign(id, secretKey)) };
  };
  const context = await browser.newContext();
  await signUp(context, "Nora");
  const page = await context.newPage();

  await page.goto("/me/security/nostr");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "This browser has no Nostr key yet" })).toBeVisible();
  await expectAccessible(page);

  await context.exposeFunction("signHere", sign);
  await context.addInitScript(() => {
    const { signHere } = window as unknown as { signHere: (draft: object) => Promise<object> };
    Object.assign(window, { nostr: { signEvent: signHere } });
  });
  await page.reload();
  await page.getByRole("button", { name: "Link my key" }).click();
  await expect(page.getByText("This key opens your account")).toBeVisible();
  await expectAccessible(page);

  await context.clearCookies();
  await page.goto("/sign-in?next=/me/security");
  await page.getByRole("button", { name: "Use my Nostr key" }).click();
  await expect(page).toHaveURL(/^[^?]+\/me\/security$/);
  await expect(page.getByText(/^npub1.+ opens your account\.$/)).toBeVisible();

  await page.getByRole("link", { name: "Manage: Nostr key" }).click();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Unlink" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Unlink" }).click();
  await expect(page.getByRole("button", { name: "Link my key" })).toBeVisible();

  await context.grantPermissions(["notifications"]);
  const { origin } = new URL(page.url());
  const cdp = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [one] }) => one && resolve(one.registrationId));
  });
  await cdp.send("ServiceWorker.enable");
  await page.goto("/me/notifications");
  await expect(page.getByRole("button", { name: "Ring on this device" })).toBeVisible();
  await expectAccessible(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const data = JSON.stringify({
    title: "Plenary",
    body: "There is news.",
    tag: "one",
    path: "/me/notices?unread=true",
  });
  for (let n = 0; n < 2; n += 1) {
    await cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  }
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body }) => [title, body]);
    });
  await expect.poll(shown).toEqual([["Plenary", "There is news."]]);
  await context.serviceWorkers()[0]?.evaluate(async () => {
    const worker = self as unknown as { registration: ServiceWorkerRegistration };
    const { NotificationEvent } = self as unknown as { NotificationEvent: new (name: string, of: object) => Event };
    const [notification] = await worker.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  });
  await expect(page).toHaveURL(/\/me\/notices\?unread=true$/);
  await context.close();
});
