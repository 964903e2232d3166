import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";

import type { EventView } from "#contract/events.ts";
import type { RegistrationDetail } from "#contract/registrations.ts";
import { filmTickets } from "#e2e/fake-camera.ts";
import { publish, signUp } from "#e2e/steps.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let organizer: BrowserContext;
let event: EventView;
let folder: string;

test.beforeEach(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), "plenary-door-"));
  organizer = await browser.newContext();
  await signUp(organizer, "Dora Doorkeeper");
  event = await publish(organizer, { title: "Doors open" });
});

test.afterEach(async () => {
  await organizer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody with a seat, and what their ticket says. */
async function aTicket(browser: Browser, name: string) {
  const context = await browser.newContext();
  await signUp(context, name);
  const taken = await context.request.post(`/api/v1/events/${event.id}/register`, { data: {} });
  const { ticket } = (await taken.json()) as RegistrationDetail;
  await context.close();
  if (!ticket) throw new Error(`No ticket for ${name}: ${await taken.text()}`);
  return ticket;
}

/** A browser whose camera sees a film, standing at the door as the organizer. */
async function doorWithCamera(film: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const { launchOptions = {}, baseURL } = test.info().project.use;
  const args = [...(launchOptions.args ?? []), `--use-file-for-fake-video-capture=${film}`];
  const browser = await chromium.launch({ ...launchOptions, args });
  const context = await browser.newContext({
    ...phone,
    baseURL: baseURL ?? process.env.PLENARY_E2E_URL,
    permissions: ["camera"],
    storageState: await organizer.storageState(),
  });
  const page = await context.newPage();
  await page.goto(`/organize/events/${event.id}/door`);
  return { page, close: () => browser.close() };
}

const verdict = (page: Page) => page.locator("[data-verdict]");
const counter = (page: Page) => page.locator("[data-counter]");

test("the camera reads real tickets: green once, amber with when and where, red for a stranger", async ({
  browser,
}) => {
  const ticket = await aTicket(browser, "Ada Lovelace");
  const film = join(folder, "tickets.y4m");
  filmTickets(film, [
    { code: ticket.code, seconds: 3 },
    { code: null, seconds: 1 },
    { code: `${ticket.code.slice(0, -8)}ABCDEFGH`, seconds: 3 },
    { code: null, seconds: 1 },
  ]);

  const { page, close } = await doorWithCamera(film);
  const seen: (string | null)[] = [];
  await expect
    .poll(
      async () => {
        const kind = await verdict(page)
          .getAttribute("data-verdict", { timeout: 50 })
          .catch(() => null);
        if (kind && seen.at(-1) !== kind) seen.push(kind);
        return [...new Set(seen)].toSorted();
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toEqual(["in", "no", "used"]);

  await expect(counter(page)).toHaveText("1");
  await close();
});

test("a code is typed, undone and typed again, and every door counts along", async ({ browser }) => {
  const ticket = await aTicket(browser, "Grace Hopper");
  const here = await organizer.newPage();
  const there = await organizer.newPage();
  await here.goto(`/organize/events/${event.id}/door`);
  await there.goto(`/organize/events/${event.id}/door`);
  const letIn = async () => {
    await here.getByLabel("Code of the ticket").fill(ticket.typedCode.toLowerCase().replace("-", " "));
    await here.getByLabel("Code of the ticket").press("Enter");
  };

  await here.getByRole("button", { name: "Name this gate" }).click();
  await here.getByRole("textbox", { name: "Gate" }).fill("B");
  await here.getByRole("button", { name: "Keep" }).click();
  await letIn();
  await expect(verdict(here)).toHaveAttribute("data-verdict", "in");
  await expect(verdict(here)).toContainText("Grace Hopper");
  await expect(counter(there)).toHaveText("1");

  await letIn();
  await expect(verdict(here)).toHaveAttribute("data-verdict", "used");
  await expect(verdict(here)).toContainText(/\d\d:\d\d.* at B/);

  await here.getByRole("button", { name: "Undo: Grace Hopper" }).click();
  await expect(counter(there)).toHaveText("0");
  await letIn();
  await expect(verdict(here)).toHaveAttribute("data-verdict", "in");
  await expect(counter(there)).toHaveText("1");
});

test("somebody without a ticket at hand is found by name", async ({ browser }) => {
  await aTicket(browser, "Katherine Johnson");
  const page = await organizer.newPage();
  await page.goto(`/organize/events/${event.id}/door`);

  await page.getByLabel("Name or address").fill("kath");
  await page
    .getByRole("listitem")
    .filter({ hasText: "Katherine Johnson" })
    .getByRole("button", { name: "Let in" })
    .click();

  await expect(verdict(page)).toHaveAttribute("data-verdict", "in");
  await expect(page.getByText(/in since \d\d:\d\d/)).toBeVisible();
});

test("a stranger does not get to the door", async ({ browser }) => {
  const stranger = await browser.newContext();
  await signUp(stranger, "Sam Stranger");
  const page = await stranger.newPage();

  const answer = await page.goto(`/organize/events/${event.id}/door`);

  expect(answer?.status()).toBe(403);
  await stranger.close();
});
