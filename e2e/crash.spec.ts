import { expect, type Page, test } from "@playwright/test";
import type { z } from "zod";

import type { rooms } from "#contract/rooms.ts";

import { aGuest, aMember, anOpenHouse, comeIn } from "#e2e/cast.ts";
import { reads, seesTheOther, write } from "#e2e/room.ts";
import { pidOf, type RunningHouse, startHouse } from "#ops/run-house.ts";

// A house of its own, since it is struck dead.
let house: RunningHouse;
test.beforeAll(async () => {
  house = await startHouse();
  await house.untilRoomsAreReady();
});
test.afterAll(async ({ browser }) => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await house.stop();
});

/** Takes the picture off a line that stays up: nobody is told, and nothing is sent any more. */
const starve = (page: Page) =>
  page.evaluate(async () => {
    const senders = (window.lines ?? []).flatMap((line) => line.getSenders());
    await Promise.all(senders.filter(({ track }) => track?.kind === "video").map((one) => one.replaceTrack(null)));
  });

test("a room outlives the death of every part, and its ledger is right", async ({ browser }) => {
  test.setTimeout(300_000);
  const over = { baseURL: house.url };
  const ada = await aMember(browser, "Ada Lovelace", over);
  const occasion = await anOpenHouse(ada);
  const grace = await aGuest(browser, occasion, "Grace Hopper", over);
  const came = Date.now();
  await comeIn(ada, occasion);
  await comeIn(grace, occasion);
  const bothIn = Date.now();
  const bothSee = async () => {
    await seesTheOther(ada);
    await seesTheOther(grace);
  };
  await bothSee();
  await grace.page.getByRole("button", { name: /^Open the chat/ }).click();

  const said: string[] = [];
  let awayMs = 0;
  const strike = async (part: string, blow: () => unknown) => {
    const text = `Before ${part}`;
    await write(ada, text);
    await reads(grace, text);
    said.push(text);
    const since = Date.now();
    await blow();
    await bothSee();
    // Pictures need no database; what is written does.
    await expect.poll(async () => (await house.ready()).status, { timeout: 60_000 }).toBe("ready");
    awayMs += Date.now() - since;
    console.log(`${part}: both see each other again after ${((Date.now() - since) / 1000).toFixed(1)} s`);
  };
  await strike("the database was killed", () => process.kill(pidOf(house, "database"), "SIGKILL"));
  await grace.page.getByRole("button", { name: "Share your screen" }).click();
  await seesTheOther(ada, "screen");
  await strike("the engine was killed", () => process.kill(pidOf(house, "engine"), "SIGKILL"));
  await seesTheOther(ada, "screen");
  await strike("the house was killed", async () => {
    await house.end("SIGKILL");
    house = await startHouse({ dataDir: house.dataDir, port: Number(new URL(house.url).port) });
    await house.untilRoomsAreReady();
  });
  await strike("a picture died in silence", () => starve(grace.page));
  await seesTheOther(ada, "screen");
  await grace.page.getByRole("button", { name: "Stop sharing your screen" }).click();

  const beforeLeave = Date.now();
  await ada.page.getByRole("button", { name: "Leave", exact: true }).click();
  for (const { page } of [ada, grace]) {
    await page.getByRole("button", { name: "Leave the room" }).click();
    await expect(page.getByRole("heading", { name: "You have left" })).toBeVisible();
  }
  const left = Date.now();

  const attendance = async () => {
    const reply = await ada.context.request.get(`/api/v1/events/${occasion.id}/attendance`);
    return (await reply.json()) as z.output<(typeof rooms.attendance)["reply"]>;
  };
  const whoIsHere = async () => (await attendance()).stats.attendees.filter(({ isHere }) => isHere);
  await expect.poll(whoIsHere, { timeout: 40_000 }).toEqual([]);
  const { stats } = await attendance();
  expect(stats).toMatchObject({ totalVirtualAttendees: 2, peakConcurrentAttendees: 2 });
  for (const { name, totalDurationMinutes } of stats.attendees) {
    const seconds = totalDurationMinutes * 60;
    expect(seconds, `${name}, at most`).toBeLessThanOrEqual((left - came) / 1000 + 2);
    // Twice an engine went without a word: what was not heard of since the last sign of life, ten seconds ago at most.
    expect(seconds, `${name}, at least`).toBeGreaterThanOrEqual((beforeLeave - bothIn - awayMs) / 1000 - 2 * 12);
  }
  const talk = await ada.context.request.get(`/api/v1/gatherings/${occasion.gatheringId}/messages`);
  const { items } = (await talk.json()) as { items: { text: string }[] };
  expect(items.map(({ text }) => text).toReversed()).toEqual(said);
});
