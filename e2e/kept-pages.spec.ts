import { expect, request, test } from "@playwright/test";

import { anAddress, publish, signUp } from "#e2e/steps.ts";

test("a page kept for strangers is never older than what it shows, and never repeats a nonce", async ({ browser }) => {
  const organizer = await browser.newContext();
  const { email } = await signUp(organizer, "Kay Keeper");
  const event = await publish(organizer, { title: "Kept and fresh", capacity: 40 });
  const stranger = await request.newContext({ baseURL: process.env.PLENARY_E2E_URL });
  const read = async () => {
    const reply = await stranger.get(`/events/${event.slug}`);
    const html = await reply.text();
    const nonce = /'nonce-([^']+)'/.exec(reply.headers()["content-security-policy"] ?? "")?.[1] ?? "none";
    return { html, nonce };
  };

  // How long it still is may be another thing in the next minute.
  const minute = () => Math.floor(Date.now() / 60_000);
  const readTwice = async () => {
    for (;;) {
      const [begun, first, again] = [minute(), await read(), await read()];
      if (begun === minute()) return { first, again };
    }
  };

  // An address is kept when it is asked for again.
  await read();
  const { first, again } = await readTwice();
  expect(again.nonce).not.toBe(first.nonce);
  expect(again.html.includes(`nonce="${again.nonce}"`)).toBe(true);
  expect(again.html.replaceAll(again.nonce, "") === first.html.replaceAll(first.nonce, "")).toBe(true);

  const taken = await stranger.post(`/api/v1/events/${event.id}/register`, {
    data: { attendees: [{ name: "Gus Guest", email: anAddress("gus") }] },
  });
  expect(taken.status()).toBe(202);
  expect((await read()).html === again.html).toBe(false);
  expect((await read()).html.includes("39")).toBe(true);

  await organizer.request.patch(`/api/v1/events/${event.id}`, { data: { title: "Kept and renamed" } });
  expect((await read()).html.includes("Kept and renamed")).toBe(true);

  // Somebody who is known never gets a stranger's page.
  const known = await (await organizer.request.get(`/events/${event.slug}`)).text();
  expect(known.includes(email)).toBe(true);
  expect((await read()).html.includes(email)).toBe(false);
});
