import { type APIRequestContext, expect, test } from "@playwright/test";

import { anAddress, expectAccessible, letterTo, linkIn, signUp } from "#e2e/steps.ts";

/** Makes somebody a member, by the letter that invites them. */
async function invite(host: APIRequestContext, organizerId: string, guest: APIRequestContext, email: string) {
  await host.post(`/api/v1/organizers/${organizerId}/team-invitations`, { data: { email, role: "member" } });
  const link = linkIn(await letterTo(guest, email, /invites you to the team/), /^\/team-invite\//);
  const token = link.split("/").at(-1);
  const joined = await guest.post("/api/v1/team-invitations/accept", { data: { token } });
  expect(joined.status(), await joined.text()).toBe(200);
}

test("two people share what can be booked: in turn, with a stand-in, and a guest is brought along", async ({
  browser,
  page,
}) => {
  const [host, colleague] = [await browser.newContext(), await browser.newContext()];
  await signUp(host, "Hanna Host");
  const { email } = await signUp(colleague, "Cole Colleague");
  const made = await host.request.post("/api/v1/events/event-types", { data: { name: "A shared hour", duration: 60 } });
  const { id, url, organizerId } = await made.json();
  await invite(host.request, organizerId, colleague.request, email);

  const desk = await host.newPage();
  await desk.goto(`/event-types/${id}/edit`);
  await desk.getByLabel("One of several, in turn").check();
  await desk.getByRole("checkbox", { name: "Cole Colleague" }).check();
  await desk.getByRole("group", { name: "Cole Colleague" }).getByLabel("Share").fill("3");
  await expect(desk.getByText("About 75% of the bookings.")).toBeVisible();
  // "Saved" may still speak of what was typed before.
  const shares = async () => {
    const { hosts } = await (await host.request.get(`/api/v1/events/event-types/${id}`)).json();
    return hosts.map(({ weight }: { weight: number }) => weight).sort();
  };
  await expect.poll(shares).toEqual([1, 3]);
  await expect(desk.getByText("Saved", { exact: true })).toBeVisible();
  await expectAccessible(desk);

  await page.goto(url);
  await expect(page.getByText("With Cole Colleague or Hanna Host")).toBeVisible();
  await page.getByRole("listitem").getByRole("link", { name: /:00/ }).first().click();
  await page.getByLabel("Your name").fill("Gustav Guest");
  await page.getByLabel("Your e-mail address").fill(anAddress("gustav"));
  const brought = anAddress("berta");
  await page.getByLabel("Do you bring somebody?").fill(brought);
  await page.getByRole("button", { name: "Book this time" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It is booked");
  await expect(page.getByText("With Cole Colleague")).toBeVisible();
  await expect(page.getByText(brought)).toBeVisible();

  await page.goto(linkIn(await letterTo(host.request, brought, /Gustav Guest brings you along/), /^\/booking\//));
  await expect(page.getByText("Gustav Guest has booked and brings you along.")).toBeVisible();
  await page.getByText("I do not come", { exact: true }).click();
  await page.getByRole("button", { name: "Yes, I do not come" }).click();
  await expect(page.getByText("Done.")).toBeVisible();

  const hours = await colleague.newPage();
  await hours.goto("/availability");
  await hours.getByLabel("First day").first().fill("2030-05-06");
  await hours.getByLabel("Who stands in for you").selectOption("Hanna Host");
  await hours.getByRole("button", { name: "Be away" }).click();
  await expect(hours.getByText("Hanna Host stands in")).toBeVisible();
  await host.close();
  await colleague.close();
});
