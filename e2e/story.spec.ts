import { expect, test } from "@playwright/test";

import { anAddress, letterTo, linkIn, password, publish, signUp } from "#e2e/steps.ts";

test("from signing up to the last guest at the door", async ({ browser }) => {
  const organizer = await browser.newContext();
  const guest = await browser.newContext();
  const olive = anAddress("olive");
  const ada = anAddress("ada");

  const desk = await organizer.newPage();
  await test.step("an organizer signs up", async () => {
    await desk.goto("/sign-up");
    await desk.getByLabel("Your name").fill("Olive Organizer");
    await desk.getByLabel("E-mail address").fill(olive);
    await desk.getByRole("textbox", { name: "Password" }).fill(password);
    await desk.getByRole("button", { name: "Sign up" }).click();
    await desk.goto(linkIn(await letterTo(organizer.request, olive, /code for Plenary/), /^\/verify/));
    await desk.getByRole("button", { name: "Confirm and sign in" }).click();
    await expect(desk.getByRole("button", { name: /Your menu/ })).toBeVisible();
  });

  const event = await test.step("publishes an event", () =>
    publish(organizer, { title: "An evening of small machines", capacity: 2 }));

  const phone = await guest.newPage();
  await test.step("a guest takes a seat with a name and an address", async () => {
    await phone.goto(`/events/${event.slug}`);
    await phone.getByRole("link", { name: "Take a seat" }).click();
    await phone.getByLabel("Your name").fill("Ada Lovelace");
    await phone.getByLabel("Your e-mail address").fill(ada);
    // An impatient hand: however often it presses, it is one seat.
    await phone.getByRole("button", { name: "Take my seat" }).dblclick();
    await expect(phone.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  });

  const typedCode = await test.step("finds the ticket in the mailbox", async () => {
    const letter = await letterTo(organizer.request, ada, /small machines/);
    expect(letter.attachments.map(({ mediaType }) => mediaType)).toContainEqual(expect.stringContaining("calendar"));
    await phone.goto(linkIn(letter, /^\/t\//));
    await expect(phone.getByRole("img", { name: /code of this ticket/ })).toBeVisible();
    await expect(phone.getByText("Ada Lovelace")).toBeVisible();
    return phone.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).innerText();
  });

  await test.step("the event's page knows its guest by the letter's link", async () => {
    await phone.goto(`/events/${event.slug}`);
    await expect(phone.getByText("You have a seat")).toBeVisible();
  });

  await test.step("the organizer sees one person in the list", async () => {
    await desk.goto(`/organize/events/${event.id}/people`);
    await expect(desk.getByRole("row")).toHaveCount(2);
    await expect(desk.getByRole("cell", { name: ada })).toBeVisible();
  });

  await test.step("and lets her in", async () => {
    await desk.getByRole("link", { name: "Open the door" }).click();
    await desk.getByLabel("Code of the ticket").fill(typedCode);
    await desk.getByRole("button", { name: "Let in" }).click();
    await expect(desk.locator("[data-verdict=in]")).toContainText("Ada Lovelace");
    await expect(desk.locator("[data-counter]")).toHaveText("1");
    await desk.getByRole("link", { name: "Leave the door" }).click();
    await expect(desk.getByRole("row", { name: /Ada Lovelace/ })).toContainText("Was there");
  });

  await organizer.close();
  await guest.close();
});

test("who comes too late waits, is offered the seat that somebody gives back, and takes it", async ({ browser }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Willa Waits");
  const event = await publish(organizer, { title: "One chair", capacity: 1, hasWaitlist: true });
  const first = await browser.newContext();
  await signUp(first, "Fay First");
  const second = await browser.newContext();
  await signUp(second, "Sol Second");
  const early = await first.newPage();
  const late = await second.newPage();

  await early.goto(`/events/${event.slug}/register`);
  await early.getByRole("button", { name: "Take my seat" }).click();
  await expect(early.getByRole("heading", { level: 1 })).toHaveText("You have a seat");
  await late.goto(`/events/${event.slug}/register`);
  await late.getByRole("button", { name: "Put me on the waitlist" }).click();
  await expect(late.getByRole("heading", { level: 1 })).toHaveText("You are number 1 on the waitlist");

  await early.getByRole("link", { name: "Show my ticket" }).click();
  await early.getByText("Give back my seat").click();
  await early.getByRole("button", { name: "Yes, give it back" }).click();
  await expect(early.getByText("You gave this seat back")).toBeVisible();

  await late.goto("/me");
  await late.getByRole("link", { name: "One chair" }).click();
  await late.getByRole("button", { name: "Take the seat" }).click();
  await expect(late.getByRole("img", { name: /code of this ticket/ })).toBeVisible();
  await late.goto("/me");
  await expect(late.getByRole("link", { name: "Show my ticket" })).toBeVisible();
  for (const context of [organizer, first, second]) await context.close();
});

test("who needs approval asks, and is answered with words", async ({ browser }) => {
  const organizer = await browser.newContext();
  await signUp(organizer, "Arno Approves");
  const event = await publish(organizer, { title: "By request", needsApproval: true });
  const yes = anAddress("yes");
  const no = anAddress("no");
  const guest = await browser.newPage();
  for (const [name, address] of [
    ["Yara Yes", yes],
    ["Nora No", no],
  ] as const) {
    await guest.goto(`/events/${event.slug}/register`);
    await guest.getByLabel("Your name").fill(name);
    await guest.getByLabel("Your e-mail address").fill(address);
    await guest.getByRole("button", { name: "Send my request" }).click();
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Look in your mailbox");
  }

  const desk = await organizer.newPage();
  await desk.goto(`/organize/events/${event.id}/people?status=pending`);
  await desk
    .getByRole("row", { name: /Yara Yes/ })
    .getByRole("button", { name: "Approve" })
    .click();
  await expect(desk.getByText("Yara Yes is in, and has been told.")).toBeVisible();
  await desk
    .getByRole("row", { name: /Nora No/ })
    .getByRole("link", { name: "Decline" })
    .click();
  await desk.getByLabel("A few words to them").fill("We are few this time.\nCome in May!");
  await desk.getByRole("button", { name: "Decline and write to them" }).click();
  await expect(desk.getByText("Nora No has been told.")).toBeVisible();
  // The filter that was chosen still stands there, though nobody is left in it; who was declined is found by another.
  await expect(desk.getByRole("link", { name: "Asking (0)" })).toHaveAttribute("aria-current", "true");
  await desk.getByRole("link", { name: "Declined (1)" }).click();
  await expect(desk.getByRole("row", { name: /Nora No/ })).toBeVisible();

  const letter = await letterTo(organizer.request, yes, /By request/);
  expect(letter.text).toContain("/t/");
  await expect
    .poll(async () => {
      const { items } = await (await organizer.request.get(`/dev/mail.json?to=${no}`)).json();
      return items.some(({ text }: { text: string }) => text.includes("Come in May!"));
    })
    .toBe(true);
  await organizer.close();
  await guest.close();
});
