import { expect, test } from "@playwright/test";

import { publish, signUp } from "#e2e/steps.ts";

test.use({ serviceWorkers: "allow" });

test("a ticket is there without a line, and gone with whom it belongs to", async ({ browser, context, page }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Oda Organizer");
  const event = await publish(organizer, { title: "Far from any mast", capacity: 5 });
  await organizer.close();
  await signUp(context, "Ada Attendee");
  const reply = await context.request.post(`/api/v1/events/${event.id}/register`, { data: {} });
  const { id } = (await reply.json()) as { id: string };
  const ticket = `/me/tickets/${id}`;
  const isKept = (path: string) => page.evaluate(async (one) => (await caches.match(one)) !== undefined, path);

  await page.goto("/me");
  await expect(page.getByRole("timer")).toBeVisible();
  await expect.poll(() => isKept(ticket)).toBe(true);
  await expect.poll(() => isKept("/offline")).toBe(true);

  await context.setOffline(true);
  await page.goto(ticket);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Far from any mast");
  await expect(page.getByRole("img", { name: /code of this ticket/ })).toBeVisible();
  await page.goto("/me");
  await expect(page.getByText("Far from any mast")).toBeVisible();
  // How long it still is would stand as it was.
  await expect(page.getByRole("timer")).toBeHidden();
  await page.goto("/events");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No line to the house");

  await context.setOffline(false);
  await page.goto("/me");
  await page.getByRole("button", { name: /Your menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await context.setOffline(true);
  await page.goto(ticket);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No line to the house");
  await page.goto("/me");
  await expect(page.getByText("Far from any mast")).toBeHidden();
});
