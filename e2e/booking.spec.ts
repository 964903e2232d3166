import { expect, test } from "@playwright/test";

import { anAddress, expectAccessible, letterTo, linkIn, signUp } from "#e2e/steps.ts";

test("a host shares what can be booked, and a stranger books, moves and cancels without an account", async ({
  browser,
  page,
}) => {
  const host = await browser.newContext();
  await signUp(host, "Hanna Host");
  const desk = await host.newPage();
  await desk.goto("/event-types/new");
  await desk.getByLabel("Name", { exact: true }).fill("A first conversation");
  await desk.getByRole("button", { name: "Make it" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("A first conversation");
  await expectAccessible(desk);
  const link = await desk.getByLabel("Its link").inputValue();

  await page.goto(link);
  const month = page.getByRole("grid");
  await expect(month).toBeVisible();
  await expectAccessible(page);
  await month.getByRole("link").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("listitem").getByRole("link", { name: /:30/ }).first().click();
  await expect(page.getByText("Kept for you for")).toBeVisible();
  await expectAccessible(page);
  const email = anAddress("gustav");
  await page.getByLabel("Your name").fill("Gustav Guest");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await expectAccessible(page);

  await page.goto(linkIn(await letterTo(host.request, email, /./), /^\/booking\//));
  await page.getByRole("link", { name: "Move to another time" }).click();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).last().click();
  await page.getByRole("button", { name: "Move my booking here" }).click();
  await expect(page.getByText("Done.")).toBeVisible();

  await desk.goto("/bookings");
  await desk.getByRole("link", { name: "Gustav Guest" }).click();
  await expectAccessible(desk);

  await page.getByText("Cancel my booking").click();
  await page.getByRole("button", { name: "Yes, cancel it" }).click();
  await expect(page.getByText("Cancelled", { exact: true })).toBeVisible();
  await desk.goto("/availability");
  await expectAccessible(desk);
  await host.close();
});

test("who books before they hear that their time is kept is not in their own way", async ({ browser, page }) => {
  const host = await browser.newContext();
  await signUp(host, "Hedda Host");
  const made = await host.request.post("/api/v1/events/event-types", { data: { name: "In a hurry" } });
  const { url } = (await made.json()) as { url: string };
  const [kept, booked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route("**/hold", async (route) => {
    const response = await route.fetch();
    kept.resolve();
    await booked.promise;
    await route.fulfill({ response }).catch(() => {}); // its page may be gone
  });

  await page.goto(url);
  await expect(page).toHaveURL(/zone=Europe/);
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).first().click();
  await kept.promise;
  await page.getByLabel("Your name").fill("Gesa Guest");
  await page.getByLabel("Your e-mail address").fill(anAddress("gesa"));
  await page.getByRole("button", { name: "Book this time" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  booked.resolve();
  await host.close();
});

test("a time is booked on a phone without any script", async ({ browser }) => {
  const host = await browser.newContext();
  await signUp(host, "Hilde Host");
  const made = await host.request.post("/api/v1/events/event-types", {
    data: { name: "Tea", timeZone: "Europe/Berlin" },
  });
  const { url } = (await made.json()) as { url: string };
  const guest = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await guest.newPage();
  await page.goto(url);
  await page.getByRole("grid").getByRole("link").last().click();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).first().click();
  await page.getByLabel("Your name").fill("Greta Guest");
  await page.getByLabel("Your e-mail address").fill(anAddress("greta"));
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await guest.close();
  await host.close();
});

test("a full session is waited for, and its free seat taken, without any script", async ({ browser }) => {
  const host = await browser.newContext();
  await signUp(host, "Hedda Host");
  const post = async (path: string, data: object) => {
    const reply = await host.request.post(`/api/v1/events/${path}`, { data });
    expect(reply.ok(), await reply.text()).toBe(true);
    return reply.json();
  };
  const group = { name: "Yoga", timeZone: "UTC", maxAttendees: 2, enableWaitlist: true };
  const { organizerSlug, eventTypeSlug, url } = await post("event-types", group);
  const date = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const end = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const range = `start_date=${date}&end_date=${end}`;
  const { days } = await (
    await host.request.get(`/api/v1/events/slots/${organizerSlug}/${eventTypeSlug}?${range}`)
  ).json();
  const { startTime } = days[0].slots[0];
  const who = { inviteeName: "Ina Inside", inviteeEmail: anAddress("ina"), attendeeCount: 2 };
  const inside = await post("bookings/create", { organizerSlug, eventTypeSlug, startTime, ...who });

  const guest = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await guest.newPage();
  await page.goto(`${url}?date=${days[0].date}`);
  await page.getByRole("link", { name: /Full/ }).click();
  const email = anAddress("wanda");
  await page.getByLabel("Your name").fill("Wanda Waits");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are number 1 on the waitlist");

  await post(`booking/${inside.accessToken}/manage`, { action: "resize", attendeeCount: 1 });
  await page.goto(linkIn(await letterTo(host.request, email, /A seat is free/), /^\/booking\//));
  await page.getByRole("button", { name: "Take the seat" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  const desk = await host.newPage();
  await desk.goto("/waitlist");
  await expect(desk.getByRole("cell", { name: "Comes" })).toBeVisible();
  await expectAccessible(desk);
  await guest.close();
  await host.close();
});
