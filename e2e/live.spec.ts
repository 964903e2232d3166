import { expect, type Request, test } from "@playwright/test";
import { aGuest, aMember, anOpenHouse, aPlayer, comeIn, goIn, type Player } from "#e2e/cast.ts";
import { aLine } from "#e2e/line.ts";
import { framesOf, reads, seesTheOther, write } from "#e2e/room.ts";
import { violationsOn } from "#e2e/steps.ts";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Whether sound of others arrives: the fake microphone beeps each second. */
const hearsTheOther = ({ page }: Player) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const sound = document.querySelector("audio")?.srcObject;
        if (!(sound instanceof MediaStream)) return 0;
        const context = new AudioContext();
        const analyser = context.createAnalyser();
        context.createMediaStreamSource(sound).connect(analyser);
        let loudest = 0;
        for (let at = 0; at < 30; at += 1) {
          await new Promise((done) => setTimeout(done, 50));
          const samples = new Float32Array(analyser.fftSize);
          analyser.getFloatTimeDomainData(samples);
          loudest = Math.max(loudest, ...samples.map(Math.abs));
        }
        await context.close();
        return loudest;
      }),
    )
    .toBeGreaterThan(0.01);

const about = async ({ page }: Player, name: string, act: string) => {
  const open = page.getByRole("button", { name: "Show the people" });
  if (await open.isVisible()) await open.click();
  await page.getByRole("button", { name: `What to do about ${name}` }).click();
  await page.getByRole("button", { name: act, exact: true }).click();
};

// Each test's browsers would go on sending pictures below the next one's feet.
test.afterEach(({ browser }) => Promise.all(browser.contexts().map((context) => context.close())));

test("two people see, hear and write to each other, and their host keeps order", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const grace = await aGuest(browser, house, "Grace Hopper", phone);

  await comeIn(ada, house);
  const live = Promise.withResolvers<void>();
  await grace.page.route(/\.js$/, (route) => live.promise.then(() => route.continue()));
  await grace.page.goto(`/live/${house.gatheringId}`, { waitUntil: "commit" });
  await expect(grace.page.getByRole("button", { name: "Join now" })).toBeDisabled();
  live.resolve();
  await goIn(grace);
  await seesTheOther(ada);
  await seesTheOther(grace);
  await hearsTheOther(ada);

  await write(ada, "Welcome, Grace!");
  await write(grace, "Glad to be here.");
  await reads(grace, "Welcome, Grace!");
  await reads(ada, "Glad to be here.");
  await grace.page.getByRole("button", { name: "Close the chat" }).first().click();

  await about(ada, "Grace Hopper", "Take the microphone");
  await expect(grace.page.getByRole("button", { name: "Turn the microphone on" })).toBeDisabled();
  await expect(ada.page.locator('[data-local="false"]').getByRole("img", { name: "Microphone off" })).toBeVisible();
  await about(ada, "Grace Hopper", "Give the microphone back");
  await expect(grace.page.getByRole("button", { name: "Turn the microphone on" })).toBeEnabled();

  await ada.page.getByRole("button", { name: "Leave", exact: true }).click();
  await ada.page.getByRole("button", { name: "End for everybody" }).click();
  await ada.page.getByRole("alertdialog").getByRole("button", { name: "End for everybody" }).click();
  await expect(grace.page.getByRole("heading", { name: "This has ended" })).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Open the room again" })).toBeVisible();
});

test("who has not accepted the code of conduct reads it at the door, accepts it, and is in", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const { page } = await aGuest(browser, house, "Grace Hopper", phone);
  const conduct = "We listen, and let others finish.";
  const written = await ada.context.request.patch(`/api/v1/events/${house.id}`, { data: { conduct } });
  expect(written.ok(), await written.text()).toBe(true);

  await page.goto(`/live/${house.gatheringId}`);
  await expect(page.getByText(conduct)).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Accept and join" }).click();

  await expect(page.getByRole("toolbar", { name: "Room controls" })).toBeVisible();
});

test("who comes to a waiting room is let in by its host, or turned away", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const [grace, eve, lin] = [
    await aGuest(browser, house, "Grace Hopper", phone),
    await aGuest(browser, house, "Eve Stranger"),
    await aGuest(browser, house, "Lin Chen"),
  ];
  await ada.page.goto(`/organize/events/${house.id}/edit`);
  await ada.page.getByRole("switch", { name: "Waiting room" }).check();
  await ada.page.getByRole("button", { name: "Save changes" }).click();
  await comeIn(ada, house);

  await grace.page.reload();
  const way = grace.page.getByRole("link", { name: "Join waiting room" });
  await grace.page.goto((await way.getAttribute("href")) ?? "");
  expect(await violationsOn(grace.page)).toEqual([]);
  await grace.page.getByRole("button", { name: "Join waiting room" }).click();
  await expect(grace.page.getByText("You are in the waiting room")).toBeVisible();
  expect(await violationsOn(grace.page)).toEqual([]);
  await expect(ada.page.getByText("Grace Hopper waits at the door.")).toBeVisible();
  await expect(ada.page.getByText("Nobody else is here")).toBeHidden();
  expect(await violationsOn(ada.page)).toEqual([]);

  // Who reloads the page stands where they stood; who goes away stands there no longer.
  await grace.page.reload();
  await expect(grace.page.getByText("You are in the waiting room")).toBeVisible();
  for (const { page } of [eve, lin]) {
    await page.goto(`/live/${house.gatheringId}`);
    await page.getByRole("button", { name: "Join waiting room" }).click();
  }
  await expect(ada.page.getByText("3 people wait at the door.")).toBeVisible();
  await lin.page.getByRole("button", { name: "Leave the waiting room" }).click();
  await expect(ada.page.getByText("2 people wait at the door.")).toBeVisible();

  await ada.page.getByRole("button", { name: "Show", exact: true }).click();
  expect(await violationsOn(ada.page)).toEqual([]);
  await ada.page.getByRole("button", { name: "Turn Eve Stranger away" }).click();
  await expect(eve.page.getByText("The hosts did not let you in")).toBeVisible();
  const out = ada.page.getByRole("listitem").filter({ hasText: "Eve Stranger" });
  await expect(out.getByText("Turned away")).toBeVisible();
  await ada.page.getByRole("button", { name: "Let Grace Hopper in" }).click();
  await expect(grace.page.getByRole("toolbar", { name: "Room controls" })).toBeVisible();
  await seesTheOther(ada);
  await seesTheOther(grace);
});

test("who waits to be let in goes on waiting through a cut line, and hears of the answer after it", async ({
  browser,
}) => {
  const line = await aLine();
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const { page } = await aGuest(browser, house, "Grace Hopper", { proxy: line.proxy });
  const url = `/api/v1/events/${house.id}`;
  await ada.context.request.patch(url, { data: { virtualConfig: { waitingRoomEnabled: true } } });
  await comeIn(ada, house);
  await page.goto(`/live/${house.gatheringId}`);
  await page.getByRole("button", { name: "Join waiting room" }).click();
  await expect(ada.page.getByText("Grace Hopper waits at the door.")).toBeVisible();

  line.cut();
  const isLook = (asked: Request) => asked.method() === "GET" && asked.url().includes(house.gatheringId);
  await page.waitForEvent("requestfailed", isLook);
  await ada.page.getByRole("button", { name: "Let in", exact: true }).click();
  await expect(ada.page.getByText("Grace Hopper waits at the door.")).toBeHidden();
  await expect(page.getByText("You are in the waiting room")).toBeVisible();
  line.mend();

  await expect(page.getByRole("toolbar", { name: "Room controls" })).toBeVisible();
  line.close();
});

test("a picture that the engine holds back is asked for anew", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const grace = await aGuest(browser, house, "Grace Hopper");
  // What she tells the engine of each picture's place says that it is out of sight, while it is not.
  const [trackSetting, disabled] = [0x3a, [0x18, 1]];
  let isMisled = true;
  await ada.page.routeWebSocket(/\/rtc\//, (line) => {
    const engine = line.connectToServer();
    line.onMessage((words) => {
      const [kind, length = 0, ...setting] = typeof words === "string" ? [] : words;
      if (!isMisled || kind !== trackSetting) engine.send(words);
      else engine.send(Buffer.from([kind, length + disabled.length, ...setting, ...disabled]));
    });
  });
  await comeIn(ada, house);
  await comeIn(grace, house);
  await seesTheOther(grace);
  const before = await framesOf(ada.page, "camera");
  await ada.page.waitForTimeout(2000);
  expect(await framesOf(ada.page, "camera")).toBeLessThan(before + 3);

  isMisled = false;

  await seesTheOther(ada);
});

test("a shared screen arrives, in the middle of everybody's stage", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const grace = await aGuest(browser, house, "Grace Hopper");
  await comeIn(ada, house);
  await comeIn(grace, house);

  await ada.page.getByRole("button", { name: "Share your screen" }).click();

  await expect(grace.page.locator('[data-kind="screen"]')).toContainText("Ada Lovelace’s screen");
  await expect.poll(() => framesOf(grace.page, "screen")).toBeGreaterThan(5);
  const box = await grace.page.locator('[data-kind="screen"]').boundingBox();
  expect(box?.width).toBeGreaterThan(700);

  await ada.page.getByRole("button", { name: "Stop sharing your screen" }).click();
  await expect(grace.page.locator('[data-kind="screen"]')).toHaveCount(0);

  await grace.page.getByRole("button", { name: "Share your screen" }).click();
  await expect(ada.page.locator('[data-kind="screen"]')).toBeVisible();
  await about(ada, "Grace Hopper", "End their shared screen");
  for (const { page } of [ada, grace]) await expect(page.locator('[data-kind="screen"]')).toHaveCount(0);
  await expect(grace.page.getByRole("button", { name: "Share your screen" })).toBeEnabled();
});

test("who is banned is out at once, with every device and every pass", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const mallory = await aGuest(browser, house, "Mallory Grey");
  const second = { ...mallory, page: await mallory.context.newPage() };
  const passes: string[] = [];
  mallory.page.on("response", async (reply) => {
    if (reply.url().endsWith("/room/passes")) passes.push(((await reply.json()) as { token: string }).token);
  });
  await comeIn(ada, house);
  await comeIn(mallory, house);
  await comeIn(second, house);
  const [pass = ""] = passes;
  const knock = () => ada.context.request.get(`/rtc/validate?access_token=${pass}`);
  expect((await knock()).status()).toBe(200);

  await about(ada, "Mallory Grey", "Ban from the gathering");
  await ada.page.getByRole("alertdialog").getByRole("button", { name: "Ban from the gathering" }).click();

  for (const { page } of [mallory, second]) {
    await expect(page.getByRole("heading", { name: "You were shut out" })).toBeVisible({ timeout: 10_000 });
  }
  expect(await (await knock()).text()).toBe("access.banned");
  expect((await knock()).status()).toBe(403);
  await mallory.page.reload();
  await expect(mallory.page.getByText("The hosts have shut you out")).toBeVisible();
  await expect(ada.page.locator('[data-local="false"]')).toHaveCount(0);

  await ada.page.getByRole("button", { name: "Let in" }).click();
  await comeIn(mallory, house);
});

test("a cut line is survived, and no word is lost on either side", async ({ browser }) => {
  const line = await aLine();
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const grace = await aGuest(browser, house, "Grace Hopper", { proxy: line.proxy });
  await comeIn(ada, house);
  await comeIn(grace, house);
  await seesTheOther(grace);
  await write(ada, "Welcome");
  await write(grace, "Before the cut");
  await reads(ada, "Before the cut");

  line.cut();
  await expect(grace.page.getByText("The line is cut")).toBeVisible();
  const missed = Array.from({ length: 5 }, (_, n) => `While you were away: ${n + 1}`);
  for (const text of missed) await write(ada, text);
  const kept = ["Written in the dark", "And this after it"];
  for (const text of kept) await write(grace, text);
  await expect(grace.page.getByText("Waits for the line.")).toHaveCount(kept.length);
  expect(await grace.page.getByRole("log").getByText("While you were away").count()).toBe(0);
  line.mend();

  await reads(grace, missed.at(-1) ?? "");
  const heard = await grace.page.getByRole("log").getByText("While you were away").allTextContents();
  expect(heard).toEqual(missed);
  await reads(ada, kept.at(-1) ?? "");
  expect(
    await ada.page
      .getByRole("log")
      .getByText(/in the dark|after it/)
      .allTextContents(),
  ).toEqual(kept);
  await seesTheOther(grace, "camera", 45_000);
  line.close();
});

test("the doors are kind to who may not pass, and every screen is readable for everybody", async ({ browser }) => {
  const ada = await aMember(browser, "Ada Lovelace");
  const house = await anOpenHouse(ada);
  const stranger = await aPlayer(browser, "Eve", phone);
  const readable = async ({ page }: Player) => {
    expect(await violationsOn(page)).toEqual([]);
  };

  await stranger.page.goto(`/live/${house.gatheringId}`);
  await expect(stranger.page.getByText("This is for people who are registered")).toBeVisible();
  await readable(stranger);

  await ada.page.goto(`/live/${house.gatheringId}`);
  await expect(ada.page.getByRole("button", { name: "Join now" })).toBeEnabled();
  await readable(ada);
  await comeIn(ada, house);
  await readable(ada);
  await ada.page.keyboard.press("c");
  await expect(ada.page.getByLabel("Write a message")).toBeFocused();
  await readable(ada);
  await ada.page.keyboard.press("Escape");
  await ada.page.keyboard.press("p");
  await readable(ada);
  await ada.page.keyboard.press("m");
  await expect(ada.page.getByRole("button", { name: "Turn the microphone on" })).toBeVisible();
  await ada.page.getByRole("button", { name: "Leave", exact: true }).click();
  await ada.page.getByRole("button", { name: "Leave the room" }).click();
  await expect(ada.page.getByRole("heading", { name: "You have left" })).toBeVisible();
  await readable(ada);
});
