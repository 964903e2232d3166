import { expect, test } from "@playwright/test";

import { aMember, anOpenHouse, aPlayer, comeIn } from "#e2e/cast.ts";
import { expectAccessible } from "#e2e/steps.ts";
import { type RunningHouse, startHouse } from "#ops/run-house.ts";

// A house of its own, since it lets nobody publish for a while.
let house: RunningHouse;
test.beforeAll(async () => {
  house = await startHouse({ env: { PLENARY_DEMO: "on" } });
  await house.untilRoomsAreReady();
});
test.afterAll(async ({ browser }) => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await house.stop();
});

test("an admin looks at an event before it is public, and throws somebody out of everything", async ({ browser }) => {
  const over = { baseURL: house.url };
  const admin = await aPlayer(browser, "Ada Brandt", over);
  const { request } = admin.context;
  await request.post("/api/v1/auth/login", { data: { email: "ada@example.org", password: "come-together" } });
  const host = await aMember(browser, "Helga Host", over);
  const room = await anOpenHouse(host);
  const mallory = await aMember(browser, "Mallory Loud", over);
  const registered = await mallory.context.request.post(`/api/v1/events/${room.id}/register`, { data: {} });
  expect(registered.ok(), await registered.text()).toBe(true);

  await admin.page.goto("/admin/settings");
  await admin.page.getByText("Everybody's", { exact: true }).click();
  await admin.page.getByRole("button", { name: "Save settings" }).click();
  await expect(admin.page.getByText("Saved. It holds from now on.")).toBeVisible();
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const draft = { title: "Fireflies", startTime: at(30), endTime: at(32) };
  const { id, slug } = await (await host.context.request.post("/api/v1/events", { data: draft })).json();

  await host.page.goto(`/organize/events/${id}`);
  await host.page.getByRole("button", { name: "Submit for review" }).click();
  await expect(host.page.getByText("It is being looked at")).toBeVisible();

  await admin.page.getByRole("link", { name: /^Review/ }).click();
  await admin.page.getByRole("link", { name: "Fireflies" }).click();
  await expectAccessible(admin.page);
  await admin.page.getByRole("button", { name: "Approve and publish" }).click();
  await expect(admin.page.getByText("Published", { exact: true })).toBeVisible();
  await request.patch("/api/v1/admin/settings", { data: { review: "off" } });
  const stranger = await aPlayer(browser, "Eve", over);
  await stranger.page.goto(`/events/${slug}`);
  await expect(stranger.page.getByRole("heading", { level: 1 })).toHaveText("Fireflies");
  expect((await stranger.page.goto("/admin"))?.status()).toBe(404);

  const waiting = { ...mallory, page: await mallory.context.newPage() };
  await comeIn(mallory, room);
  await waiting.page.goto(`/live/${room.gatheringId}`);
  await expect(waiting.page.getByRole("button", { name: "Join now" })).toBeEnabled();
  await admin.page.goto("/admin/users?q=mallory-loud");
  await admin.page.getByRole("link", { name: "Mallory Loud" }).click();
  await admin.page.getByRole("button", { name: "Ban …" }).click();
  await admin.page.getByLabel("The reason").fill("Shouts at people");
  await admin.page.getByRole("button", { name: "Ban now" }).click();

  // Nobody touches those pages: the house comes to them.
  await expect(waiting.page.getByText("This is for people who are registered")).toBeVisible();
  await expect(mallory.page.getByRole("toolbar", { name: "Room controls" })).toHaveCount(0);
  await expect(admin.page.getByText("They are out, everywhere.")).toBeVisible();
  await mallory.page.goto("/me");
  await expect(mallory.page).toHaveURL(/sign-in/);
});
